import type { DistanceMatrix } from '../cases/distanceMatrix.ts';
import { WHOLE } from '../cases/namedViews.ts';
import { seededRandom } from '../cases/random.ts';
import { conformalPValue } from './conformalPValue.ts';
import { addOccasion, strongest } from './evidence.ts';
import { type CanaryPValues, type MonitorEntry, type MonitorState, startMonitor } from './monitorState.ts';
import { mixture } from './shiryaevRoberts.ts';
import { shareOfView } from './watchedViews.ts';

/** From this evidence on: changed. With no change at all that happens in at most 1 of 40 years. */
export const RED = 4000;
/** From this evidence on: take more samples at once. */
export const AMBER = 30;
/** Extra samples of every canary on an amber day. */
export const BURST_SAMPLES = 4;

/** What the monitor shows. */
export type MonitorColour = 'green' | 'amber' | 'red';

/** All samples of one canary that a view has seen, the baseline first, then in the order they came; the last `added` are new. */
export interface CanaryBag {
  readonly canary: string;
  readonly view: string;
  readonly matrix: DistanceMatrix;
  readonly added: number;
}

/** The colour of a state; red stays until a person has decided. */
export function monitorColour(state: MonitorState): MonitorColour {
  if (state.redSince !== null) return 'red';
  return strongest(state).r >= AMBER ? 'amber' : 'green';
}

/**
 * The views that a next occasion is for: all of them on a day, those that are amber in a burst. A view sees only samples that it asked for
 * itself, so that its p-values stay independent and uniform whatever the other views say.
 */
export function viewsOn(kind: MonitorEntry['kind'], { views, evidence }: Pick<MonitorState, 'views' | 'evidence'>): readonly string[] {
  return kind === 'day' ? views : views.filter((view, at) => mixture(evidence[at] ?? []) * shareOfView(view, views) >= AMBER);
}

/**
 * Adds a day's samples, or on an amber day the burst. A red monitor is frozen: it comes back unchanged. The random part of each p-value
 * comes from the seed, the day the baseline was set, the canary, the view and the sample's place in its bag, so that it can be computed again.
 */
export function advanceMonitor(state: MonitorState, kind: MonitorEntry['kind'], date: string, bags: readonly CanaryBag[]): MonitorState {
  if (state.redSince !== null) return state;
  const taking = viewsOn(kind, state);
  const canaries = bags.filter(({ view }) => taking.includes(view)).map((bag) => pValuesOf(state, bag));
  const evidence = addOccasion(state, kind, canaries);
  const { r } = strongest({ ...state, evidence });
  return { ...state, evidence, history: [...state.history, { kind, date, canaries, r }], redSince: r >= RED ? date : null };
}

/**
 * After the review that follows an alarm. Accepted: a new baseline from that day, evidence 0; the year's weekly looks stay spent. Rejected:
 * the old baseline holds and the monitor stays red.
 */
export function settleAlarm(state: MonitorState, decision: 'accepted' | 'rejected', since: string): MonitorState {
  const { seed, views, weekly } = state;
  return decision === 'accepted' ? startMonitor({ seed, since, views, weekly }) : state;
}

function pValuesOf({ seed, since }: MonitorState, { canary, view, matrix, added }: CanaryBag): CanaryPValues {
  const p: number[] = [];
  for (let count = matrix.size - added + 1; count <= matrix.size; count += 1) {
    const of = [seed, since, canary, count, ...(view === WHOLE ? [] : [view])];
    p.push(conformalPValue(matrix, seededRandom(JSON.stringify(of)).unit(), count).p);
  }
  return { canary, view, p };
}
