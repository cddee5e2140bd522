import type { DistanceMatrix } from './distanceMatrix.ts';
import type { Splits } from './splits.ts';

/**
 * The energy statistic of the first k samples against the rest: 2 × mean distance between the groups - mean distance within each (pairs
 * i < j; a group of one has no within term). It equals the unbiased MMD² with the kernel 1 - distance. Null when a side is empty.
 */
export function energyStatistic({ size, values }: DistanceMatrix, k: number): number | null {
  const m = size - k;
  if (k < 1 || m < 1) return null;
  let between = 0;
  let approved = 0;
  let fresh = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) {
      const distance = values[i * size + j] as number;
      if (j < k) approved += distance;
      else if (i < k) between += distance;
      else fresh += distance;
    }
  }
  return (2 * between) / (k * m) - (k > 1 ? (2 * approved) / (k * (k - 1)) : 0) - (m > 1 ? (2 * fresh) / (m * (m - 1)) : 0);
}

/** How large a change is, in [0, 1]: sqrt(max(T, 0) / 2). For a yes/no field it is the change in the rate. */
export function energyEffect(statistic: number): number {
  return Math.sqrt(Math.max(statistic, 0) / 2);
}

/**
 * The energy statistic under every split, written to `into[0 … count - 1]` in the order of the splits; the observed one is the last.
 *
 * With R the sum of the new samples' row sums, W their distances within and D the sum over all pairs, the sum between the groups is R - 2W
 * and the sum within the approved D - R + W: T is a constant plus a weight per member plus a weight per pair of members, so the
 * enumeration needs one addition per split.
 */
export function energyUnderSplits({ size, values }: DistanceMatrix, splits: Splits, into: Float64Array): void {
  const m = splits.fresh;
  const k = size - m;
  const between = 2 / (k * m);
  const within = k > 1 ? 2 / (k * (k - 1)) : 0;
  const fresh = m > 1 ? 2 / (m * (m - 1)) : 0;
  const perPair = -2 * between - within - fresh;
  const pairs = new Float64Array(size * size);
  const members = new Float64Array(size);
  let all = 0;
  for (let i = 0; i < size; i += 1) {
    let row = 0;
    for (let j = 0; j < size; j += 1) {
      const distance = values[i * size + j] as number;
      row += distance;
      pairs[i * size + j] = perPair * distance;
    }
    members[i] = (between + within) * row;
    all += row / 2;
  }
  const constant = -within * all;
  if (splits.kind === 'random') sumDrawn(pairs, members, constant, splits, into);
  else enumerate(pairs, members, constant, { size, fresh: m }, into);
}

function sumDrawn(
  pairs: Float64Array,
  weights: Float64Array,
  constant: number,
  splits: Splits & { kind: 'random' },
  into: Float64Array,
): void {
  const { size, fresh, count, members } = splits;
  for (let split = 0; split < count; split += 1) {
    let sum = constant;
    for (let a = 0; a < fresh; a += 1) {
      const i = members[split * fresh + a] as number;
      sum += weights[i] as number;
      for (let b = 0; b < a; b += 1) sum += pairs[i * size + (members[split * fresh + b] as number)] as number;
    }
    into[split] = sum;
  }
}

/**
 * Depth-first over the members in rising order. Each level holds what choosing a further sample would add, so the last two levels only
 * add and no split costs more than two additions.
 */
function enumerate(
  pairs: Float64Array,
  weights: Float64Array,
  constant: number,
  { size, fresh }: { readonly size: number; readonly fresh: number },
  into: Float64Array,
): void {
  if (fresh === 1) {
    for (let i = 0; i < size; i += 1) into[i] = constant + (weights[i] as number);
    return;
  }
  const gains = Array.from({ length: fresh }, () => new Float64Array(size));
  gains[0]?.set(weights);
  let next = 0;
  const visit = (level: number, from: number, sum: number): void => {
    const gain = gains[level] as Float64Array;
    if (level === fresh - 2) {
      let write = next;
      for (let i = from; i < size - 1; i += 1) {
        const withThis = sum + (gain[i] as number);
        const row = i * size;
        for (let j = i + 1; j < size; j += 1) {
          into[write] = withThis + (gain[j] as number) + (pairs[row + j] as number);
          write += 1;
        }
      }
      next = write;
      return;
    }
    const deeper = gains[level + 1] as Float64Array;
    const last = size - (fresh - level);
    for (let i = from; i <= last; i += 1) {
      const row = i * size;
      for (let j = i + 1; j < size; j += 1) deeper[j] = (gain[j] as number) + (pairs[row + j] as number);
      visit(level + 1, i + 1, sum + (gain[i] as number));
    }
  };
  visit(0, 0, constant);
}
