import type { Splits } from './splits.ts';

/**
 * The largest of several pair sums under every drawn split, as `largestPairSums` has it under all: `largest[n]` becomes the maximum over the
 * views of the sum of `pairs[i * size + j]`, i < j, over the pairs of new samples. The pairs are centred, their rows sum to 0, so the sum
 * over the pairs of approved samples is the same, and the smaller group is summed.
 */
export function largestDrawnPairSums(
  views: readonly Float64Array[],
  splits: Extract<Splits, { readonly kind: 'random' }>,
  largest: Float64Array,
): void {
  const { size, fresh, count } = splits;
  const group = Math.min(fresh, size - fresh);
  const members = fresh === group ? splits.members : approvedOf(splits);
  for (const upper of views) {
    const pairs = upper.map((pair, cell) => pair + (upper[(cell % size) * size + Math.floor(cell / size)] as number));
    for (let split = 0; split < count; split += 1) {
      const first = split * group;
      let sum = 0;
      for (let b = first + 1; b < first + group; b += 1) {
        const row = (members[b] as number) * size;
        for (let a = first; a < b; a += 1) sum += pairs[row + (members[a] as number)] as number;
      }
      if (sum > (largest[split] as number)) largest[split] = sum;
    }
  }
}

/** The samples of each split that are not new. */
function approvedOf({ size, fresh, count, members }: Extract<Splits, { readonly kind: 'random' }>): Uint16Array {
  const approved = new Uint16Array(count * (size - fresh));
  const isFresh = new Uint8Array(size);
  let next = 0;
  for (let split = 0; split < count; split += 1) {
    isFresh.fill(0);
    for (let at = split * fresh; at < (split + 1) * fresh; at += 1) isFresh[members[at] as number] = 1;
    for (let sample = 0; sample < size; sample += 1) if (isFresh[sample] === 0) approved[next++] = sample;
  }
  return approved;
}
