import type { CaseMatrices } from '../cases/caseMatrices.ts';
import type { DistanceMatrix } from '../cases/distanceMatrix.ts';
import { namedViews, WHOLE } from '../cases/namedViews.ts';

/** A monitor watches at most so many views, those of most canaries first: every further one makes the others slower. */
const MOST_VIEWS = 24;

/**
 * The distances of a canary's answers in every view that can be watched. An output of one value is watched as a whole, not a second time as that
 * value.
 */
export function watchable(matrices: CaseMatrices): ReadonlyMap<string, DistanceMatrix> {
  const views = namedViews(matrices);
  return new Map(views.map(({ name, matrix }, at) => [at === 0 ? WHOLE : name, matrix]));
}

/**
 * What a monitor watches: whole outputs, and the paths of the approved answers. It is chosen once, before the first new answer; a path that
 * comes up later is seen in whole outputs only.
 */
export function chooseViews(canaries: readonly CaseMatrices[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const matrices of canaries) for (const name of watchable(matrices).keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  counts.delete(WHOLE);
  const order = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return [WHOLE, ...order.slice(0, MOST_VIEWS - 1).map(([name]) => name)];
}

/**
 * A view's part of the chance of a false alarm: half for whole outputs, the other half for all paths alike. A view raises the alarm when its
 * own R times its share is at the limit, so by the union bound all of them together raise a false one no more often than one view alone would.
 */
export function shareOfView(view: string, views: readonly string[]): number {
  if (views.length === 1) return 1;
  return view === WHOLE ? 0.5 : 0.5 / (views.length - 1);
}
