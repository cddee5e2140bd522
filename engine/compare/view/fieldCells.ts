import type { FieldCell, Segment } from '../../../protocol/index.ts';
import type { Json } from '../../../safety/index.ts';
import { dateDays, exactKey, type FieldType, type FieldValue } from '../../drift/index.ts';
import { oneLine } from './figures.ts';
import type { Nearness } from './nearFields.ts';
import { decimalsOf, shownNumber } from './shownNumber.ts';

/** Values that are listed; the others are counted. */
const MOST_VALUES = 6;
/** Longer labels are read as texts. */
export const LONGEST_LABEL = 200;
/** Characters of a text that cross to the panel. */
const LONGEST_TEXT = 200_000;

/** What the samples of one side have at one path; undefined for one that has nothing there. */
export type SideValues = readonly (FieldValue | undefined)[];

/** Numbers and dates by their median and ends, where all are such and differ; all else by how often each value comes. */
export function valueCell(own: SideValues, other: SideValues, type: FieldType, near: Nearness): FieldCell {
  if (own.every((field) => field === undefined)) return { kind: 'absent' };
  return rangeCell(own, type) ?? distribution(own, other, near);
}

/** One value of a side: of a list each element; undefined stands for a sample without the path, `[]` for an empty list. */
type Item = Json | undefined;

function itemsOf(side: SideValues): readonly Item[] {
  return side.flatMap((field): readonly Item[] => {
    if (field === undefined) return [undefined];
    if (!field.list) return [field.value];
    return field.entries.length === 0 ? [[]] : field.entries.map(({ value }) => value);
  });
}

function distribution(own: SideValues, other: SideValues, near: Nearness): FieldCell {
  const [items, others] = [itemsOf(own), new Map(itemsOf(other).map((item) => [keyOf(item), item]))];
  const found = new Map<string, { readonly item: Item; count: number }>();
  for (const item of items) {
    const known = found.get(keyOf(item));
    if (known) known.count += 1;
    else found.set(keyOf(item), { item, count: 1 });
  }
  const mixed = [...items, ...others.values()].some((item) => typeof item !== 'string' && item !== undefined);
  const sorted = [...found].sort(([a, one], [b, two]) => two.count - one.count || (a < b ? -1 : 1));
  const elsewhere = (key: string, item: Item): boolean =>
    others.has(key) || (item !== undefined && [...others.values()].some((one) => one !== undefined && near.values(item, one)));
  return {
    kind: 'values',
    values: sorted
      .slice(0, MOST_VALUES)
      .map(([key, { item, count }]) => ({ text: shown(item, mixed), count, elsewhere: elsewhere(key, item) })),
    others: sorted.slice(MOST_VALUES).reduce((sum, [, { count }]) => sum + count, 0),
  };
}

function keyOf(item: Item): string {
  return item === undefined ? '' : exactKey(item);
}

/** Texts bare, unless there are other values beside them that look the same. */
function shown(item: Item, mixed: boolean): string {
  if (item === undefined) return '(not there)';
  const bare = typeof item === 'string' && !(mixed && LOOKS_LIKE_JSON.test(item));
  const text = bare ? item : typeof item === 'number' ? shownNumber(item) : JSON.stringify(item);
  return text === '' ? '(empty)' : oneLine(text, LONGEST_LABEL);
}

const LOOKS_LIKE_JSON = /^(?:null|true|false|\[\]|\{\}|-?\d[\d.eE+-]*)$/;

function rangeCell(own: SideValues, type: FieldType): FieldCell | undefined {
  if (type !== 'number' && type !== 'date') return undefined;
  const measured: { readonly value: Json; readonly size: number }[] = [];
  for (const item of itemsOf(own)) {
    const size = type === 'number' ? item : typeof item === 'string' ? dateDays(item) : null;
    if (item === undefined || typeof size !== 'number') return undefined;
    measured.push({ value: item, size });
  }
  measured.sort((a, b) => a.size - b.size);
  const [low, high] = [measured[0], measured.at(-1)];
  const [lower, upper] = [measured[(measured.length - 1) >> 1], measured[measured.length >> 1]];
  if (!low || !high || !lower || !upper || low.size === high.size) return undefined;
  if (type === 'date')
    return { kind: 'range', median: shown(lower.value, false), low: shown(low.value, false), high: shown(high.value, false) };
  const digits = Math.max(...measured.slice(0, MOST_MEASURED).map(({ size }) => decimalsOf(size)));
  const median = lower.size + (upper.size - lower.size) / 2;
  return {
    kind: 'range',
    median: shownNumber(median, Math.max(digits, Math.min(decimalsOf(median), digits + 1))),
    low: shownNumber(low.size, digits),
    high: shownNumber(high.size, digits),
  };
}

/** So many values tell how many decimals the model writes. */
const MOST_MEASURED = 100;

/** A text as far as it crosses, cut between characters. */
export function textCell(segments: readonly Segment[], coarse: boolean, beyond = 0): FieldCell {
  const kept: Segment[] = [];
  let room = LONGEST_TEXT;
  let cut = beyond;
  for (const segment of segments) {
    const splitsPair = /[\uD800-\uDBFF]/.test(segment.text.charAt(room - 1)) && /[\uDC00-\uDFFF]/.test(segment.text.charAt(room));
    const text = segment.text.slice(0, Math.max(0, splitsPair ? room - 1 : room));
    cut += segment.text.length - text.length;
    room = text.length < segment.text.length ? 0 : room - text.length;
    if (text !== '') kept.push({ ...segment, text });
  }
  return { kind: 'text', segments: kept, coarse, ...(cut > 0 ? { cut } : {}) };
}
