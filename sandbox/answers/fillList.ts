import { findItemLines, findRows } from '../extract/rows.ts';
import type { Json } from '../json.ts';
import { createReading } from './reading.ts';
import type { FillContext } from './fillContext.ts';
import { fillChoices } from './fillChoice.ts';
import { findAll } from './fillString.ts';
import type { Slot } from './slots.ts';

/** Fills a list: several labels, all values of the field's role, the text's rows, or its topic words. */
export function fillList(slot: Slot, context: FillContext): Json | undefined {
  const { shape, items } = slot;
  if (shape.kind !== 'array' || !items) return undefined;
  const most = Math.min(shape.maxItems, MAX_ITEMS);
  if (items.shape.kind === 'choice') return fillChoices(items, shape.minItems, shape.maxItems, context);
  const list = itemsOf(items, context, most);
  if (list.length === 0 && shape.minItems === 0 && shape.nullable) return null;
  if (list.length === 0 && !slot.required && shape.minItems === 0) return undefined;
  return list;
}

const MAX_ITEMS = 200;

function itemsOf(items: Slot, context: FillContext, most: number): readonly Json[] {
  const { reading } = context;
  if (items.shape.kind === 'object') {
    const numeric = items.fields.some((field) => field.shape.kind === 'number');
    const rows = numeric ? findItemLines(reading.text) : findRows(reading.text).map((row) => (row.id ? `${row.id} ${row.text}` : row.text));
    return rows.slice(0, most).flatMap((row) => within(row, items, context));
  }
  if (items.shape.kind === 'number') {
    const wanted = items.role === 'amount' ? reading.numbers.filter((number) => number.currency !== undefined) : reading.numbers;
    return wanted.slice(0, most).map((number) => number.value);
  }
  if (items.shape.kind !== 'string') return [];
  const all = findAll(items, context);
  if (all) return all.slice(0, most);
  if (items.role === 'tags') return topicWords(context, Math.min(most, 3));
  const rows = findRows(reading.text);
  if (rows.length > 0) return rows.slice(0, most).map((row) => row.text);
  return reading.sentences.slice(0, Math.min(most, 3));
}

function within(row: string, items: Slot, context: FillContext): readonly Json[] {
  const value = context.fill(items, { ...context, reading: createReading(row, context.language), margins: new Map() });
  return value === undefined ? [] : [value];
}

/** The words that carry the topic, as written: those with a concept first, then longer ones. */
function topicWords(context: FillContext, most: number): readonly string[] {
  const seen = new Set<string>();
  const weighed: { readonly word: string; readonly weight: number; readonly place: number }[] = [];
  for (const match of context.reading.text.matchAll(/\p{L}[\p{L}-]{3,}/gu)) {
    const word = match[0].toLowerCase();
    const sense = context.language.read(word).words[0];
    if (!sense || seen.has(sense.stem)) continue;
    seen.add(sense.stem);
    weighed.push({ word, weight: sense.concepts.length > 0 ? 10 : Math.min(word.length, 9) / 2, place: match.index });
  }
  return weighed
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
    .slice(0, most)
    .map(({ word }) => word);
}
