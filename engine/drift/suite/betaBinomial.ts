import { inverseIncompleteBeta } from '../special/incompleteBeta.ts';
import { logFactorial, logGamma } from '../special/logGamma.ts';

/** The prediction for `n` new samples: the chance of exactly, at most and at least `x` passes, their mean, and two central intervals. */
export interface BetaBinomial {
  readonly pmf: number;
  readonly cdf: number;
  readonly atLeast: number;
  readonly mean: number;
  /** Passes among the new samples. */
  readonly predictive: { readonly low: number; readonly high: number };
  /** The pass rate itself. */
  readonly posterior: { readonly low: number; readonly high: number };
}

/**
 * What a case whose pass rate is Beta(`a`, `b`) will do in `n` new samples; after y passes of k with Jeffreys' prior, a = y + ½ and b = k
 * − y + ½. Source: the beta-binomial distribution, C(n, x) B(x+a, n−x+b) / B(a, b). An interval's ends are the smallest counts whose cdf
 * reaches (1 ∓ confidence)/2.
 */
export function betaBinomial(a: number, b: number, n: number, x: number, confidence: number): BetaBinomial {
  const pmf = Array.from({ length: n + 1 }, (_, passes) => betaBinomialPmf(passes, n, a, b));
  const tail = (1 - confidence) / 2;
  return {
    pmf: pmf[x] ?? 0,
    cdf: partialSum(pmf, 0, x),
    atLeast: partialSum(pmf, x, n),
    mean: (n * a) / (a + b),
    predictive: { low: countReaching(pmf, tail), high: countReaching(pmf, (1 + confidence) / 2) },
    posterior: { low: inverseIncompleteBeta(a, b, tail), high: inverseIncompleteBeta(a, b, (1 + confidence) / 2) },
  };
}

/** The chance of exactly `x` passes in `n` samples of a case whose pass rate is Beta(`a`, `b`). */
export function betaBinomialPmf(x: number, n: number, a: number, b: number): number {
  if (x < 0 || x > n) {
    return 0;
  }
  const choose = logFactorial(n) - logFactorial(x) - logFactorial(n - x);
  return Math.exp(choose + logBeta(x + a, n - x + b) - logBeta(a, b));
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

function partialSum(pmf: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let x = Math.max(0, from); x <= Math.min(to, pmf.length - 1); x += 1) {
    sum += pmf[x] ?? 0;
  }
  return Math.min(1, sum);
}

function countReaching(pmf: readonly number[], chance: number): number {
  let sum = 0;
  const index = pmf.findIndex((value) => {
    sum += value;
    return sum >= chance;
  });
  return index === -1 ? pmf.length - 1 : index;
}
