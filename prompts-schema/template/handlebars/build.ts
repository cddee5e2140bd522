import type { Issue } from '../../parse/issue.ts';
import { nearest } from '../../text/nearest.ts';
import type { Range } from '../../text/range.ts';
import type { CallExpression, Expression, TemplateNode } from '../nodes.ts';
import { argumentOf, namedOf, type TagCall, variableOf } from './expressions.ts';
import { HELPERS, VALUE_HELPERS } from './helpers.ts';

/** Makes nodes of tags: which helper a name is, and whether it can stand where it does. */
export class Builder {
  readonly #issues: Issue[];

  constructor(issues: Issue[]) {
    this.#issues = issues;
  }

  /** `{{name …}}` */
  inline(call: TagCall, range: Range): TemplateNode {
    const name = nameOf(call);
    const [first] = call.parameters;
    switch (name) {
      case 'role':
        if (first?.kind === 'literal' && typeof first.value === 'string')
          return { kind: 'role', role: first.value, roleRange: { start: first.range.start + 1, end: first.range.end - 1 }, range };
        return this.unsupported(
          'A role that is not written out',
          'write it in quotes, for data cannot choose who speaks: {{role "user"}}',
          range,
        );
      case 'history':
        return { kind: 'marker', marker: 'history', named: [], range };
      case 'media':
        this.unsupported('`media`', 'only text is sent here; the prompt is rendered without it', range);
        return { kind: 'marker', marker: 'media', named: namedOf(call.named, this.#nested), range };
      case 'section':
        this.unsupported('`section`', 'its content comes from the application; the prompt is rendered without it', range);
        return { kind: 'marker', marker: 'section', named: [], range };
    }
    return { kind: 'output', value: this.#expression(call, range), range };
  }

  /** `{{#name …}}…{{/name}}` and `{{else if …}}`; `tag` is the opening one. */
  block(call: TagCall, tag: Range, range: Range, body: readonly TemplateNode[], otherwise: readonly TemplateNode[]): TemplateNode {
    const name = nameOf(call);
    const [first, second] = call.parameters;
    const test = (): Expression => (first ? argumentOf(first, this.#nested) : NOTHING);
    const branch = (condition: Expression): TemplateNode => ({
      kind: 'branch',
      branches: [{ test: condition, body, tag }],
      otherwise,
      range,
    });
    if (BLOCKS.has(name ?? '') && call.parameters.length !== (BLOCKS.get(name ?? '') ?? 0))
      return this.#wrong(`\`#${name}\` takes ${name?.endsWith('Equals') ? 'two values' : 'one value'}.`, call.range);
    switch (name) {
      case 'if':
      case 'unless': {
        const zero = call.named.find((named) => named.name === 'includeZero');
        const condition = zero ? helperCall('includeZero', [test(), argumentOf(zero.value, this.#nested)], call.range) : test();
        return branch(name === 'if' ? condition : { kind: 'logic', operator: 'not', operands: [condition], range: call.range });
      }
      case 'ifEquals':
      case 'unlessEquals':
        return branch(helperCall(name, [test(), second ? argumentOf(second, this.#nested) : NOTHING], call.range));
      case 'each':
        return { kind: 'loop', names: call.blockParameters, list: test(), only: undefined, body, otherwise, tag, range };
      case 'with':
        return { kind: 'with', value: test(), names: call.blockParameters, body, otherwise, tag, range };
      case 'role':
      case 'history':
      case 'media':
      case 'section':
        this.#bodyDropped(name, tag);
        return {
          kind: 'branch',
          branches: [
            { test: ALWAYS, body: [this.inline(call, tag)], tag },
            { test: NOTHING, body, tag },
          ],
          otherwise: [],
          range,
        };
    }
    if (name !== undefined && VALUE_HELPERS.has(name)) return this.unsupported(`\`#${name}\` as a block`, `write {{${name} …}}`, tag);
    if (call.parameters.length > 0 || call.named.length > 0) return this.#unknown(call, `#${labelOf(call)}`);
    return { kind: 'section', value: variableOf(call.callee), body, otherwise, tag, range };
  }

  /** `{{> name context key=value}}` */
  partial(call: TagCall, name: string, range: Range): (indent: string) => TemplateNode {
    const [context] = call.parameters;
    const parts = {
      kind: 'partial',
      name,
      context: context && argumentOf(context, this.#nested),
      named: namedOf(call.named, this.#nested),
      range,
    } as const;
    return (indent) => ({ ...parts, indent });
  }

  unsupported(construct: string, instead: string, range: Range): TemplateNode {
    const message = `${construct} is not supported: ${instead}.`;
    this.#issues.push({ code: 'template.unsupported-construct', message, range, data: { construct } });
    return { kind: 'unsupported', message, body: [], range };
  }

  #bodyDropped(name: string, range: Range): void {
    const message = `\`${name}\` takes no block: what stands between {{#${name}}} and {{/${name}}} is left out of the prompt. Write {{${name}${name === 'role' ? ' "…"' : ''}}} before the text instead.`;
    this.#issues.push({ code: 'template.unsupported-construct', message, range, data: { construct: `#${name}` } });
  }

  readonly #nested = (call: TagCall): Expression => this.#expression(call, call.range);

  #expression(call: TagCall, range: Range): Expression {
    const name = nameOf(call);
    const takes = name === undefined ? undefined : VALUE_HELPERS.get(name);
    if (name !== undefined && takes !== undefined) {
      if (name !== 'log' && call.parameters.length !== takes)
        this.#wrong(`\`${name}\` takes ${takes === 1 ? 'one value' : 'two values'}.`, call.range);
      return {
        ...helperCall(
          name,
          call.parameters.map((argument) => argumentOf(argument, this.#nested)),
          range,
        ),
        named: namedOf(call.named, this.#nested),
      };
    }
    if (name !== undefined && HELPERS.includes(name)) {
      this.unsupported(`\`${name}\` in this place`, `it is a block of its own: {{#${name} …}}…{{/${name}}}`, range);
      return NOTHING;
    }
    if (call.parameters.length === 0 && call.named.length === 0) return variableOf(call.callee);
    this.#unknown(call, labelOf(call));
    return helperCall(labelOf(call), [], range);
  }

  #unknown(call: TagCall, label: string): TemplateNode {
    const name = labelOf(call);
    const near = nearest(name, HELPERS);
    const advice = near ? `Did you mean \`${near}\`?` : 'If the application defines it, this prompt renders only there.';
    const message = `No helper is called \`${label}\`. ${advice}`;
    const { range } = call.callee.kind === 'path' ? call.callee.path : call.callee;
    this.#issues.push({ code: 'template.unknown-helper', message, range, data: { helper: name, ...(near ? { nearest: near } : {}) } });
    return { kind: 'unsupported', message, body: [], range };
  }

  #wrong(message: string, range: Range): TemplateNode {
    this.#issues.push({ code: 'template.syntax', message, range });
    return { kind: 'unsupported', message, body: [], range };
  }
}

const ALWAYS: Expression = { kind: 'literal', value: true, range: { start: 0, end: 0 } };
const NOTHING: Expression = { kind: 'literal', value: undefined, range: { start: 0, end: 0 } };

const BLOCKS: ReadonlyMap<string, number> = new Map([
  ['if', 1],
  ['unless', 1],
  ['each', 1],
  ['with', 1],
  ['ifEquals', 2],
  ['unlessEquals', 2],
]);

function helperCall(name: string, list: readonly Expression[], range: Range): CallExpression {
  return { kind: 'call', name, arguments: list, named: [], range };
}

/** The helper's name, where the tag begins with a plain word. */
export function nameOf({ callee }: TagCall): string | undefined {
  if (callee.kind !== 'path') return undefined;
  const { root, from, up, steps } = callee.path;
  return from === 'input' && up === 0 && steps.length === 0 ? root : undefined;
}

/** As written, for messages and for matching closing tags. */
export function labelOf({ callee }: TagCall): string {
  if (callee.kind === 'literal') return callee.text;
  const { root, from, up, steps } = callee.path;
  return [
    ...Array<string>(up).fill('..'),
    `${from === 'data' ? '@' : ''}${root || 'this'}`,
    ...steps.map((step) => (step.kind === 'name' ? step.name : '')),
  ].join('.');
}
