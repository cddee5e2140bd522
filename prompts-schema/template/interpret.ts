import type { Range } from '../text/range.ts';
import { Evaluator } from './evaluate.ts';
import { MAX_PARTIAL_DEPTH, Meter, TemplateStop } from './meter.ts';
import type { LoopNode, PartialNode, PathExpression, SectionNode, TemplateNode } from './nodes.ts';
import { Output, type Piece } from './output.ts';
import { binding, rootScope, type Scope } from './scope.ts';
import type { Semantics } from './semantics.ts';
import { isList, isMap, type Value } from './values.ts';

/** What a rendering may use besides the template. */
export interface RenderOptions {
  /** The template of a partial; undefined when there is none of that name. */
  readonly partial?: (name: string) => readonly TemplateNode[] | undefined;
  /** Handlebars' `@state`, `@auth`, `@metadata`. */
  readonly data?: ReadonlyMap<string, Value>;
  readonly meter?: Meter;
}

/** What rendering gave: pieces in order, or what stopped it. */
export type Interpreted =
  | { readonly ok: true; readonly pieces: readonly Piece[]; readonly missing: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly range: Range | undefined; readonly tooLarge: boolean };

/**
 * Walks a template's nodes over the values of a case, under caps on steps, loops, depth and length. Values are text when they reach
 * the output: nothing reads them again, so that no value can be a tag or open a role. Never throws.
 */
export function interpret(
  nodes: readonly TemplateNode[],
  variables: Value,
  semantics: Semantics,
  options: RenderOptions = {},
): Interpreted {
  const walker = new Walker(semantics, options);
  try {
    walker.all(nodes, rootScope(variables, options.data));
    return { ok: true, pieces: walker.output.pieces(), missing: [...walker.missing] };
  } catch (error) {
    if (error instanceof TemplateStop) return { ok: false, message: error.message, range: error.range, tooLarge: error.tooLarge };
    if (error instanceof RangeError)
      return { ok: false, message: 'The template nests too deep to render.', range: undefined, tooLarge: false };
    throw error;
  }
}

class Walker {
  output: Output;
  readonly missing = new Set<string>();
  readonly #semantics: Semantics;
  readonly #options: RenderOptions;
  readonly #meter: Meter;
  readonly #evaluator: Evaluator;
  /** Partials that are being rendered, the innermost last. */
  readonly #open: string[] = [];

  constructor(semantics: Semantics, options: RenderOptions) {
    this.#semantics = semantics;
    this.#options = options;
    this.#meter = options.meter ?? new Meter();
    this.#evaluator = new Evaluator(semantics, this.#meter);
    this.output = new Output(this.#meter);
  }

  all(nodes: readonly TemplateNode[], scope: Scope): void {
    for (const node of nodes) this.#one(node, scope);
  }

  #one(node: TemplateNode, scope: Scope): void {
    this.#meter.step();
    switch (node.kind) {
      case 'text':
        this.output.text(node.text);
        return;
      case 'output': {
        const value = this.#evaluator.value(node.value, scope);
        if (value === undefined && node.value.kind === 'path') this.#note(node.value, scope);
        this.output.text(this.#evaluator.text(value));
        return;
      }
      case 'branch': {
        const branch = node.branches.find(({ test }) => this.#evaluator.truthy(test, scope));
        this.all(branch ? branch.body : node.otherwise, scope);
        return;
      }
      case 'loop':
        this.#loop(node, scope);
        return;
      case 'with': {
        const value = this.#evaluator.value(node.value, scope);
        if (!this.#semantics.truthy(value) && value !== 0) {
          this.all(node.otherwise, scope);
          return;
        }
        this.all(node.body, this.#semantics.withScope(value, node.names, scope));
        return;
      }
      case 'section':
        this.#section(node, scope);
        return;
      case 'assign':
        this.#assign(node.name, node.value ? this.#evaluator.value(node.value, scope) : this.#captured(node.body, scope), scope);
        return;
      case 'partial':
        this.#partial(node, scope);
        return;
      case 'role':
        this.output.role(node.role);
        return;
      case 'marker':
        this.output.marker(node.marker);
        return;
      case 'unsupported':
        throw new TemplateStop(node.message, node.range);
    }
  }

  #loop({ list, names, only, body, otherwise, tag }: LoopNode, scope: Scope): void {
    let items = this.#semantics.items(this.#evaluator.value(list, scope), names.length);
    this.#meter.loop(items.length, tag);
    if (only)
      items = items.filter((item, index) => {
        this.#meter.turn();
        return this.#evaluator.truthy(only, this.#semantics.loopScope({ item, index, items, names, outer: scope }));
      });
    if (items.length === 0) {
      this.all(otherwise, scope);
      return;
    }
    items.forEach((item, index) => {
      this.#meter.turn();
      this.all(body, this.#semantics.loopScope({ item, index, items, names, outer: scope }));
    });
  }

  #section({ value: expression, body, otherwise, tag }: SectionNode, scope: Scope): void {
    const value = this.#evaluator.value(expression, scope);
    if (!this.#opens(value)) {
      this.all(otherwise, scope);
      return;
    }
    if (!isList(value)) {
      this.all(body, value === true ? scope : this.#semantics.withScope(value, [], scope));
      return;
    }
    this.#meter.loop(value.length, tag);
    const items = value.map((item, key) => ({ value: item, key }));
    items.forEach((item, index) => {
      this.#meter.turn();
      this.all(body, this.#semantics.loopScope({ item, index, items, names: [], outer: scope }));
    });
  }

  #opens(value: Value): boolean {
    if (isList(value)) return value.length > 0;
    if (value === undefined || value === null || value === false) return false;
    return isMap(value) || value === true || this.#semantics.opensSection(value);
  }

  #assign(name: string, value: Value, scope: Scope): void {
    const bound = this.#semantics.assignsOuter ? binding(scope, name) : undefined;
    (bound ?? scope).names.set(name, value);
  }

  #captured(body: readonly TemplateNode[], scope: Scope): string {
    const before = this.output;
    this.output = new Output(this.#meter);
    this.all(body, scope);
    const text = this.output.plainText();
    this.output = before;
    return text;
  }

  #partial({ name, context, named, indent, range }: PartialNode, scope: Scope): void {
    const nodes = this.#options.partial?.(name);
    if (!nodes) throw new TemplateStop(`No file holds the partial \`${name}\`.`, range);
    if (this.#open.includes(name)) throw new TemplateStop(`The partial \`${name}\` is part of itself.`, range);
    if (this.#open.length >= MAX_PARTIAL_DEPTH) throw new TemplateStop(`Partials are nested more than ${MAX_PARTIAL_DEPTH} deep.`, range);
    const inner = this.#semantics.partialScope(
      context ? { value: this.#evaluator.value(context, scope) } : undefined,
      this.#evaluator.named(named, scope),
      scope,
    );
    this.#open.push(name);
    const before = this.output;
    if (indent) this.output = new Output(this.#meter);
    this.all(nodes, inner);
    if (indent) {
      before.append(this.output.pieces(), indent);
      this.output = before;
    }
    this.#open.pop();
  }

  /** A variable that has no value where one is put into the text. Values of items are their own business. */
  #note(path: PathExpression, scope: Scope): void {
    if (path.from === 'input' && path.root && !scope.outer && !binding(scope, path.root) && this.#semantics.root(path, scope) === undefined)
      this.missing.add(path.root);
  }
}
