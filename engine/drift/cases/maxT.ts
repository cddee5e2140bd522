import { centredPairs } from './centredPairs.ts';
import { type DistanceMatrix, isZero, sameDistances } from './distanceMatrix.ts';
import { largestDrawnPairSums } from './drawnPairSums.ts';
import { energyEffect, energyStatistic, energyUnderSplits } from './energyStatistic.ts';
import { largestPairSums } from './enumerateSplits.ts';
import { type Splits, splitsOf } from './splits.ts';

/** Counting allows for rounding: a split counts as at least as extreme when it is not smaller by more than this. */
export const COUNT_TOLERANCE = 1e-10;
/** A view whose statistic deviates by no more than this under all splits says nothing. */
const NO_DEVIATION = 1e-12;

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
  const distinct = matrices.map((matrix, at) => matrices.findIndex((other, before) => before === at || sameDistances(other, matrix)));
  const needed = matrices.filter((matrix, at) => distinct[at] === at && !isZero(matrix));
  const tested = k > 1 && splits.fresh > 1 ? foldTogether(needed, splits, largest) : foldEach(needed, splits, largest);
  const found = new Map(needed.map((matrix, at) => [matrix, tested[at] as Standardised]));
  const observed = distinct.map((at) => found.get(matrices[at] as DistanceMatrix) ?? FLAT);
  if (observed.some(({ flat }) => flat)) atLeastZero(largest);
  const share = shareAtLeast(largest);
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

/**
 * Writes the standardised statistic of every split to `into`, the observed one last. False, and nothing of use in `into`, for a view in
 * which no split differs.
 */
export function standardisedUnderSplits(matrix: DistanceMatrix, splits: Splits, into: Float64Array): boolean {
  if (isZero(matrix)) return false;
  energyUnderSplits(matrix, splits, into);
  const { count } = splits;
  const t = into[count - 1] as number;
  let sum = 0;
  let squares = 0;
  for (let split = 0; split < count; split += 1) {
    const off = (into[split] as number) - t;
    sum += off;
    squares += off * off;
  }
  const deviation = Math.sqrt(Math.max(0, squares - (sum * sum) / count) / count);
  if (deviation <= NO_DEVIATION) return false;
  const scale = 1 / deviation;
  for (let split = 0; split < count; split += 1) into[split] = (into[split] as number) * scale;
  return true;
}

interface Standardised {
  readonly t: number;
  readonly z: number;
  /** No split differs from another. */
  readonly flat: boolean;
}

/** A view in which nothing differs. */
const FLAT: Standardised = { t: 0, z: 0, flat: true };

/**
 * Two groups of at least two: the standard deviations over all splits are known beforehand, so one walk over the splits finds the largest z of
 * each.
 */
function foldTogether(matrices: readonly DistanceMatrix[], splits: Splits, largest: Float64Array): readonly Standardised[] {
  const { size, fresh } = splits;
  const forms = matrices.map((matrix) => centredPairs(matrix, fresh));
  const telling = forms.filter(({ deviation }) => deviation > NO_DEVIATION);
  const scaled = telling.map(({ pairs, deviation }) => pairs.map((pair) => pair / deviation));
  if (splits.kind === 'random') largestDrawnPairSums(scaled, splits, largest);
  else if (scaled.length > 0) largestPairSums(interleaved(scaled), { size, fresh, views: scaled.length }, largest);
  return matrices.map((matrix, at) => {
    const t = energyStatistic(matrix, size - fresh) ?? 0;
    const { deviation } = forms[at] as { readonly deviation: number };
    return deviation > NO_DEVIATION ? { t, z: t / deviation, flat: false } : { t, z: 0, flat: true };
  });
}

/** `[v1c1, v2c1, …, v1c2, v2c2, …]`: the same cell of all views side by side. */
function interleaved(views: readonly Float64Array[]): Float64Array {
  const cells = new Float64Array(views.length * (views[0]?.length ?? 0));
  views.forEach((values, view) => {
    for (let cell = 0; cell < values.length; cell += 1) cells[cell * views.length + view] = values[cell] as number;
  });
  return cells;
}

/** A group of one: view by view, standardised by what the splits gave. */
function foldEach(matrices: readonly DistanceMatrix[], splits: Splits, largest: Float64Array): readonly Standardised[] {
  const statistics = new Float64Array(splits.count);
  return matrices.map((matrix) => {
    const t = energyStatistic(matrix, splits.size - splits.fresh) ?? 0;
    if (!standardisedUnderSplits(matrix, splits, statistics)) return { t, z: 0, flat: true };
    for (let split = 0; split < splits.count; split += 1) {
      const z = statistics[split] as number;
      if (z > (largest[split] as number)) largest[split] = z;
    }
    return { t, z: statistics[splits.count - 1] as number, flat: false };
  });
}

/** A view in which no split differs has z = 0 in every split. */
function atLeastZero(largest: Float64Array): void {
  for (let split = 0; split < largest.length; split += 1) if ((largest[split] as number) < 0) largest[split] = 0;
}

/** The share of splits whose largest z is at least a value; equal values are counted once. */
function shareAtLeast(largest: Float64Array): (z: number) => number {
  const known = new Map<number, number>();
  return (z) => {
    const least = z - COUNT_TOLERANCE;
    const before = known.get(least);
    if (before !== undefined) return before;
    let count = 0;
    for (let split = 0; split < largest.length; split += 1) count += Number((largest[split] as number) >= least);
    known.set(least, count / largest.length);
    return count / largest.length;
  };
}
