import { hypergeometricAtLeast, hypergeometricCdf, hypergeometricPmf, hypergeometricSupport } from '../special/hypergeometric.ts';

/** A 2×2 table: the baseline's row, then the new side's; failures first in each. */
export type TwoByTwo = readonly [readonly [number, number], readonly [number, number]];

/**
 * The chances of a table as extreme as seen: `less` for an odds ratio under 1 (fewer failures in the baseline), `greater` for one above
 * it.
 */
export interface FisherResult {
  readonly less: number;
  readonly greater: number;
  readonly twoSided: number;
}

/**
 * Fisher's exact test of a 2×2 table, conditional on its margins. An empty table gives 1.
 * Source: Fisher 1935; the two-sided p sums the tables that are at most as likely as the one seen (times 1 + 1e-7, for rounding).
 */
export function fisherExact(table: TwoByTwo): FisherResult {
  const [[seen, baseOk], [newFail, newOk]] = table;
  const population = seen + baseOk + newFail + newOk;
  const failures = seen + newFail;
  const draws = seen + baseOk;
  const limit = hypergeometricPmf(seen, population, failures, draws) * (1 + 1e-7);
  const { low, high } = hypergeometricSupport(population, failures, draws);
  let twoSided = 0;
  for (let x = low; x <= high; x += 1) {
    const chance = hypergeometricPmf(x, population, failures, draws);
    twoSided += chance <= limit ? chance : 0;
  }
  return {
    less: hypergeometricCdf(seen, population, failures, draws),
    greater: hypergeometricAtLeast(seen, population, failures, draws),
    twoSided: Math.min(1, twoSided),
  };
}
