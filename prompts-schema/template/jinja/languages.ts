import type { Scope } from '../scope.ts';
import { binding } from '../scope.ts';
import type { Call, Semantics } from '../semantics.ts';
import { isList, isMap, sameValue, stepInto, type Value, valueText } from '../values.ts';
import { FILTERS, FUNCTIONS, TESTS } from './filters.ts';

/** One of the two languages that are read and rendered by the same code: what it has, what it calls it, and how its values behave. */
export interface JinjaLanguage {
  readonly name: 'jinja' | 'nunjucks';
  /** Filters by the names the language has for those that are interpreted. */
  readonly filters: ReadonlyMap<string, Call>;
  /** Filters that the language has and this interpreter has not. */
  readonly otherFilters: ReadonlySet<string>;
  readonly tests: ReadonlyMap<string, Call>;
  readonly functions: ReadonlyMap<string, Call>;
  /** Tags for text that is left alone. */
  readonly rawTags: readonly string[];
  readonly elifTags: readonly string[];
  /** Tags that the language has and this interpreter has not, with what closes them and what to write instead. */
  readonly otherTags: ReadonlyMap<string, OtherTag>;
  readonly semantics: Semantics;
}

export interface OtherTag {
  readonly end: string | undefined;
  readonly instead: string;
}

const SPELLINGS: readonly (readonly [string, string])[] = [
  ['d', 'default'],
  ['count', 'length'],
  ['dump', 'tojson'],
];

const JINJA_ONLY: readonly string[] = ['tojson', 'unique', 'min', 'max', 'map', 'items', 'count'];
const NUNJUCKS_ONLY: readonly string[] = ['dump'];

const FILE_TAGS: readonly (readonly [string, OtherTag])[] = [
  ['include', { end: undefined, instead: 'put the text here; other templates are not loaded' }],
  ['extends', { end: undefined, instead: 'put the text of the other template here; other templates are not loaded' }],
  ['import', { end: undefined, instead: 'put the text here; other templates are not loaded' }],
  ['from', { end: undefined, instead: 'put the text here; other templates are not loaded' }],
  ['macro', { end: 'endmacro', instead: 'write its text where it is called' }],
  ['call', { end: 'endcall', instead: 'write the text of the macro here' }],
  ['filter', { end: 'endfilter', instead: 'apply the filter to each value: {{ name | upper }}' }],
];

const JINJA_TAGS: readonly (readonly [string, OtherTag])[] = [
  ['with', { end: 'endwith', instead: 'use {% set name = … %}' }],
  ['autoescape', { end: 'endautoescape', instead: 'leave it out; nothing is escaped in a prompt' }],
  ['do', { end: undefined, instead: 'use {% set name = … %}' }],
  ['trans', { end: 'endtrans', instead: 'write the text itself' }],
  ['break', { end: undefined, instead: 'use {% for … if … %} to choose items' }],
  ['continue', { end: undefined, instead: 'use {% for … if … %} to choose items' }],
];

const NUNJUCKS_TAGS: readonly (readonly [string, OtherTag])[] = [
  ['asyncEach', { end: 'endeach', instead: 'use {% for … %}' }],
  ['asyncAll', { end: 'endall', instead: 'use {% for … %}' }],
  ['ifAsync', { end: 'endif', instead: 'use {% if … %}' }],
  ['switch', { end: 'endswitch', instead: 'use {% if … %}{% elif … %}' }],
];

const OTHER_FILTERS: readonly string[] = [
  ...['attr', 'batch', 'center', 'escape', 'e', 'filesizeformat', 'forceescape', 'format', 'groupby', 'pprint', 'random', 'reject'],
  ...['select', 'slice', 'striptags', 'urlencode', 'urlize', 'wordwrap', 'xmlattr', 'nl2br', 'load'],
];

