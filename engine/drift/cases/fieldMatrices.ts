import type { Json } from '../../../safety/index.ts';
import { type CaseMemory, caseMemory } from './caseMemory.ts';
import { dateDays } from './dateDays.ts';
import { type DistanceMatrix, matrixByKey } from './distanceMatrix.ts';
import { exactKey } from './exactDistance.ts';
import { keyedSetDistance } from './keyedSetDistance.ts';
import type { FieldValue, ListEntry } from './leafFields.ts';
import { listDistance } from './listDistance.ts';
import { numberDistance, numberScale } from './numberDistance.ts';
import { type FieldType, inferType, listRule, type PathRule, type PathRules } from './pathTypes.ts';
import { prefixDistance } from './prefixDistance.ts';
import { setDistance } from './setDistance.ts';
import { trigramProfileDistance } from './trigramDistance.ts';

/** The distances of one path over all samples of a case. */
export interface FieldMatrices {
  readonly path: string;
  readonly type: FieldType;
  /** The distance that counts in the whole output: trigrams for texts. A sample without the field: 1 to one that has it, 0 to another without. */
  readonly value: DistanceMatrix;
  /** For texts the second view, over the beginning. */
  readonly prefix: DistanceMatrix | null;
  /** A sample that holds the most frequent value of all samples together (of several the least by its text); null when none comes twice. */
  readonly mode: number | null;
}

/**
 * The matrices of one path. `values[i]` is what sample i has there, undefined when it has nothing. Types and scales come from the rules,
 * else from the values of all samples together.
 */
export function fieldMatrices(
  path: string,
  values: readonly (FieldValue | undefined)[],
  rules: PathRules,
  memory: CaseMemory = caseMemory(),
): FieldMatrices {
  const scalars = values.flatMap((field) =>
    field === undefined ? [] : field.list ? field.entries.map(({ value }) => value) : [field.value],
  );
  const rule = rules.get(path) ?? {};
  const type = rule.type ?? inferType(scalars);
  const { keyOf, distance, prefix } = comparer(type, rule, scalars, memory);
  const order = listRule(path, rules);
  const keys = values.map((field) => fieldKey(field, keyOf, order));
  const matrix = (scalar: ScalarDistance): DistanceMatrix =>
    matrixByKey(keys, (i, j) => fieldDistance(values[i], values[j], { order, type, keyOf, scalar }));
  return { path, type, value: matrix(distance), prefix: prefix === null ? null : matrix(prefix), mode: modeOf(keys) };
}

/** Depends on the values alone, not on the order or the side of the samples: what is tested with it stays exact. */
function modeOf(keys: readonly string[]): number | null {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let mode: string | null = null;
  let most = 1;
  for (const [key, count] of counts) {
    if (count < most || (count === most && (mode === null || key > mode))) continue;
    mode = key;
    most = count;
  }
  return mode === null ? null : keys.indexOf(mode);
}

type ScalarDistance = (left: Json, right: Json) => number;

interface Comparer {
  readonly keyOf: (value: Json) => string;
  readonly distance: ScalarDistance;
  readonly prefix: ScalarDistance | null;
}

function comparer(type: FieldType, rule: PathRule, scalars: readonly Json[], memory: CaseMemory): Comparer {
  const keyOf = (value: Json): string => exactKey(value, type === 'enum' && rule.foldCase === true);
  const exact: ScalarDistance = (a, b) => (keyOf(a) === keyOf(b) ? 0 : 1);
  if (type === 'enum') return { keyOf, distance: exact, prefix: null };
  if (type === 'text') return textComparer(keyOf, exact, memory);
  const measured = (value: Json): number | null =>
    type === 'number' ? asNumber(value) : typeof value === 'string' ? dateDays(value) : null;
  const numbers = scalars.map(measured).filter((value) => value !== null);
  const scale = type === 'number' ? numberScale(numbers, rule.absTol, rule.relTol) : numberScale(numbers, 0, 0);
  const distance: ScalarDistance = (a, b) => {
    const [left, right] = [measured(a), measured(b)];
    return left === null || right === null ? exact(a, b) : numberDistance(left, right, scale);
  };
  return { keyOf, distance, prefix: null };
}

function textComparer(keyOf: (value: Json) => string, exact: ScalarDistance, { profile, prefix }: CaseMemory): Comparer {
  const onTexts =
    (distance: (a: string, b: string) => number): ScalarDistance =>
    (a, b) =>
      typeof a === 'string' && typeof b === 'string' ? distance(a, b) : exact(a, b);
  return {
    keyOf,
    distance: onTexts((a, b) => trigramProfileDistance(profile(a), profile(b))),
    prefix: onTexts((a, b) => prefixDistance(prefix(a), prefix(b))),
  };
}

function asNumber(value: Json): number | null {
  return typeof value === 'number' ? value : null;
}

interface FieldComparison {
  readonly order: ReturnType<typeof listRule>;
  readonly type: FieldType;
  readonly keyOf: (value: Json) => string;
  readonly scalar: ScalarDistance;
}

function fieldDistance(left: FieldValue | undefined, right: FieldValue | undefined, { order, keyOf, scalar }: FieldComparison): number {
  if (left === undefined || right === undefined) return left === right ? 0 : 1;
  if (!left.list && !right.list) return scalar(left.value, right.value);
  if (!left.list || !right.list) return 1;
  if (order === 'set')
    return setDistance(
      left.entries.map(({ value }) => keyOf(value)),
      right.entries.map(({ value }) => keyOf(value)),
    );
  if (order === 'list') return listDistance(left.entries, right.entries, (a, b) => scalar(a.value, b.value));
  return keyedSetDistance<Json>(left.entries, right.entries, scalar);
}

/** Two samples with the same key have distance 0 at this path. */
function fieldKey(field: FieldValue | undefined, keyOf: (value: Json) => string, order: ReturnType<typeof listRule>): string {
  if (field === undefined) return '-';
  if (!field.list) return `v${keyOf(field.value)}`;
  const entry = ({ key, value }: ListEntry): string => (typeof order === 'object' ? JSON.stringify([key, keyOf(value)]) : keyOf(value));
  return `l${field.entries.map(entry).join(',')}`;
}
