/** The places of a longest rising subsequence of different numbers, by patience sorting. */
export function longestRise(values: readonly number[]): readonly number[] {
  const tops: number[] = [];
  const before = new Int32Array(values.length);
  values.forEach((value, at) => {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tops[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = at;
  });
  const rise: number[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = before[at] as number) rise.push(at);
  return rise.reverse();
}
