import type { Json } from '../json.ts';
import type { Slot } from './slots.ts';

/** What stands for "nothing found": what the description says to write, null where allowed, nothing for an optional property, else the given empty value. */
export function absent(slot: Slot, empty: Json): Json | undefined {
  if (slot.whenAbsent !== undefined) return slot.whenAbsent;
  if (slot.shape.nullable) return null;
  return slot.required ? empty : undefined;
}
