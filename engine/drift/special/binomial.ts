import { incompleteBeta } from './incompleteBeta.ts';
import { binomialTerm } from './saddlePoint.ts';

/** The chance of exactly `x` successes in `n` trials of chance `p`; 0 for an `x` that cannot be. Stable for any n (Loader 2000). */
export function binomialPmf(x: number, n: number, p: number): number {
  return Number.isInteger(x) ? binomialTerm(x, n, p) : 0;
}

/** The chance of at most `x` successes in `n` trials of chance `p`. Source: DLMF 8.17.5, I_{1−p}(n−x, x+1). */
export function binomialCdf(x: number, n: number, p: number): number {
  const whole = Math.floor(x);
  if (whole < 0) {
    return 0;
  }
  return whole >= n ? 1 : incompleteBeta(n - whole, whole + 1, 1 - p, p);
}

/**
 * The chance of at least `x` successes in `n` trials of chance `p` (`x` itself counts), computed directly, so that a small one keeps its
 * digits.
 */
export function binomialAtLeast(x: number, n: number, p: number): number {
  const whole = Math.ceil(x);
  if (whole <= 0) {
    return 1;
  }
  return whole > n ? 0 : incompleteBeta(whole, n - whole + 1, p, 1 - p);
}
