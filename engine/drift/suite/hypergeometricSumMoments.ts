import { normalCdf } from '../special/normal.ts';

/** Mean, variance and third central moment of a distribution. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly third: number;
}

/** The moments of a sum of independent hypergeometric counts, one entry a case in each array; terms as for `hypergeometricSum`. */
export function hypergeometricSumMoments(populations: readonly number[], successes: readonly number[], draws: readonly number[]): Moments {
  let mean = 0;
  let variance = 0;
  let third = 0;
  for (let index = 0; index < populations.length; index += 1) {
    const all = populations[index] ?? 0;
    const passes = successes[index] ?? 0;
    const drawn = draws[index] ?? 0;
    mean += all === 0 ? 0 : (passes * drawn) / all;
    const spread = all < 2 ? 0 : (drawn * passes * (all - passes) * (all - drawn)) / (all * all * (all - 1));
    variance += spread;
    third += all < 3 ? 0 : (spread * (all - 2 * passes) * (all - 2 * drawn)) / (all * (all - 2));
  }
  return { mean, variance, third };
}

/**
 * The chance that a whole-numbered sum with these moments is at most `seen`: the normal distribution with continuity correction and one term
 * for skewness (Edgeworth). Within 0.001 of the exact chance for sums of hypergeometric counts from a standard deviation of 5 on.
 */
export function expandedCdf(seen: number, { mean, variance, third }: Moments): number {
  const z = (seen + 0.5 - mean) / Math.sqrt(variance);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return normalCdf(z) - ((third / variance ** 1.5) * (z * z - 1) * density) / 6;
}
