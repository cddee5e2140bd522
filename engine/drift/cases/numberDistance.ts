/** When two numbers count as equal, and what difference counts as 1. */
export interface NumberScale {
  /** Absolute tolerance, in the number's own unit. */
  readonly absTol: number;
  /** Relative tolerance, as a share of the larger absolute value. */
  readonly relTol: number;
  /** The difference that counts as distance 1. */
  readonly scale: number;
}

/** The tolerance that forgives rounding noise only. */
export const DEFAULT_REL_TOL = 1e-9;

/** Distance in [0, 1]: 0 within the tolerance, else the difference over the scale, at most 1. */
export function numberDistance(left: number, right: number, { absTol, relTol, scale }: NumberScale): number {
  const difference = Math.abs(left - right);
  if (left === right || difference <= Math.max(absTol, relTol * Math.max(Math.abs(left), Math.abs(right)))) return 0;
  return Math.min(1, difference / scale);
}

/**
 * The scale of a field: the range of its values on *both* sides, so that it does not depend on which side a sample is on and the
 * permutation test stays exact.
 */
export function numberScale(pooled: readonly number[], absTol = 0, relTol = DEFAULT_REL_TOL): NumberScale {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of pooled) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const range = pooled.length === 0 ? 0 : most - least;
  return { absTol, relTol, scale: Math.max(range, absTol, 1e-9) };
}
