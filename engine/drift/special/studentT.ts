import { incompleteBeta, inverseIncompleteBeta } from './incompleteBeta.ts';

/**
 * The chance that a Student t variable with `df` > 0 degrees of freedom is above `t`; the far tail keeps its digits. Source: DLMF 8.17
 * with x = df/(df+t²).
 */
export function studentTSurvival(t: number, df: number): number {
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) {
    return t > 0 ? 0 : 1;
  }
  const upper = incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square)) / 2;
  return t >= 0 ? upper : 1 - upper;
}

/** The chance that a Student t variable with `df` degrees of freedom is at most `t`. */
export function studentTCdf(t: number, df: number): number {
  return studentTSurvival(-t, df);
}

/**
 * The Student t quantile: `studentTCdf` of it is `p`. −∞ at 0, ∞ at 1, `NaN` outside. By the inverse of the beta tail that is the smaller
 * one.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) {
    return Number.NaN;
  }
  if (p === 0 || p === 1) {
    return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  const bothTails = 2 * Math.min(p, 1 - p);
  const sign = p < 0.5 ? -1 : 1;
  if (bothTails < 0.5) {
    const x = inverseIncompleteBeta(df / 2, 0.5, bothTails);
    return sign * Math.sqrt((df * (1 - x)) / x);
  }
  const y = inverseIncompleteBeta(0.5, df / 2, 1 - bothTails);
  return sign * Math.sqrt((df * y) / (1 - y));
}
