import type { Json } from '../json.ts';
import { createRandom } from '../random.ts';
import { absent } from './absent.ts';
import { fillBoolean } from './fillBoolean.ts';
import { fillChoice } from './fillChoice.ts';
import type { FillContext } from './fillContext.ts';
import { fillList } from './fillList.ts';
import { fillNumber } from './fillNumber.ts';
import { fillString } from './fillString.ts';
import type { Slot } from './slots.ts';

/** Fills a prepared shape from the context's reading. Confidence fields are filled last, when the margins are known, but keep their place. */
export function fill(slot: Slot, context: FillContext): Json | undefined {
  switch (slot.shape.kind) {
    case 'object':
      return fillObject(slot, context);
    case 'array':
      return fillList(slot, context);
    case 'choice':
      return fillChoice(slot, context);
    case 'boolean':
      return fillBoolean(slot, context);
    case 'number':
      return fillNumber(slot, context);
    case 'string':
      return fillString(slot, context);
    case 'null':
      return absent(slot, null);
  }
}

function fillObject(slot: Slot, context: FillContext): Json | undefined {
  if (slot.fields.length === 0 && slot.path !== '') return absent(slot, {});
  const last = (field: Slot) =>
    field.role === 'confidence' || (field.shape.kind === 'number' && field.shape.minimum === 0 && field.shape.maximum === 1);
  const values = new Map<string, Json>();
  for (const field of [...slot.fields.filter((candidate) => !last(candidate)), ...slot.fields.filter(last)]) {
    const value = fill(field, context);
    if (value !== undefined) values.set(field.name, value);
  }
  const emptied = slot.path === '' ? emptiedField(slot, context) : undefined;
  if (emptied && values.get(emptied)) values.set(emptied, '');
  return Object.fromEntries(slot.fields.flatMap((field) => (values.has(field.name) ? [[field.name, values.get(field.name) ?? null]] : [])));
}

/** The field a forgetful model leaves empty for this input: seeded by the input alone, so every draw of it shows the same hole. */
function emptiedField(slot: Slot, context: FillContext): string | undefined {
  if (context.traits.emptyFieldShare <= 0) return undefined;
  const texts = slot.fields.filter((field) => field.shape.kind === 'string' && field.shape.format === '');
  const optional = texts.filter((field) => !field.required || field.shape.nullable || OPTIONAL_LOOKING.has(field.role));
  const random = createRandom(`${context.modelSeed} ${context.inputSeed} emptied field`);
  return random() < context.traits.emptyFieldShare ? optional[Math.floor(random() * optional.length)]?.name : undefined;
}

const OPTIONAL_LOOKING: ReadonlySet<string> = new Set(['summary', 'reason', 'reply', 'quote', 'title', 'none']);
