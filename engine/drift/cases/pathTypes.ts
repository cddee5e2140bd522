import type { Json } from '../../../safety/index.ts';
import { exactKey } from './exactDistance.ts';

/** How the values of one path are compared: texts by two distances, numbers and dates by their difference, labels by equality. */
export type FieldType = 'text' | 'number' | 'date' | 'enum';

/** What a schema or a person says about one path; everything left out is inferred or takes its default. */
export interface PathRule {
  readonly type?: FieldType;
  /** Absolute tolerance of a number (default 0; always 0 for dates). */
  readonly absTol?: number;
  /** Relative tolerance of a number (default 1e-9). */
  readonly relTol?: number;
  /** Labels are compared without regard to case. */
  readonly foldCase?: boolean;
  /** On the path of a list (`items[]`): in order (the default), without order, or by a key field. */
  readonly list?: 'list' | 'set' | { readonly key: string };
  /** The path and everything below it is left out of every view. */
  readonly ignore?: boolean;
}

/** Rules by path; a rule on `items[]` about order holds for all paths below it. */
export type PathRules = ReadonlyMap<string, PathRule>;

/** Labels at most so many different values … */
export const MAX_LABELS = 12;
/** … of at most so many characters are taken for labels when nothing says otherwise. */
export const MAX_LABEL_LENGTH = 40;

/**
 * The type of a path from the values of *both* sides, when no rule names one: all numbers → number; few and short → enum; else text. Null
 * says nothing about the type. Which side a value is on does not matter, so the permutation test stays exact.
 */
export function inferType(values: readonly Json[]): FieldType {
  const present = values.filter((value) => value !== null);
  if (present.length > 0 && present.every((value) => typeof value === 'number')) return 'number';
  const distinct = new Set<string>();
  for (const value of present) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (text.length > 2 * MAX_LABEL_LENGTH || [...text].length > MAX_LABEL_LENGTH) return 'text';
    distinct.add(exactKey(value));
    if (distinct.size > MAX_LABELS) return 'text';
  }
  return 'enum';
}

/** How the lists around a path are compared: the rule of the innermost list around it that has one, else in order. */
export function listRule(path: string, rules: PathRules): 'list' | 'set' | { readonly key: string } {
  for (let end = path.lastIndexOf('[]'); end >= 0; end = end === 0 ? -1 : path.lastIndexOf('[]', end - 1)) {
    const rule = rules.get(path.slice(0, end + 2))?.list;
    if (rule !== undefined) return rule;
  }
  return 'list';
}

/** Whether a rule on the path, or on one around it, leaves it out. */
export function isIgnored(path: string, rules: PathRules): boolean {
  for (const [at, { ignore }] of rules) {
    if (ignore !== true) continue;
    if (at === '$' || path === at || (path.startsWith(at) && (path[at.length] === '.' || path[at.length] === '['))) return true;
  }
  return false;
}
