import { inverseIncompleteBeta } from '../special/incompleteBeta.ts';

/**
 * The exact two-sided interval of a rate after `x` of `n`, at `confidence` in (0, 1). [0, 1] where `n` is 0.
 * Source: Clopper and Pearson 1934, as quantiles of the beta distribution.
 */
export function clopperPearson(x: number, n: number, confidence: number): { readonly low: number; readonly high: number } {
  const tail = (1 - confidence) / 2;
  return { low: lowerBound(x, n, tail), high: upperBound(x, n, tail) };
}

/**
 * The exact one-sided upper bound of a rate after `x` of `n`: 1 where `n` is 0 or every trial succeeded. After none of n: 1 − (1 −
 * confidence)^(1/n).
 */
export function clopperPearsonUpper(x: number, n: number, confidence: number): number {
  return upperBound(x, n, 1 - confidence);
}

/** The exact one-sided lower bound of a rate after `x` of `n`: 0 where `n` is 0 or no trial succeeded. */
export function clopperPearsonLower(x: number, n: number, confidence: number): number {
  return lowerBound(x, n, 1 - confidence);
}

function lowerBound(x: number, n: number, tail: number): number {
  return n === 0 || x === 0 ? 0 : inverseIncompleteBeta(x, n - x + 1, tail);
}

/** By the mirrored distribution: 1 − the lower tail's quantile would lose the digits of a small bound, its upper quantile does not. */
function upperBound(x: number, n: number, tail: number): number {
  return n === 0 || x === n ? 1 : inverseIncompleteBeta(x + 1, n - x, 1 - tail);
}
