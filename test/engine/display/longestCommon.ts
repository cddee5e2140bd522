/** The length of a longest common subsequence, by the textbook. */
export function longestCommon<T>(left: Iterable<T>, right: Iterable<T>): number {
  const others = [...right];
  let row = new Array<number>(others.length + 1).fill(0);
  for (const own of left) {
    const next = [0];
    for (const [at, other] of others.entries()) next.push(own === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    row = next;
  }
  return row[others.length] ?? 0;
}
