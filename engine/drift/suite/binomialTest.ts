import { binomialAtLeast, binomialCdf, binomialPmf } from '../special/binomial.ts';

/** The chances of at most, at least and of anything as unlikely as the successes seen. */
export interface BinomialTestResult {
  readonly less: number;
  readonly greater: number;
  readonly twoSided: number;
}

/**
 * The exact test of `x` successes in `n` trials against a chance of `p`. No trials give 1.
 * Two-sided by the method of small p-values: every outcome at most as likely as `x` counts (times 1 + 1e-7, for rounding).
 */
export function binomialTest(x: number, n: number, p: number): BinomialTestResult {
  if (n === 0) {
    return { less: 1, greater: 1, twoSided: 1 };
  }
  return { less: binomialCdf(x, n, p), greater: binomialAtLeast(x, n, p), twoSided: twoSided(x, n, p) };
}

/**
 * The probabilities rise up to the mode and fall after it, so the other tail begins where halving finds the first outcome that is unlikely
 * enough.
 */
function twoSided(x: number, n: number, p: number): number {
  const limit = binomialPmf(x, n, p) * (1 + 1e-7);
  const mean = n * p;
  if (x === mean) {
    return 1;
  }
  if (x < mean) {
    let low = Math.ceil(mean);
    let high = n + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (binomialPmf(middle, n, p) <= limit) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Math.min(1, binomialCdf(x, n, p) + binomialAtLeast(low, n, p));
  }
  let low = -1;
  let high = Math.floor(mean);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (binomialPmf(middle, n, p) <= limit) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return Math.min(1, binomialCdf(low, n, p) + binomialAtLeast(x, n, p));
}
