import type { Json } from '../../../safety/index.ts';
import { keyedSetDistance } from '../../drift/cases/keyedSetDistance.ts';
import { setDistance } from '../../drift/cases/setDistance.ts';
import {
  dateDays,
  exactKey,
  type FieldType,
  type FieldValue,
  listRule,
  numberDistance,
  numberScale,
  type PathRules,
} from '../../drift/index.ts';

/** Which values of one path count as the same: those with distance 0 in the verdict, found without measuring the others. */
export interface Nearness {
  readonly values: (left: Json, right: Json) => boolean;
  readonly fields: (left: FieldValue, right: FieldValue) => boolean;
}

/** By the rules of the path: tolerances of numbers, case of labels, order of lists. Texts are near when they differ in whitespace alone. */
export function nearness(path: string, type: FieldType, rules: PathRules): Nearness {
  const { absTol, relTol, foldCase } = rules.get(path) ?? {};
  const order = listRule(path, rules);
  const keyOf = (value: Json): string => exactKey(value, type === 'enum' && foldCase === true);
  const scale = type === 'number' ? numberScale([], absTol, relTol) : numberScale([], 0, 0);
  const measured = (value: Json): number | null =>
    type === 'number' && typeof value === 'number' ? value : type === 'date' && typeof value === 'string' ? dateDays(value) : null;
  const values = (left: Json, right: Json): boolean => {
    const [a, b] = [measured(left), measured(right)];
    return a === null || b === null ? keyOf(left) === keyOf(right) : numberDistance(a, b, scale) === 0;
  };
  const fields = (left: FieldValue, right: FieldValue): boolean => {
    if (!left.list && !right.list) return values(left.value, right.value);
    if (!left.list || !right.list) return false;
    const [own, other] = [left.entries, right.entries];
    if (own.length !== other.length) return false;
    if (order === 'list') return own.every(({ value }, at) => values(value, other[at]?.value ?? null));
    const keys = (entries: typeof own): readonly string[] => entries.map(({ value }) => keyOf(value));
    if (order === 'set') return setDistance(keys(own), keys(other)) === 0;
    return keyedSetDistance(own, other, (a, b) => (values(a, b) ? 0 : 1)) === 0;
  };
  return { values, fields };
}
