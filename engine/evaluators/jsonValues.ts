import { canonicalJson } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';

/** Deep equality with types: `"1"` is not `1`, the order of keys does not count. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return canonicalJson(a) === canonicalJson(b);
}

/**
 * Equality with a value of the case. A CSV has no types, so its text `12.50` or `true` equals the number or boolean of the answer;
 * everything else as `sameJson`.
 */
export function sameAsCase(value: Json, fromCase: Json): boolean {
  if (sameJson(value, fromCase)) return true;
  if (typeof fromCase !== 'string') return false;
  const text = fromCase.trim();
  if (typeof value === 'number') return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) && Number(text) === value;
  return typeof value === 'boolean' && text.toLowerCase() === String(value);
}

/** A value as a short quotation for a sentence. */
export function quote(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** The JSON type's name; whole numbers are numbers too. */
export function typeName(value: Json): 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as 'string' | 'number' | 'boolean' | 'object';
}

/** `a string`, `an object`, `null`: the type with its article. */
export function typeWithArticle(value: Json): string {
  const name = typeName(value);
  return name === 'null' ? name : `${/^[ao]/.test(name) ? 'an' : 'a'} ${name}`;
}
