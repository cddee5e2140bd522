import type { Range } from '../text/range.ts';
import type { Expression, PathExpression, TemplateNode } from './nodes.ts';

/** A place where a template uses a variable of the case. */
export interface TemplateReference {
  /** The variable: `user` for `{{user.name}}`. */
  readonly name: string;
  readonly nameRange: Range;
  /** The tag it stands in. */
  readonly range: Range;
  readonly use: ReferenceUse;
  /** Within a branch or a loop: a case may do without it. */
  readonly conditional: boolean;
  /** It may as well be a property of the section's item. */
  readonly uncertain: boolean;
}

/** What the value is for: put into the text, tested, run over, opened, or handed to a filter, helper or partial. */
export type ReferenceUse = 'value' | 'condition' | 'list' | 'context' | 'argument';

export interface References {
  readonly variables: readonly TemplateReference[];
  readonly partials: readonly { readonly name: string; readonly range: Range }[];
}

/** The variables and partials of a template, in the order of the text. Names of loops and assignments are none. */
export function referencesOf(nodes: readonly TemplateNode[], names: NameRules): References {
  const collector = new Collector(names);
  collector.all(nodes, { bound: new Set(), contexts: 0, conditional: false });
  return {
    variables: collector.variables.sort((a, b) => a.nameRange.start - b.nameRange.start),
    partials: collector.partials,
  };
}

/**
 * Where a plain name is looked for within a loop: among the variables (`outside`), in the item only (`inside`), or in the item first
 * and then further out (`both`).
 */
export type NameRules = 'outside' | 'inside' | 'both';

interface Place {
  readonly bound: Set<string>;
  /** Items and values that stand around this place. */
  readonly contexts: number;
  readonly conditional: boolean;
}

class Collector {
  readonly variables: TemplateReference[] = [];
  readonly partials: { readonly name: string; readonly range: Range }[] = [];
  readonly #names: NameRules;

  constructor(names: NameRules) {
    this.#names = names;
  }

  all(nodes: readonly TemplateNode[], place: Place): void {
    for (const node of nodes) this.#one(node, place);
  }

  #one(node: TemplateNode, place: Place): void {
    switch (node.kind) {
      case 'output':
        this.#expression(node.value, 'value', node.range, place);
        return;
      case 'branch':
        for (const { test, body, tag } of node.branches) {
          this.#expression(test, 'condition', tag, place);
          this.all(body, { ...place, conditional: true });
        }
        this.all(node.otherwise, { ...place, conditional: true });
        return;
      case 'loop': {
        this.#expression(node.list, 'list', node.tag, place);
        const inner = this.#within(place, node.names);
        inner.bound.add('loop');
        if (node.only) this.#expression(node.only, 'condition', node.tag, inner);
        this.all(node.body, inner);
        this.all(node.otherwise, { ...place, conditional: true });
        return;
      }
      case 'with':
      case 'section':
        this.#expression(node.value, node.kind === 'with' ? 'context' : 'list', node.tag, place);
        this.all(node.body, this.#within(place, node.kind === 'with' ? node.names : []));
        this.all(node.otherwise, { ...place, conditional: true });
        return;
      case 'assign':
        if (node.value) this.#expression(node.value, 'argument', node.range, place);
        this.all(node.body, place);
        place.bound.add(node.name);
        return;
      case 'partial':
        this.partials.push({ name: node.name, range: node.range });
        if (node.context) this.#expression(node.context, 'argument', node.range, place);
        for (const { value } of node.named) this.#expression(value, 'argument', node.range, place);
        return;
      case 'marker':
        for (const { value } of node.named) this.#expression(value, 'argument', node.range, place);
        return;
      case 'unsupported':
        this.all(node.body, { ...place, bound: new Set(place.bound), conditional: true });
        return;
    }
  }

  #within(place: Place, names: readonly string[]): Place {
    const contexts = this.#names === 'outside' ? 0 : place.contexts + 1;
    return { bound: new Set([...place.bound, ...names]), contexts, conditional: true };
  }

  #expression(expression: Expression, use: ReferenceUse, tag: Range, place: Place): void {
    switch (expression.kind) {
      case 'path':
        for (const step of expression.steps) if (step.kind === 'index') this.#expression(step.index, 'argument', tag, place);
        this.#path(expression, use, tag, place);
        return;
      case 'call': {
        const [input, ...rest] = expression.arguments;
        if (input)
          this.#expression(
            input,
            use === 'value' && expression.name === 'default' ? 'condition' : use === 'value' ? 'value' : use,
            tag,
            place,
          );
        for (const argument of [...rest, ...expression.named.map(({ value }) => value)]) this.#expression(argument, 'argument', tag, place);
        return;
      }
      case 'logic':
        for (const operand of expression.operands) this.#expression(operand, use, tag, place);
        return;
      case 'list':
        for (const item of expression.items) this.#expression(item, use, tag, place);
        return;
      case 'map':
        for (const { key, value } of expression.entries) {
          this.#expression(key, use, tag, place);
          this.#expression(value, use, tag, place);
        }
    }
  }

  #path(path: PathExpression, use: ReferenceUse, range: Range, place: Place): void {
    const add = (name: string, nameRange: Range, uncertain = false): void => {
      this.variables.push({ name, nameRange, range, use, conditional: place.conditional, uncertain });
    };
    const { root, rootRange, from, up, steps } = path;
    if (from === 'data') {
      const [first] = steps;
      const start = rootRange.end + 1;
      if (root === 'root' && first?.kind === 'name') add(first.name, { start, end: start + first.name.length });
      return;
    }
    if (!root || (from === 'input' && up === 0 && place.bound.has(root))) return;
    if (this.#names === 'both') {
      add(root, rootRange, place.contexts > 0);
      return;
    }
    if (place.contexts - up <= 0) add(root, rootRange);
  }
}
