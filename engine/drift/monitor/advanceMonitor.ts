import type { DistanceMatrix } from '../cases/distanceMatrix.ts';
import { seededRandom } from '../cases/random.ts';
import { conformalPValue } from './conformalPValue.ts';
import { type CanaryPValues, type MonitorEntry, type MonitorState, startMonitor } from './monitorState.ts';
import { addDay, addToDay, mixture, noEvidence } from './shiryaevRoberts.ts';

/** From this evidence on: changed. With no change at all that happens in at most 1 of 50 years. */
export const RED = 4000;
/** From this evidence on: take more samples at once. */
export const AMBER = 30;
/** Extra samples of every canary on an amber day. */
export const BURST_SAMPLES = 4;

/** What the monitor shows. */
export type MonitorColour = 'green' | 'amber' | 'red';

/** All samples of one canary, the baseline first, then in the order they came; the last `added` are new. */
export interface CanaryBag {
  readonly canary: string;
  readonly matrix: DistanceMatrix;
  readonly added: number;
}

/** The colour of a state; red stays until a person has decided. */
export function monitorColour(state: MonitorState): MonitorColour {
  if (state.redSince !== null) return 'red';
  return mixture(state.evidence) >= AMBER ? 'amber' : 'green';
}

/**
 * Adds a day's samples, or on an amber day the burst. A red monitor is frozen: it comes back unchanged. The random part of each p-value
 * comes from the seed, the day the baseline was set, the canary and the sample's place in its bag, so that it can be computed again.
 */
export function advanceMonitor(state: MonitorState, kind: MonitorEntry['kind'], date: string, bags: readonly CanaryBag[]): MonitorState {
  if (state.redSince !== null) return state;
  const canaries = bags.map((bag) => pValuesOf(state, bag));
  const evidence = step(state.evidence, kind, canaries);
  const r = mixture(evidence);
  return { ...state, evidence, history: [...state.history, { kind, date, canaries, r }], redSince: r >= RED ? date : null };
}

/**
 * After the review that follows an alarm. Accepted: a new baseline from that day, evidence 0; the year's weekly looks stay spent. Rejected:
 * the old baseline holds and the monitor stays red.
 */
export function settleAlarm(state: MonitorState, decision: 'accepted' | 'rejected', date: string): MonitorState {
  return decision === 'accepted' ? startMonitor(state.seed, date, state.weekly) : state;
}

/** The evidence computed again from the history alone; differs from the stored one only if the file was changed. */
export function recomputeEvidence(history: readonly MonitorEntry[]): readonly number[] {
  return evidenceSteps(history).at(-1) ?? noEvidence();
}

/** The evidence after each entry of a history. */
export function evidenceSteps(history: readonly MonitorEntry[]): readonly (readonly number[])[] {
  let evidence = noEvidence();
  return history.map(({ kind, canaries }) => {
    evidence = step(evidence, kind, canaries);
    return evidence;
  });
}

function step(evidence: readonly number[], kind: MonitorEntry['kind'], canaries: readonly CanaryPValues[]): readonly number[] {
  const pValues = canaries.flatMap(({ p }) => p);
  return kind === 'day' ? addDay(evidence, pValues) : addToDay(evidence, pValues);
}

function pValuesOf({ seed, since }: MonitorState, { canary, matrix, added }: CanaryBag): CanaryPValues {
  const p: number[] = [];
  for (let count = matrix.size - added + 1; count <= matrix.size; count += 1) {
    const u = seededRandom(JSON.stringify([seed, since, canary, count])).unit();
    p.push(conformalPValue(matrix, u, count).p);
  }
  return { canary, p };
}
