import { isJsonObject, type Json, ownValue } from '../../safety/index.ts';

/** What an expression gives. Only data of cases and literals: no function, no prototype, nothing of the host is ever reachable. */
export type Value = Json | undefined;

/**
 * One step into a value: own properties of maps and items of lists by whole numbers; with `script`, as in the dialects that come from
 * JavaScript, lists and texts also have a `length`, texts their characters, and of nothing (`null`) every part is nothing again.
 */
export function stepInto(value: Value, step: Value, script: boolean): Value {
  if (script && step === 'length' && (typeof value === 'string' || Array.isArray(value))) return value.length;
  if (Array.isArray(value)) return (value as readonly Json[])[placeOf(step)];
  if (value === null) return script ? null : undefined;
  if (typeof value === 'string') return script ? value[placeOf(step)] : undefined;
  if (typeof step !== 'string' && typeof step !== 'number') return undefined;
  return isJsonObject(value) ? ownValue(value, String(step)) : undefined;
}

function placeOf(step: Value): number {
  return typeof step === 'number' ? step : typeof step === 'string' && /^\d{1,9}$/.test(step) ? Number(step) : -1;
}

export function isList(value: Value): value is readonly Json[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is { readonly [key: string]: Json } {
  return isJsonObject(value);
}

/** How a value stands in a text: text as it is, nothing for null, lists and maps as compact JSON. */
export function valueText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Equal as data, lists and maps by what they hold. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]));
}
