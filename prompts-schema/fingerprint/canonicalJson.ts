import type { Json } from '../../safety/index.ts';

/**
 * The canonical text of a JSON value (RFC 8785): keys in the order of their UTF-16 units, no white space, numbers and escapes as
 * ECMAScript writes them. Beyond the RFC, which forbids them: a lone surrogate is written as an escape, and a number that JSON
 * cannot write as null, both as JSON.stringify does.
 */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  const keys = Object.keys(value).sort(); // the default order is that of UTF-16 units
  const object = value as { readonly [key: string]: Json };
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key] ?? null)}`).join(',')}}`;
}
