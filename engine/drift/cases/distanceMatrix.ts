/** Distances between the samples of one case, approved ones first: `values[i * size + j]`, symmetric, zero on the diagonal. */
export interface DistanceMatrix {
  readonly size: number;
  readonly values: Float64Array;
}

/** Fills a matrix from a symmetric function; each pair is asked for once. */
export function matrixOf(size: number, distance: (i: number, j: number) => number): DistanceMatrix {
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) {
      const d = distance(i, j);
      values[i * size + j] = d;
      values[j * size + i] = d;
    }
  }
  return { size, values };
}

/**
 * A matrix over items of which many are equal: the distance is asked for once per pair of different keys. Items with the same key have
 * distance 0.
 */
export function matrixByKey(keys: readonly string[], distance: (i: number, j: number) => number): DistanceMatrix {
  const first = new Map<string, number>();
  const kinds = keys.map((key, at) => {
    const known = first.get(key);
    if (known !== undefined) return known;
    first.set(key, at);
    return at;
  });
  const size = keys.length;
  const done = new Float64Array(size * size).fill(-1);
  return matrixOf(size, (i, j) => {
    const a = Math.min(kinds[i] as number, kinds[j] as number);
    const b = Math.max(kinds[i] as number, kinds[j] as number);
    if (a === b) return 0;
    const known = done[a * size + b] as number;
    if (known >= 0) return known;
    const fresh = distance(a, b);
    done[a * size + b] = fresh;
    return fresh;
  });
}

/** Whether every distance of the matrix is zero: nothing differs in this view. */
export function isZero(matrix: DistanceMatrix): boolean {
  return matrix.values.every((value) => value === 0);
}

/** Whether two matrices hold the same distances. */
export function sameDistances(left: DistanceMatrix, right: DistanceMatrix): boolean {
  return left === right || (left.size === right.size && left.values.every((value, at) => value === right.values[at]));
}
