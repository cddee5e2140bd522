import { incompleteGammaLower, incompleteGammaUpper } from './incompleteGamma.ts';
import { invertIncreasing } from './invertIncreasing.ts';
import { poissonTerm } from './saddlePoint.ts';

/**
 * The chance that a chi-square variable with `df` > 0 degrees of freedom is above `x`; the far tail keeps its digits. Source: Q(df/2,
 * x/2).
 */
export function chiSquareSurvival(x: number, df: number): number {
  return x <= 0 ? 1 : incompleteGammaUpper(df / 2, x / 2);
}

/** The chi-square quantile: the value that the variable stays at or below with chance `p`. 0 at 0, ∞ at 1, `NaN` outside. */
export function chiSquareQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) {
    return Number.NaN;
  }
  if (p === 0 || p === 1) {
    return p === 0 ? 0 : Number.POSITIVE_INFINITY;
  }
  const a = df / 2;
  const density = (x: number): number => (poissonTerm(a, x) * a) / x;
  const bracket = { low: 0, high: Number.POSITIVE_INFINITY, start: a };
  return p < 0.9
    ? 2 * invertIncreasing((x) => incompleteGammaLower(a, x), density, p, bracket)
    : 2 * invertIncreasing((x) => -incompleteGammaUpper(a, x), density, p - 1, bracket);
}
