import type { CaptureRequest, CompareEvent, ComparePlan, DriftRow, DriftState } from '../../protocol/index.ts';
import { count, planQuestions, sentence } from '../evals/runWords.ts';

/** What a person is asked to start. `quick` and `more` are small and ask only above the limits of the settings. */
export type Job = 'review' | 'quick' | 'more' | CaptureRequest['mode'];

/**
 * What a plan costs, in a line: `150 calls, up to 105 more for suspects, about $0.31`; where that is above a limit, also what it costs at
 * most. The sandbox costs nothing, and nothing is said of it.
 */
export function costLine({ calls, atMostMore, fromCache, estimatedCost, worstCost, askFirst, models }: CostedPlan): string {
  const sandbox = models.every((model) => model.startsWith('sandbox/'));
  const money = estimatedCost === undefined ? 'no price is known' : `about ${dollars(estimatedCost)}`;
  return [
    count(calls, 'call'),
    atMostMore ? `up to ${atMostMore.toLocaleString('en')} more for suspects` : '',
    fromCache ? `${fromCache.toLocaleString('en')} answers from the cache` : '',
    sandbox || calls + atMostMore === 0 ? '' : money,
    !sandbox && askFirst.length && worstCost !== undefined ? `at most ${dollars(worstCost)}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

type CostedPlan = Pick<ComparePlan, 'calls' | 'atMostMore' | 'fromCache' | 'estimatedCost' | 'worstCost' | 'askFirst' | 'models'>;

/** Sentences to show before a job starts; empty when it may start at once. A review's and a capture's cost is always shown. */
export function jobQuestions(job: Job, plan: ComparePlan, limits: { readonly calls: number; readonly cost: number }): string[] {
  if (plan.calls + plan.atMostMore === 0) return plan.askFirst.map(sentence);
  if (job === 'quick' || job === 'more') return planQuestions({ ...plan, calls: plan.calls + plan.atMostMore }, limits);
  return [`${JOBS[job]} ${sidesOf(plan)}`.trim(), `${costLine(plan)}.`, ...plan.notes.map(sentence)];
}

const JOBS: Readonly<Record<Exclude<Job, 'quick' | 'more'>, string>> = {
  review: 'Drift review.',
  capture: 'Capture a baseline: its answers count as approved, and take the place of those that are there.',
  topUp: 'Top up the baseline: cases that hold fewer samples than wanted get more. Nothing approved is replaced.',
  check: 'Check the baseline: fresh samples are held against it, to see whether it calls a change where there is none. Nothing is changed.',
};

function sidesOf({ baseline, candidate }: ComparePlan): string {
  return baseline && candidate ? `${baseline} ↔ ${candidate}.` : '';
}

/** How far a job is, as the panel and the status bar show it. */
export function progressOf({
  phase,
  done,
  planned,
}: Extract<CompareEvent, { type: 'compareProgress' }>): NonNullable<DriftState['progress']> {
  return { phase: PHASES[phase], done, planned };
}

const PHASES: Readonly<Record<Extract<CompareEvent, { type: 'compareProgress' }>['phase'], string>> = {
  baseline: 'baseline',
  firstLook: 'first look',
  secondLook: 'second look',
  thirdLook: 'third look',
  computing: 'computing',
};

/** `first look: 48 of 150`; the phase alone where there is nothing to count. */
export function progressText({ phase, done, planned }: NonNullable<DriftState['progress']>): string {
  return planned ? `${phase}: ${done.toLocaleString('en')} of ${planned.toLocaleString('en')}` : phase;
}

/** Whether this comparison holds an action of a person that can be taken back. */
export function canUndo(rows: readonly DriftRow[]): boolean {
  return rows.some(({ review }) => review.state !== 'pending' && review.carried !== true);
}

export const LOST_NOTICE =
  "The engine's process ended in the middle; answers that came are kept with their run, and nothing was compared. Run it again.";
export const NOTHING_YET =
  'There is no comparison of this prompt yet. “Compare with Baseline (Quick)” takes one new sample a case and makes no claim; “Run Drift Review” gives a verdict.';
export const REPORT_ONLY = 'These outputs belong to no prompt of this folder, so nothing can be run for them.';

/** Dollars; small sums with the digits that matter. */
function dollars(usd: number): string {
  return `$${usd > 0 && usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;
}
