import type { Json } from '../../../safety/index.ts';
import { TemplateStop } from '../meter.ts';
import type { Call, Semantics } from '../semantics.ts';
import { isList, isMap, stepInto, type Value } from '../values.ts';

/** The filters that are interpreted: the same list in both languages, save for the names that `languages.ts` leaves out. */
export const FILTERS: ReadonlyMap<string, Call> = new Map<string, Call>([
  [
    'default',
    ([value, other = ''], named) => (value === undefined || value === null || (flag(named, 'boolean', false) && !value) ? other : value),
  ],
  ['upper', overText((text) => text.toUpperCase())],
  ['lower', overText((text) => text.toLowerCase())],
  ['capitalize', overText((text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase())],
  ['title', overText((text) => text.toLowerCase().replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, (letter) => letter.toUpperCase()))],
  ['trim', overText((text) => text.trim())],
  ['string', overText((text) => text)],
  ['safe', ([value]) => value],
  ['length', ([value]) => lengthOf(value)],
  ['wordcount', ([value], _, __, semantics) => (textOf(value, semantics).match(/[\p{L}\p{N}_]+/gu) ?? []).length],
  ['first', ([value]) => (typeof value === 'string' ? value.slice(0, 1) : listOf(value)[0])],
  ['last', ([value]) => (typeof value === 'string' ? value.slice(-1) : listOf(value).at(-1))],
  ['list', ([value]) => listOf(value)],
  ['reverse', ([value]) => (typeof value === 'string' ? [...value].reverse().join('') : listOf(value).toReversed())],
  ['sort', ([value], named) => sorted(listOf(value), named)],
  ['unique', ([value]) => unique(listOf(value))],
  ['sum', ([value], named) => numbers(plucked(listOf(value), named)).reduce((total, one) => total + one, 0)],
  ['min', ([value]) => extreme(listOf(value), (a, b) => a < b)],
  ['max', ([value]) => extreme(listOf(value), (a, b) => a > b)],
  ['map', ([value], named) => plucked(listOf(value), named)],
  ['selectattr', ([value, key]) => listOf(value).filter((item) => stepInto(item, key, false))],
  ['rejectattr', ([value, key]) => listOf(value).filter((item) => !stepInto(item, key, false))],
  [
    'dictsort',
    ([value]) =>
      isMap(value)
        ? Object.keys(value)
            .sort(plainOrder)
            .map((key) => [key, value[key] ?? null])
        : [],
  ],
  ['items', ([value]) => pairsOf(value)],
  ['abs', ([value]) => (typeof value === 'number' ? Math.abs(value) : undefined)],
  ['int', ([value, other = 0]) => whole(value) ?? other],
  ['float', ([value, other = 0]) => decimal(value) ?? other],
  [
    'round',
    ([value, digits = 0, method = 'common'], named) => rounded(value, named.get('precision') ?? digits, named.get('method') ?? method),
  ],
  [
    'join',
    ([value, separator = ''], named, meter, semantics) => {
      const texts = plucked(listOf(value), named).map((item) => textOf(item, semantics));
      const between = textOf(named.get('d') ?? separator, semantics);
      meter.made(texts.reduce((total, text) => total + text.length + between.length, 0));
      return texts.join(between);
    },
  ],
  [
    'replace',
    ([value, from, to = '', count], _, meter, semantics) => {
      const [text, wanted, put] = [textOf(value, semantics), textOf(from, semantics), textOf(to, semantics)];
      const parts = text.split(wanted);
      const times = typeof count === 'number' ? Math.max(0, Math.min(count, parts.length - 1)) : parts.length - 1;
      meter.made(text.length + times * put.length);
      return (
        parts.slice(0, times + 1).join(put) +
        parts
          .slice(times + 1)
          .map((part) => wanted + part)
          .join('')
      );
    },
  ],
  [
    'tojson',
    ([value, indent], named, meter) => {
      const spaces = named.get('indent') ?? indent;
      const text = JSON.stringify(value ?? null, null, typeof spaces === 'number' ? Math.min(spaces, 10) : 0);
      meter.made(text.length);
      return text;
    },
  ],
  [
    'indent',
    ([value, width = 4, first = false], named, meter, semantics) => {
      const lines = textOf(value, semantics).split('\n');
      const asked = named.get('width') ?? width;
      const spaces = ' '.repeat(typeof asked === 'number' ? Math.max(0, Math.min(asked, 200)) : 4);
      meter.made(lines.length * spaces.length);
      const whole = named.get('first') ?? first;
      return lines.map((line, at) => ((at > 0 && line) || (at === 0 && whole) ? spaces + line : line)).join('\n');
    },
  ],
  [
    'truncate',
    ([value, length = 255, cut = false, end = '...'], _, __, semantics) => {
      const text = textOf(value, semantics);
      const most = typeof length === 'number' ? length : 255;
      if (text.length <= most) return text;
      const tail = textOf(end, semantics);
      const kept = text.slice(0, Math.max(0, most - tail.length));
      const space = cut ? -1 : kept.lastIndexOf(' ');
      return (space < 0 ? kept : kept.slice(0, space)) + tail;
    },
  ],
]);

