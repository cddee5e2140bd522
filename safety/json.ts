import { isTooDeep, MAX_DEPTH } from './depth.ts';

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; keys that files name (`__proto__` among them) are data, so build one with `ownObject`. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** What reading JSON text gave: the value, or why there is none. */
export type JsonResult = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string };

/** Parses untrusted JSON text: nesting is bounded first, and keys such as `__proto__` stay plain data. Never throws. */
export function parseJson(text: string): JsonResult {
  if (isTooDeep(text)) return { ok: false, message: `nested more than ${MAX_DEPTH} levels deep` };
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether the value is a JSON object, not a list and not null. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own property of that name; inherited ones do not count, so `constructor` of `{}` is undefined. */
export function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** An object with exactly these entries as own properties, whatever their names. */
export function ownObject(entries: Iterable<readonly [string, Json]>): JsonObject {
  return Object.fromEntries(entries);
}