export const JINJA: JinjaLanguage = {
  name: 'jinja',
  filters: filtersWithout(NUNJUCKS_ONLY),
  otherFilters: new Set(OTHER_FILTERS),
  tests: TESTS,
  functions: FUNCTIONS,
  rawTags: ['raw'],
  elifTags: ['elif'],
  otherTags: new Map([...FILE_TAGS, ...JINJA_TAGS]),
  semantics: semanticsOf(everyFilter(), {
    truthy: (value) => (isList(value) ? value.length > 0 : isMap(value) ? Object.keys(value).length > 0 : Boolean(value)),
    text: (value) => (value === undefined ? '' : valueText(value)),
    equal: sameValue,
    script: false,
    assignsOuter: false,
  }),
};

export const NUNJUCKS: JinjaLanguage = {
  name: 'nunjucks',
  filters: filtersWithout(JINJA_ONLY),
  otherFilters: new Set(OTHER_FILTERS),
  tests: TESTS,
  functions: FUNCTIONS,
  rawTags: ['raw', 'verbatim'],
  elifTags: ['elif', 'elseif'],
  otherTags: new Map([...FILE_TAGS, ...NUNJUCKS_TAGS]),
  semantics: semanticsOf(everyFilter(), {
    truthy: (value) => Boolean(value),
    text: scriptText,
    equal: (a, b) => a === b || (isPlain(a) && isPlain(b) && String(a) === String(b)),
    script: true,
    assignsOuter: true,
  }),
};

function everyFilter(): ReadonlyMap<string, Call> {
  const all = new Map(FILTERS);
  for (const [spelling, name] of SPELLINGS) {
    const filter = FILTERS.get(name);
    if (filter) all.set(spelling, filter);
  }
  return all;
}

function filtersWithout(names: readonly string[]): ReadonlyMap<string, Call> {
  return new Map([...everyFilter()].filter(([name]) => !names.includes(name)));
}

type Differences = Pick<Semantics, 'truthy' | 'text' | 'equal' | 'script' | 'assignsOuter'>;

function semanticsOf(filters: ReadonlyMap<string, Call>, differences: Differences): Semantics {
  const step: Call = ([value, key]) => stepInto(value, key, differences.script);
  const tests = [...TESTS].map(([name, test]) => [`is ${name}`, test] as const);
  return {
    ...differences,
    root: ({ root }, scope) => {
      const bound = binding(scope, root);
      return bound ? bound.names.get(root) : stepInto(scope.here, root, false);
    },
    items: (value, names) => {
      if (isList(value)) return value.map((item, key) => ({ value: item, key }));
      if (typeof value === 'string') return [...value].map((item, key) => ({ value: item, key }));
      if (!isMap(value)) return [];
      return Object.keys(value).map((key) => ({ value: names > 1 ? [key, value[key] ?? null] : key, key }));
    },
    loopScope: ({ item, index, items, names, outer }) => ({
      ...inner(outer),
      names: loopNames(names, item.value, loopValue(index, items.length)),
    }),
    withScope: (_, __, outer) => inner(outer),
    opensSection: () => false,
    partialScope: (_, __, outer) => inner(outer),
    calls: new Map<string, Call>([...filters, ...tests, ...FUNCTIONS, ['step', step]]),
  };
}

function inner(outer: Scope): Scope {
  return { here: outer.here, names: new Map(), data: outer.data, outer };
}

/** With several names each takes its part of a list. */
function loopNames(names: readonly string[], value: Value, loop: Value): Map<string, Value> {
  const bound = new Map<string, Value>([['loop', loop]]);
  names.forEach((name, place) => {
    bound.set(name, names.length === 1 ? value : isList(value) ? value[place] : undefined);
  });
  return bound;
}

function loopValue(index: number, length: number): Value {
  return {
    index: index + 1,
    index0: index,
    first: index === 0,
    last: index === length - 1,
    length,
    revindex: length - index,
    revindex0: length - index - 1,
  };
}

/** As JavaScript joins values to text, except that a map is JSON and not `[object Object]`. */
function scriptText(value: Value): string {
  if (value === undefined || value === null) return '';
  return isList(value) ? value.map(scriptText).join(',') : valueText(value);
}

function isPlain(value: Value): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
