import { wilsonInterval } from '../../protocol/index.ts';

/** A figure with what chance alone may have moved it by: to the farther end of its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
  /** How many it was counted over. */
  readonly of: number;
}

/** The share of `yes` among `of`, with its Wilson interval; null over nothing. */
export function share(yes: number, of: number): Estimate | null {
  if (of === 0) return null;
  const { low, high } = wilsonInterval(yes, of);
  return { value: yes / of, error: Math.max(yes / of - low, high - yes / of), of };
}

/** The share of items of which something is true. */
export function shareOf<T>(items: readonly T[], isTrue: (item: T) => boolean): Estimate | null {
  return share(items.filter(isTrue).length, items.length);
}

/** The mean, with 1.96 standard errors; null over nothing. */
export function mean(values: readonly number[]): Estimate | null {
  const of = values.length;
  if (of === 0) return null;
  const value = values.reduce((sum, one) => sum + one, 0) / of;
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  return { value, error: of > 1 ? 1.96 * Math.sqrt(squares / (of - 1) / of) : Number.POSITIVE_INFINITY, of };
}

/** So many times a figure. */
export function times(estimate: Estimate | null, factor: number): Estimate | null {
  return estimate && { ...estimate, value: factor * estimate.value, error: factor * estimate.error };
}

/** The sum of independent figures; null where one is missing. */
export function sumOf(estimates: readonly (Estimate | null)[]): Estimate | null {
  const known = estimates.filter((one) => one !== null);
  if (known.length < estimates.length) return null;
  return {
    value: known.reduce((sum, { value }) => sum + value, 0),
    error: Math.hypot(...known.map(({ error }) => error)),
    of: Math.min(...known.map(({ of }) => of)),
  };
}

/** `5.4 ±1.2 %`. */
export function percentWords(estimate: Estimate | null): string {
  return estimate === null ? '-' : `${digits(100 * estimate.value)} ±${digits(100 * estimate.error)} %`;
}

/** `37.3 ±0.2`. */
export function numberWords(estimate: Estimate | null): string {
  return estimate === null ? '-' : `${digits(estimate.value)} ±${digits(estimate.error)}`;
}

/** One decimal under 10 and two under 0.1, so that small figures do not vanish. */
function digits(value: number): string {
  if (!Number.isFinite(value)) return '?';
  const size = Math.abs(value);
  if (size === 0 || size >= 99.95) return value.toFixed(0);
  return value.toFixed(size < 0.095 ? 2 : 1);
}
