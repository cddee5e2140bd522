import type { DistanceMatrix } from '../cases/distanceMatrix.ts';

/** Scores within this of each other are ties. */
const TIE = 1e-10;

/** How strange one item is among others. */
export interface ConformalPValue {
  readonly p: number;
  /** Items with a larger score. */
  readonly greater: number;
  /** Items with the same score, the item itself included. */
  readonly ties: number;
  /** The sum of its distances to the others. */
  readonly score: number;
}

/**
 * The smoothed conformal p-value of item `count - 1` among the first `count` items (default: all): score = sum of distances to the bag,
 * p = (greater + u × ties) / count, u uniform in [0, 1). While nothing changes these are independent and uniform, whatever the model and
 * however small the baseline.
 */
export function conformalPValue({ size, values }: DistanceMatrix, u: number, count: number = size): ConformalPValue {
  if (count < 1 || count > size) throw new RangeError(`an item among ${count} of ${size}`);
  const scoreOf = (item: number): number => {
    let sum = 0;
    for (let other = 0; other < count; other += 1) sum += values[item * size + other] as number;
    return sum;
  };
  const score = scoreOf(count - 1);
  let greater = 0;
  let ties = 1;
  for (let item = 0; item < count - 1; item += 1) {
    const difference = scoreOf(item) - score;
    if (difference > TIE) greater += 1;
    else if (difference >= -TIE) ties += 1;
  }
  return { p: (greater + u * ties) / count, greater, ties, score };
}
