/**
 * Unordered lists of scalars: 1 - (elements with an equal partner) / the larger size. A value that stands twice needs two partners. In
 * [0, 1]; two empty sets: 0. Elements are given as the keys by which they are equal.
 */
export function setDistance(left: readonly string[], right: readonly string[]): number {
  const larger = Math.max(left.length, right.length);
  if (larger === 0) return 0;
  const open = new Map<string, number>();
  for (const key of left) open.set(key, (open.get(key) ?? 0) + 1);
  let matched = 0;
  for (const key of right) {
    const count = open.get(key) ?? 0;
    if (count === 0) continue;
    open.set(key, count - 1);
    matched += 1;
  }
  return 1 - matched / larger;
}
