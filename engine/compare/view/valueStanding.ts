import type { FieldRow } from '../../../protocol/index.ts';
import { exactKey, type FieldType, type FieldValue, type PathRule } from '../../drift/index.ts';
import type { SideValues } from './fieldCells.ts';
import { share } from './figures.ts';
import type { Nearness } from './nearFields.ts';
import { valuesOf } from './pathChange.ts';
import { decimalsOf, shownNumber } from './shownNumber.ts';

/** How a path stands, and that in a word or two. */
export type Standing = Pick<FieldRow, 'status' | 'words'>;

interface Terms {
  readonly type: FieldType;
  readonly rule: PathRule;
  /** The case was not tested for noise: what no approved sample says has changed. */
  readonly untested: boolean;
}

/** How the values of the new side stand to those of the approved one, as far as they are seen; whether they changed beyond noise, p tells. */
export function standingOf(before: SideValues, now: SideValues, near: Nearness, { type, rule, untested }: Terms): Standing {
  const missing = now.filter((field) => field === undefined).length;
  if (missing > 0 && !before.includes(undefined)) return { status: 'differs', words: `missing in ${share(missing, now.length)}` };
  const [approved, fresh] = [distinct(before), distinct(now)];
  if ([...fresh.keys()].every((key) => approved.has(key)))
    return approved.size === 1 && !before.includes(undefined)
      ? { status: 'same', words: 'same' }
      : { status: 'within', words: 'approved values' };
  const strange = [...fresh].filter(([key]) => !approved.has(key)).map(([, field]) => field);
  const known = [...approved.values()];
  const nearest = strange.map((field) => known.find((one) => near.fields(field, one)));
  if (!nearest.includes(undefined)) return nearWords(strange, known, type, rule, before, now);
  if (untested && [...fresh.values()].every((field) => !known.some((one) => near.fields(field, one))))
    return { status: 'changed', words: 'changed' };
  const tolerance = type === 'number' ? toleranceWords(rule, before, now) : undefined;
  return { status: 'differs', words: tolerance === undefined ? 'other values' : `beyond ${tolerance}` };
}

/** The different values of a side by how they are written. */
function distinct(side: SideValues): ReadonlyMap<string, FieldValue> {
  return new Map(side.flatMap((field) => (field ? [[JSON.stringify(valuesOf(field)), field] as const] : [])));
}

/** Every new value says what an approved one says: by tolerance, in another case, order or spacing. */
function nearWords(
  strange: readonly FieldValue[],
  known: readonly FieldValue[],
  type: FieldType,
  rule: PathRule,
  before: SideValues,
  now: SideValues,
): Standing {
  if (type === 'number') return { status: 'within', words: `within ${toleranceWords(rule, before, now) ?? 'rounding'}` };
  if (type === 'date') return { status: 'within', words: 'same time' };
  const written = (field: FieldValue, sorted: boolean): string => {
    const keys = valuesOf(field).map((value) => exactKey(value));
    return JSON.stringify(sorted ? keys.sort() : keys);
  };
  const all = (sorted: boolean): boolean => {
    const keys = new Set(known.map((field) => written(field, sorted)));
    return strange.every((field) => keys.has(written(field, sorted)));
  };
  if (all(false)) return { status: 'whitespace', words: 'whitespace only' };
  return all(true) ? { status: 'moved', words: 'moved' } : { status: 'within', words: 'ignoring case' };
}

/** `±0.10`, with as many decimals as the values have; undefined without a tolerance. */
function toleranceWords({ absTol, relTol }: PathRule, before: SideValues, now: SideValues): string | undefined {
  if (absTol === undefined) return relTol === undefined ? undefined : `±${shownNumber(relTol * 100)} %`;
  const numbers = [...before, ...now].flatMap((field) => (field ? valuesOf(field) : [])).filter((value) => typeof value === 'number');
  const digits = numbers.reduce((most, value) => Math.max(most, decimalsOf(value)), decimalsOf(absTol));
  return `±${shownNumber(absTol, digits)}`;
}
