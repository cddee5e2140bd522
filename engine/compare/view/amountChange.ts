import type { Json } from '../../../safety/index.ts';
import { dateDays } from '../../drift/index.ts';
import { type Change, shownValue } from './change.ts';
import { median, step } from './figures.ts';
import { labelChange } from './labelChange.ts';

/** `0.91 → 0.70`, in the group `lower by 0.2 or more`; with equal medians `0.88 to 0.94 → 0.5 to 0.99`. Undefined without numbers. */
export function numberChange(path: string, approved: readonly Json[], fresh: readonly Json[]): Change | undefined {
  const [before, now] = [approved.filter(isFiniteNumber), fresh.filter(isFiniteNumber)];
  const [from, to] = [median(before), median(now)];
  if (from === undefined || to === undefined) return labelChange(path, approved, fresh);
  const amount = Math.abs(to - from);
  if (amount > 0) {
    const [way, least] = [to < from ? 'lower' : 'higher', Number.isFinite(amount) ? step(amount) : Number.MAX_VALUE];
    const digits = Math.max(decimals(amount, from), decimals(amount, to));
    const line = `${written(from, digits)} → ${written(to, digits)}`;
    return { kind: 'number', path, line, title: `${way} by ${least} or more`, like: [way, least] };
  }
  const width = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const wider = width(now) - width(before);
  if (wider === 0) return undefined;
  const title = wider > 0 ? 'wider spread' : 'narrower spread';
  return { kind: 'spread', path, line: `${range(before)} → ${range(now)}`, title, like: title };
}

/** `2026-11-21 → 2026-11-28`, in the group `later by 5 days or more`. */
export function dateChange(path: string, approved: readonly Json[], fresh: readonly Json[]): Change | undefined {
  const days = (values: readonly Json[]): number | undefined => median(values.map(dayOf).filter((value) => value !== null));
  const [from, to] = [days(approved), days(fresh)];
  const label = labelChange(path, approved, fresh);
  if (from === undefined || to === undefined || from === to) return label;
  const way = to < from ? 'earlier' : 'later';
  const least = Math.abs(to - from) < 1 ? 0 : step(Math.abs(to - from));
  const title = least === 0 ? `${way} by less than a day` : `${way} by ${least} ${least === 1 ? 'day' : 'days'} or more`;
  const near = (values: readonly Json[], at: number): string =>
    shownValue([...values].sort((a, b) => Math.abs((dayOf(a) ?? Infinity) - at) - Math.abs((dayOf(b) ?? Infinity) - at))[0] ?? null);
  return { kind: 'date', path, line: `${near(approved, from)} → ${near(fresh, to)}`, title, like: [way, least] };
}

/** `0.5 to 0.99`; one number where all are equal. */
function range(values: readonly number[]): string {
  const [least, largest] = [Math.min(...values), Math.max(...values)];
  return least === largest ? String(least) : `${least} to ${largest}`;
}

/** So many decimals that a difference shows with two digits, where the number is not whole. */
function decimals(difference: number, value: number): number {
  if (Number.isInteger(value)) return 0;
  return Math.min(10, Math.max(0, 1 - Math.floor(Math.log10(difference))));
}

function written(value: number, digits: number): string {
  return Math.abs(value) < 1e15 && (value === 0 || Math.abs(value) >= 1e-6) ? value.toFixed(digits) : String(Number(value.toPrecision(3)));
}

function isFiniteNumber(value: Json): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function dayOf(value: Json): number | null {
  return typeof value === 'string' ? dateDays(value) : null;
}
