/**
 * Holm's adjusted p-values, in the order given: rejecting those at most α keeps the chance of any false rejection at α, however they
 * depend. Source: Holm 1979. Every function here gives equal values for equal p, never reverses an order, and caps at 1.
 */
export function holm(p: readonly number[]): readonly number[] {
  return stepDown(p, (rank) => p.length - rank);
}

/**
 * Benjamini-Hochberg adjusted p-values (q-values), in the order given: of those at most q, a share of q may be false on average.
 * Holds for independent and positively dependent tests. Source: Benjamini and Hochberg 1995.
 */
export function benjaminiHochberg(p: readonly number[]): readonly number[] {
  return stepUp(p, 1);
}

/**
 * Benjamini-Yekutieli adjusted p-values: as Benjamini-Hochberg under any dependence, at the price of the factor Σ 1/i. Source: Benjamini
 * and Yekutieli 2001.
 */
export function benjaminiYekutieli(p: readonly number[]): readonly number[] {
  let factor = 0;
  for (let i = 1; i <= p.length; i += 1) {
    factor += 1 / i;
  }
  return stepUp(p, factor);
}

/** Bonferroni's adjusted p-values: each times their number. */
export function bonferroni(p: readonly number[]): readonly number[] {
  return p.map((value) => Math.min(1, value * p.length));
}

/** From the smallest p up: each at least as large as those before it. `factor` gets the number of smaller ones. */
function stepDown(p: readonly number[], factor: (rank: number) => number): readonly number[] {
  const adjusted = new Array<number>(p.length).fill(1);
  let most = 0;
  ascending(p).forEach((index, rank) => {
    most = Math.max(most, Math.min(1, (p[index] ?? 1) * factor(rank)));
    adjusted[index] = most;
  });
  return adjusted;
}

/** From the largest p down: each at most as large as those after it. */
function stepUp(p: readonly number[], factor: number): readonly number[] {
  const adjusted = new Array<number>(p.length).fill(1);
  const order = ascending(p);
  let least = 1;
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const index = order[rank - 1] ?? 0;
    least = Math.min(least, ((p[index] ?? 1) * p.length * factor) / rank);
    adjusted[index] = least;
  }
  return adjusted;
}

function ascending(p: readonly number[]): readonly number[] {
  return p.map((_, index) => index).sort((left, right) => (p[left] ?? 1) - (p[right] ?? 1) || left - right);
}
