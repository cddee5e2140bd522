import { seededRandom, shareOfView, WHOLE } from '../../engine/drift/index.ts';
import { type MonitorOutcome, simulateMonitor, type UniformDesign, type UniformYear, uniformYear } from './monitorYear.ts';
import { type ReviewOutcome, simulateReview } from './review.ts';
import { SCENARIOS } from './scenarios.ts';
import type { SuiteKind } from './suites.ts';

/** A number of repetitions of one simulation, as plain data that goes to a worker. */
export type Task = Repetitions &
  (
    | { readonly part: 'review'; readonly kind: SuiteKind; readonly scenario: string }
    | {
        readonly part: 'monitor';
        readonly kind: SuiteKind;
        readonly approved: number;
        readonly scenario: string | null;
        readonly weekly: boolean;
      }
    | ({ readonly part: 'uniform' } & UniformDesign)
  );

interface Repetitions {
  readonly seed: string;
  /** The repetitions from `from` up to, but not with, `to`; each has a seed of its own. */
  readonly from: number;
  readonly to: number;
}

/** What the repetitions of a part give. */
export interface Outcomes {
  readonly review: ReviewOutcome;
  readonly monitor: MonitorOutcome;
  readonly uniform: UniformYear;
}

/** Of a review: the suite's size and the approved samples a case. */
export const REVIEW_SIZE = { cases: 50, approved: 10 };
/** Of a monitor: its canaries, the day of a change, and how long it may take to be found. */
export const MONITOR_SIZE = { canaries: 20, changeDay: 60, daysToFind: 30 };

/** The views of an answer as it is simulated, and of the most paths that a monitor watches. */
const [VIEWS, MOST_VIEWS] = [6, 24].map((count) => Array.from({ length: count }, (_, at) => (at === 0 ? WHOLE : `view ${at}`)));
/** How the chance of a false alarm is shared: the whole answer, one of its paths, one of the most paths. */
export const WATCHED_SHARES = {
  whole: shareOfView(WHOLE, VIEWS!),
  path: shareOfView('view 1', VIEWS!),
  leastPath: shareOfView('view 1', MOST_VIEWS!),
};

/** Does all repetitions of a task. The same task gives the same outcomes, however the work is divided. */
export function runTask(task: Task): readonly Outcomes[Task['part']][] {
  return Array.from({ length: task.to - task.from }, (_, at) => runOne(task, at + task.from));
}

function runOne(task: Task, at: number): Outcomes[Task['part']] {
  const { part, seed } = task;
  if (part === 'uniform') return uniformYear(task, seededRandom(`${seed} uniform ${task.pValues} ${task.share} ${at}`));
  const { kind } = task;
  if (part === 'review')
    return simulateReview({ kind, scenario: scenarioOf(task.scenario), ...REVIEW_SIZE }, `${seed} review ${kind} ${task.scenario} ${at}`);
  const { approved, scenario, weekly } = task;
  const { canaries, changeDay, daysToFind } = MONITOR_SIZE;
  const change = scenario === null ? null : { scenario: scenarioOf(scenario), day: changeDay };
  const days = change ? changeDay + daysToFind - 1 : 365;
  return simulateMonitor({ kind, canaries, approved, days, change, weekly }, `${seed} monitor ${kind} ${approved} ${scenario} ${at}`);
}

function scenarioOf(id: string): (typeof SCENARIOS)[number] {
  const scenario = SCENARIOS.find((one) => one.id === id);
  if (!scenario) throw new RangeError(`no scenario “${id}”`);
  return scenario;
}
