/** One element of a keyed list: the value of its key field, and what is compared. */
export interface Keyed<T> {
  readonly key: string;
  readonly value: T;
}

/**
 * Lists whose elements are told apart by a key field, in any order: 1 - (sum of 1 - distance over the elements with the same key) / the
 * larger size. An element without a partner counts as wholly different. A key that stands twice is matched in order.
 */
export function keyedSetDistance<T>(left: readonly Keyed<T>[], right: readonly Keyed<T>[], distance: (a: T, b: T) => number): number {
  const larger = Math.max(left.length, right.length);
  if (larger === 0) return 0;
  const open = new Map<string, T[]>();
  for (const { key, value } of left) {
    const values = open.get(key);
    if (values) values.push(value);
    else open.set(key, [value]);
  }
  let matched = 0;
  for (const { key, value } of right) {
    const values = open.get(key);
    if (values === undefined || values.length === 0) continue;
    matched += 1 - distance(values.shift() as T, value);
  }
  return 1 - matched / larger;
}
