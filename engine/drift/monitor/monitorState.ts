import { noEvidence } from './shiryaevRoberts.ts';

/** Version of the state's shape. */
export const MONITOR_FORMAT = 1;

/** The p-values of one canary on one occasion, in the order the samples came. */
export interface CanaryPValues {
  readonly canary: string;
  readonly p: readonly number[];
}

/** One entry of the history: a day's samples, or the extra ones taken when the evidence turned amber. Never changed once written. */
export interface MonitorEntry {
  readonly kind: 'day' | 'burst';
  /** The calendar day, `2026-11-22`. */
  readonly date: string;
  readonly canaries: readonly CanaryPValues[];
  /** The evidence after this entry. */
  readonly r: number;
}

/** One weekly look and what it said. */
export interface WeeklyEntry {
  readonly date: string;
  readonly distributionP: number;
  readonly modeP: number;
  readonly alarm: boolean;
}

/**
 * Everything the monitor knows since its baseline was set, as plain JSON. The evidence can be computed again from the seed and the history
 * (`recomputeEvidence`); samples and baselines are kept elsewhere.
 */
export interface MonitorState {
  readonly formatVersion: typeof MONITOR_FORMAT;
  readonly seed: string;
  /** The day the present baseline was set. */
  readonly since: string;
  /** R of every bet, in the order of `BETS`. */
  readonly evidence: readonly number[];
  readonly history: readonly MonitorEntry[];
  readonly weekly: readonly WeeklyEntry[];
  /** The day of the alarm; null while there is none. */
  readonly redSince: string | null;
}

/** A fresh monitor: after a baseline is captured, or accepted after an alarm (then with the weekly looks already paid for). */
export function startMonitor(seed: string, since: string, weekly: readonly WeeklyEntry[] = []): MonitorState {
  return { formatVersion: MONITOR_FORMAT, seed, since, evidence: noEvidence(), history: [], weekly, redSince: null };
}
