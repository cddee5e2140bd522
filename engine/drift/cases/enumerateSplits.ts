/**
 * The largest of several pair sums under every way to choose `fresh` of `size` samples, in lexicographic order: for view v and a choice X the
 * sum over the pairs i < j in X of `pairs[(i * size + j) * views + v]`; `largest[n]` becomes the maximum over the views for choice n. At
 * least two samples are chosen.
 *
 * One depth-first walk for all views: each level holds what choosing a further sample would add, so a choice costs two additions a view.
 */
export function largestPairSums(
  pairs: Float64Array,
  { size, fresh, views }: { readonly size: number; readonly fresh: number; readonly views: number },
  largest: Float64Array,
): void {
  const gains = Array.from({ length: fresh }, () => new Float64Array(size * views));
  const sums = Array.from({ length: fresh }, () => new Float64Array(views));
  let next = 0;
  const visit = (level: number, from: number): void => {
    const gain = gains[level] as Float64Array;
    const sum = sums[level] as Float64Array;
    const deeperSum = sums[level + 1] as Float64Array;
    const last = size - (fresh - level);
    for (let i = from; i <= last; i += 1) {
      const row = i * size;
      for (let view = 0; view < views; view += 1) deeperSum[view] = (sum[view] as number) + (gain[i * views + view] as number);
      if (level === fresh - 2) {
        next = chooseLast(pairs, gain, deeperSum, { row, first: i + 1, size, views, next }, largest);
        continue;
      }
      const deeper = gains[level + 1] as Float64Array;
      const start = (row + i + 1) * views;
      const offset = (i + 1) * views;
      for (let at = offset; at < size * views; at += 1) deeper[at] = (gain[at] as number) + (pairs[start + at - offset] as number);
      visit(level + 1, i + 1);
    }
  };
  visit(0, 0);
}

/** The last sample of a choice: every one behind `first`. Returns the place of the next choice. */
function chooseLast(
  pairs: Float64Array,
  gain: Float64Array,
  sum: Float64Array,
  of: { readonly row: number; readonly first: number; readonly size: number; readonly views: number; readonly next: number },
  largest: Float64Array,
): number {
  const { row, first, size, views } = of;
  let write = of.next;
  for (let j = first; j < size; j += 1) {
    const pair = (row + j) * views;
    const own = j * views;
    let most = Number.NEGATIVE_INFINITY;
    for (let view = 0; view < views; view += 1) {
      const z = (sum[view] as number) + (gain[own + view] as number) + (pairs[pair + view] as number);
      if (z > most) most = z;
    }
    largest[write] = most;
    write += 1;
  }
  return write;
}
