import { incompleteGammaLower, incompleteGammaUpper } from './incompleteGamma.ts';

/**
 * The chance that a standard normal variable is at most `x`; the far lower tail keeps its digits. Source: DLMF 7.11.2, Φ(x) = ½ Q(½, x²/2)
 * for x < 0.
 */
export function normalCdf(x: number): number {
  const square = (x * x) / 2;
  if (x < 0) {
    return incompleteGammaUpper(0.5, square) / 2;
  }
  return x === Number.POSITIVE_INFINITY ? 1 : 0.5 + incompleteGammaLower(0.5, square) / 2;
}

/**
 * The standard normal quantile: `normalCdf` of it is `p`. −∞ at 0, ∞ at 1, `NaN` outside.
 * Source: the start value of Abramowitz and Stegun 26.2.23 (error under 4.5e-4), refined by Halley steps on `normalCdf`.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) {
    return Number.NaN;
  }
  if (p > 0.5) {
    return -normalQuantile(1 - p);
  }
  if (p === 0) {
    return Number.NEGATIVE_INFINITY;
  }
  if (p === 0.5) {
    return 0;
  }
  const t = Math.sqrt(-2 * Math.log(p));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let round = 0; round < 4; round += 1) {
    const step = (normalCdf(x) - p) * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
    x -= step / (1 + (x * step) / 2);
  }
  return x;
}