/** The tests that are interpreted, by the name behind `is`. */
export const TESTS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['defined', ([value]) => value !== undefined],
  ['undefined', ([value]) => value === undefined],
  ['none', ([value]) => value === null],
  ['null', ([value]) => value === null],
  ['string', ([value]) => typeof value === 'string'],
  ['number', ([value]) => typeof value === 'number'],
  ['integer', ([value]) => Number.isInteger(value)],
  ['float', ([value]) => typeof value === 'number' && !Number.isInteger(value)],
  ['boolean', ([value]) => typeof value === 'boolean'],
  ['true', ([value]) => value === true],
  ['false', ([value]) => value === false],
  ['mapping', ([value]) => isMap(value)],
  ['sequence', ([value]) => isList(value) || typeof value === 'string'],
  ['iterable', ([value]) => isList(value) || isMap(value) || typeof value === 'string'],
  ['even', ([value]) => typeof value === 'number' && value % 2 === 0],
  ['odd', ([value]) => typeof value === 'number' && Math.abs(value % 2) === 1],
  ['divisibleby', ([value, by]) => typeof value === 'number' && typeof by === 'number' && value % by === 0],
  ['equalto', ([a, b], _, __, { equal }) => equal(a, b)],
  ['eq', ([a, b], _, __, { equal }) => equal(a, b)],
  ['ne', ([a, b], _, __, { equal }) => !equal(a, b)],
  ['gt', ([a, b]) => typeof a === 'number' && typeof b === 'number' && a > b],
  ['ge', ([a, b]) => typeof a === 'number' && typeof b === 'number' && a >= b],
  ['lt', ([a, b]) => typeof a === 'number' && typeof b === 'number' && a < b],
  ['le', ([a, b]) => typeof a === 'number' && typeof b === 'number' && a <= b],
  ['in', ([value, list], _, __, { equal }) => isList(list) && list.some((item) => equal(item, value))],
  ['lower', ([value]) => typeof value === 'string' && value === value.toLowerCase()],
  ['upper', ([value]) => typeof value === 'string' && value === value.toUpperCase()],
]);

/** The functions and methods that are interpreted. */
export const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['range()', (input, _, meter) => rangeOf(input, (length) => meter.made(16 * length))],
  ['.items', ([value]) => pairsOf(value)],
  ['.keys', ([value]) => (isMap(value) ? Object.keys(value) : undefined)],
  ['.values', ([value]) => (isMap(value) ? Object.values(value) : undefined)],
]);

function overText(change: (text: string) => string): Call {
  return ([value], _, meter, semantics) => {
    const text = textOf(value, semantics);
    meter.made(text.length);
    return change(text);
  };
}

function textOf(value: Value, semantics: Semantics): string {
  return semantics.text(value);
}

function flag(named: ReadonlyMap<string, Value>, name: string, other: boolean): boolean {
  const value = named.get(name);
  return value === undefined ? other : Boolean(value);
}

function lengthOf(value: Value): number {
  if (typeof value === 'string') return [...value].length;
  if (isList(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : 0;
}

function listOf(value: Value): readonly Json[] {
  if (isList(value)) return value;
  if (typeof value === 'string') return [...value];
  return isMap(value) ? Object.keys(value) : [];
}

function pairsOf(value: Value): readonly Json[] | undefined {
  return isMap(value) ? Object.entries(value).map(([key, one]) => [key, one]) : undefined;
}

/** The items, or what each has under `attribute=`, which may be dotted. */
function plucked(list: readonly Json[], named: ReadonlyMap<string, Value>): readonly Json[] {
  const attribute = named.get('attribute');
  return attribute === undefined ? list : list.map((item) => attributeOf(item, attribute) ?? null);
}

function attributeOf(item: Json, attribute: Value): Value {
  if (typeof attribute !== 'string') return stepInto(item, attribute, false);
  return attribute.split('.').reduce<Value>((value, name) => stepInto(value, name, false), item);
}

function numbers(list: readonly Json[]): readonly number[] {
  return list.filter((item) => typeof item === 'number');
}

function sorted(list: readonly Json[], named: ReadonlyMap<string, Value>): readonly Json[] {
  const attribute = named.get('attribute');
  const keyed = list.map((item) => ({ item, key: attribute === undefined ? item : attributeOf(item, attribute) }));
  keyed.sort((a, b) => plainOrder(a.key, b.key));
  if (flag(named, 'reverse', false)) keyed.reverse();
  return keyed.map(({ item }) => item);
}

/** Numbers by size, texts without regard to case; values of two kinds stay where they are. */
function plainOrder(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string') return 0;
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function unique(list: readonly Json[]): readonly Json[] {
  const seen = new Set<string>();
  return list.filter((item) => {
    const key = typeof item === 'string' ? JSON.stringify(item.toLowerCase()) : JSON.stringify(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function extreme(list: readonly Json[], better: (a: number | string, b: number | string) => boolean): Value {
  let best: number | string | undefined;
  for (const item of list)
    if (
      (typeof item === 'number' || typeof item === 'string') &&
      (best === undefined || (typeof item === typeof best && better(item, best)))
    )
      best = item;
  return best;
}

function whole(value: Value): number | undefined {
  const number = decimal(value);
  return number === undefined ? undefined : Math.trunc(number);
}

function decimal(value: Value): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function rounded(value: Value, digits: Value, method: Value): Value {
  if (typeof value !== 'number') return undefined;
  const scale = 10 ** (typeof digits === 'number' ? Math.max(-15, Math.min(15, Math.trunc(digits))) : 0);
  const round = method === 'ceil' ? Math.ceil : method === 'floor' ? Math.floor : Math.round;
  return round(value * scale) / scale;
}

function rangeOf(input: readonly Value[], pay: (length: number) => void): readonly number[] {
  const [from, to, by = 1] = input.length > 1 ? input : [0, input[0]];
  if (typeof from !== 'number' || typeof to !== 'number' || typeof by !== 'number' || by === 0) return [];
  const length = Math.max(0, Math.ceil((to - from) / by));
  if (!(length <= 10_000)) throw new TemplateStop(`\`range\` makes ${length.toLocaleString('en')} numbers; 10,000 is the most.`);
  pay(length);
  return Array.from({ length }, (_, at) => from + at * by);
}
