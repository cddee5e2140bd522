import type { DistanceMatrix } from './distanceMatrix.ts';

/** The energy statistic as a sum over pairs: T of a choice of new samples is the sum of `pairs[i * size + j]` over its pairs i < j. */
export interface CentredPairs {
  readonly pairs: Float64Array;
  /** Standard deviation of T over all choices; its mean is 0. */
  readonly deviation: number;
}

/**
 * Both groups need two samples at least. T does not change when u_i + u_j is added to every distance, so the matrix may be centred until its
 * rows sum to 0 (U-centring, Székely and Rizzo 2014); then only the pairs within the new samples remain, and the variance over all choices
 * has a closed form.
 */
export function centredPairs({ size, values }: DistanceMatrix, fresh: number): CentredPairs {
  const approved = size - fresh;
  const weight = -4 / (approved * fresh) - 2 / (approved * (approved - 1)) - 2 / (fresh * (fresh - 1));
  const rows = new Float64Array(size);
  let all = 0;
  for (let i = 0; i < size; i += 1) {
    let row = 0;
    for (let j = 0; j < size; j += 1) row += values[i * size + j] as number;
    rows[i] = row / (size - 2);
    all += row;
  }
  const middle = all / ((size - 1) * (size - 2));
  const pairs = new Float64Array(size * size);
  let squares = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) {
      const centred = (values[i * size + j] as number) - (rows[i] as number) - (rows[j] as number) + middle;
      pairs[i * size + j] = weight * centred;
      squares += centred * centred;
    }
  }
  const chosen = (count: number): number => {
    let chance = 1;
    for (let at = 0; at < count; at += 1) chance *= (fresh - at) / (size - at);
    return chance;
  };
  const spread = Math.max(0, chosen(2) - 2 * chosen(3) + chosen(4));
  return { pairs, deviation: Math.abs(weight) * Math.sqrt(squares * spread) };
}
