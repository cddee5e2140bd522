import { WHOLE } from '../cases/namedViews.ts';
import { noEvidence } from './shiryaevRoberts.ts';

/** Version of the state's shape. Until 1 a monitor watched whole outputs only. */
export const MONITOR_FORMAT = 2;

/** The p-values of one canary in one view on one occasion, in the order the samples came. */
export interface CanaryPValues {
  readonly canary: string;
  readonly view: string;
  readonly p: readonly number[];
}

/**
 * One entry of the history: a day's samples, or the extra ones taken when the evidence turned amber. Never changed once written. The extra
 * samples count only in the views that were amber; the others never see them.
 */
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
  /** What is watched, whole outputs first; fixed when the monitor begins. */
  readonly views: readonly string[];
  /** By view, in their order: R of every bet, in the order of `BETS`. */
  readonly evidence: readonly (readonly number[])[];
  readonly history: readonly MonitorEntry[];
  readonly weekly: readonly WeeklyEntry[];
  /** The day of the alarm; null while there is none. */
  readonly redSince: string | null;
}

/** How a monitor begins. */
export interface MonitorStart {
  readonly seed: string;
  /** The day its baseline was set. */
  readonly since: string;
  /** Whole outputs alone when left out. */
  readonly views?: readonly string[];
  /** The weekly looks that are paid for already. */
  readonly weekly?: readonly WeeklyEntry[];
}

/** A fresh monitor: after a baseline is captured, or accepted after an alarm. */
export function startMonitor({ seed, since, views = [WHOLE], weekly = [] }: MonitorStart): MonitorState {
  return {
    formatVersion: MONITOR_FORMAT,
    seed,
    since,
    views,
    evidence: views.map(() => noEvidence()),
    history: [],
    weekly,
    redSince: null,
  };
}
