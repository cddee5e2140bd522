import { type DistanceMatrix, isZero } from './distanceMatrix.ts';
import { energyEffect, energyUnderSplits } from './energyStatistic.ts';
import { type Splits, splitsOf } from './splits.ts';

/** Counting allows for rounding: a split counts as at least as extreme when it is not smaller by more than this. */
export const COUNT_TOLERANCE = 1e-10;

/** What the test says of one view. */
export interface ViewTest {
  /** The energy statistic. */
  readonly t: number;
  /** t over its standard deviation under all splits; 0 when that is 0. */
  readonly z: number;
  /** Single-step max-T p-value: family-wise over the views of the case. */
  readonly pAdjusted: number;
  /** Size of the change in [0, 1]: sqrt(max(t, 0) / 2). */
  readonly effect: number;
}

/** The permutation test over all views of a case. */
export interface MaxTResult {
  /** Share of the splits whose largest z is at least the observed one. */
  readonly p: number;
  /** One per view, in the order given. */
  readonly views: readonly ViewTest[];
  /** Splits tried, the observed one included; 0 when a side is empty. */
  readonly splits: number;
  /** All splits were tried; otherwise p is (1 + b) / (1 + B) of drawn ones. */
  readonly exact: boolean;
}

/**
 * Tests whether the first k samples and the others come from one distribution, over several views at once. Exact at any size when samples
 * are exchangeable. The seed matters only when the splits are too many to try all. A side without samples: p = 1 and nothing per view.
 */
export function maxT(matrices: readonly DistanceMatrix[], k: number, seed: string | number): MaxTResult {
  const size = matrices[0]?.size ?? 0;
  if (matrices.some((matrix) => matrix.size !== size)) throw new RangeError('the views of a case must have the same samples');
  if (k < 1 || size - k < 1) return { p: 1, views: [], splits: 0, exact: true };
  const splits = splitsOf(k, size - k, seed);
  const largest = new Float64Array(splits.count).fill(Number.NEGATIVE_INFINITY);
  const statistics = new Float64Array(splits.count);
  const observed = matrices.map((matrix) => addView(matrix, splits, statistics, largest));
  const share = atLeast(largest);
  return {
    p: share(largest[splits.count - 1] as number),
    views: observed.map(({ t, z }) => ({ t, z, pAdjusted: share(z), effect: energyEffect(t) })),
    splits: splits.count,
    exact: splits.kind === 'exact',
  };
}

/** The test of one view alone: the share of splits with at least the observed energy statistic. */
export function energyPermutation(
  matrix: DistanceMatrix,
  k: number,
  seed: string | number,
): { readonly t: number | null; readonly p: number; readonly effect: number | null; readonly splits: number; readonly atLeast: number } {
  if (k < 1 || matrix.size - k < 1) return { t: null, p: 1, effect: null, splits: 0, atLeast: 0 };
  const splits = splitsOf(k, matrix.size - k, seed);
  const statistics = new Float64Array(splits.count);
  energyUnderSplits(matrix, splits, statistics);
  const t = statistics[splits.count - 1] as number;
  const count = statistics.reduce((sum, value) => (value >= t - COUNT_TOLERANCE ? sum + 1 : sum), 0);
  return { t, p: count / splits.count, effect: energyEffect(t), splits: splits.count, atLeast: count };
}

/** Standardises one view and folds it into the largest z of every split. Returns the observed values. */
function addView(
  matrix: DistanceMatrix,
  splits: Splits,
  statistics: Float64Array,
  largest: Float64Array,
): { readonly t: number; readonly z: number } {
  const { count } = splits;
  if (isZero(matrix)) return floor(largest, 0);
  energyUnderSplits(matrix, splits, statistics);
  const t = statistics[count - 1] as number;
  let sum = 0;
  let squares = 0;
  for (let split = 0; split < count; split += 1) {
    const off = (statistics[split] as number) - t;
    sum += off;
    squares += off * off;
  }
  const deviation = Math.sqrt(Math.max(0, squares - (sum * sum) / count) / count);
  if (deviation <= 1e-12) return floor(largest, t);
  const scale = 1 / deviation;
  for (let split = 0; split < count; split += 1) {
    const z = (statistics[split] as number) * scale;
    if (z > (largest[split] as number)) largest[split] = z;
  }
  return { t, z: t * scale };
}

/** A view in which no split differs has z = 0 in every split. */
function floor(largest: Float64Array, t: number): { readonly t: number; readonly z: number } {
  for (let split = 0; split < largest.length; split += 1) if ((largest[split] as number) < 0) largest[split] = 0;
  return { t, z: 0 };
}

/** The share of splits whose largest z is at least a value. */
function atLeast(largest: Float64Array): (z: number) => number {
  return (z) => {
    const least = z - COUNT_TOLERANCE;
    let count = 0;
    for (let split = 0; split < largest.length; split += 1) if ((largest[split] as number) >= least) count += 1;
    return count / largest.length;
  };
}
