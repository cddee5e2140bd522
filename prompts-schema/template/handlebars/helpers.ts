import type { Json } from '../../../safety/index.ts';
import { binding, type Scope } from '../scope.ts';
import type { Call, Semantics } from '../semantics.ts';
import { isList, isMap, stepInto, type Value } from '../values.ts';

/** Helpers that put a value into the text, and how many arguments they take. */
export const VALUE_HELPERS: ReadonlyMap<string, number> = new Map([
  ['json', 1],
  ['lookup', 2],
  ['log', 1],
]);

/** Every helper of a Dotprompt template, for nearest names. */
export const HELPERS: readonly string[] = [
  ...['if', 'unless', 'each', 'with', 'lookup', 'log', 'role', 'history', 'media', 'section', 'json', 'ifEquals', 'unlessEquals'],
];

const json: Call = ([value], named, meter) => {
  if (value === undefined) return undefined;
  const indent = named.get('indent');
  const text = JSON.stringify(value, null, typeof indent === 'number' || typeof indent === 'string' ? indent : 0);
  meter.made(text.length);
  return text;
};

const CALLS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['json', json],
  ['lookup', ([value, key]) => (value ? stepInto(value, key, true) : value)],
  ['log', () => undefined],
  ['ifEquals', ([a, b]) => a === b],
  ['unlessEquals', ([a, b]) => a !== b],
  ['includeZero', ([value, zero]) => (truthy(zero) && value === 0) || truthy(value)],
]);

/** Handlebars as Dotprompt sets it up: no escaping, no helpers but those above, own properties only. */
export const handlebarsSemantics: Semantics = {
  truthy,
  script: true,
  text: plainText,
  equal: (a, b) => a === b,
  root: ({ root, from, up }, scope) => {
    if (from === 'data') return dataOf(scope, root, up);
    if (from === 'input' && up === 0) {
      const bound = binding(scope, root);
      if (bound) return bound.names.get(root);
    }
    const here = climb(scope, up)?.here;
    return root ? stepInto(here, root, true) : here;
  },
  items: (value) => {
    if (isList(value)) return value.map((item, key) => ({ value: item, key }));
    return isMap(value) ? Object.keys(value).map((key) => ({ value: value[key], key })) : [];
  },
  loopScope: ({ item: { value, key }, index, items, names, outer }) => ({
    here: value,
    names: bound(names, [value, key]),
    data: {
      values: new Map<string, Value>([
        ['key', key],
        ['index', index],
        ['first', index === 0],
        ['last', index === items.length - 1],
      ]),
      outer: outer.data,
    },
    outer,
  }),
  withScope: (value, names, outer) => ({ here: value, names: bound(names, [value]), data: outer.data, outer }),
  opensSection: () => true,
  partialScope: (context, named, outer) => {
    const here = context ? context.value : outer.here;
    const merged = named.size > 0 ? { ...(isMap(here) ? here : {}), ...Object.fromEntries(named) } : here;
    return { here: merged as Json, names: new Map(), data: outer.data, outer: undefined };
  },
  assignsOuter: false,
  calls: CALLS,
};

/** Handlebars holds an empty list for nothing, and an empty map for something. */
function truthy(value: Value): boolean {
  return isList(value) ? value.length > 0 : Boolean(value);
}

/** As JavaScript joins values to text. */
function plainText(value: Value): string {
  if (value === null || value === undefined) return '';
  if (isList(value)) return value.map(plainText).join(',');
  return isMap(value) ? '[object Object]' : String(value);
}

function bound(names: readonly string[], values: readonly Value[]): Map<string, Value> {
  return new Map(names.slice(0, values.length).map((name, index) => [name, values[index]] as const));
}

/** `../`: to the context before. One that is the same value again counts as one. */
function climb(scope: Scope, up: number): Scope | undefined {
  let at: Scope | undefined = scope;
  for (let left = up; left > 0 && at; left--) {
    while (at.outer && at.here === at.outer.here) at = at.outer;
    at = at.outer;
  }
  return at;
}

function dataOf(scope: Scope, name: string, up: number): Value {
  let at: Scope['data'] | undefined = scope.data;
  for (let left = up; left > 0 && at; left--) at = at.outer;
  for (; at; at = at.outer) if (at.values.has(name)) return at.values.get(name);
  return undefined;
}
