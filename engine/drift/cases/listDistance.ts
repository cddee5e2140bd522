/**
 * Ordered lists: the cheapest way to turn one into the other (remove or add an element: 1, replace it: `distance` of the two), over the
 * longer length. In [0, 1]; two empty lists: 0. Equal elements at both ends are taken off first, which changes nothing but the time.
 */
export function listDistance<T>(left: readonly T[], right: readonly T[], distance: (a: T, b: T) => number): number {
  const longer = Math.max(left.length, right.length);
  if (longer === 0) return 0;
  const same = (a: T | undefined, b: T | undefined): boolean => a === b || distance(a as T, b as T) === 0;
  let start = 0;
  let endLeft = left.length;
  let endRight = right.length;
  while (start < endLeft && start < endRight && same(left[start], right[start])) start += 1;
  while (endLeft > start && endRight > start && same(left[endLeft - 1], right[endRight - 1])) {
    endLeft -= 1;
    endRight -= 1;
  }
  const width = endRight - start;
  let previous = Float64Array.from({ length: width + 1 }, (_, at) => at);
  let current = new Float64Array(width + 1);
  for (let row = 1; row <= endLeft - start; row += 1) {
    current[0] = row;
    const element = left[start + row - 1] as T;
    for (let column = 1; column <= width; column += 1) {
      const replace = (previous[column - 1] as number) + distance(element, right[start + column - 1] as T);
      current[column] = Math.min(replace, (previous[column] as number) + 1, (current[column - 1] as number) + 1);
    }
    [previous, current] = [current, previous];
  }
  return (previous[width] as number) / longer;
}
