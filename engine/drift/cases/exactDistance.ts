import type { Json } from '../../../safety/index.ts';
import { canonicalText } from './canonicalText.ts';

/** 0 or 1: labels, booleans, null and ids are equal or not. Texts are compared in canonical form, with `foldCase` without regard to case. */
export function exactDistance(left: Json, right: Json, foldCase = false): 0 | 1 {
  return exactKey(left, foldCase) === exactKey(right, foldCase) ? 0 : 1;
}

/** The text by which two values are the same label; a text and a number of the same digits differ. */
export function exactKey(value: Json, foldCase = false): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const canonical = canonicalText(value);
  return JSON.stringify(foldCase ? canonical.toLowerCase() : canonical);
}
