import { monitorClaims, monitorTables } from './monitorTables.ts';
import type { UniformDesign } from './monitorYear.ts';
import { type Job, runJobs } from './pool.ts';
import type { Claim, Table } from './report.ts';
import { reviewClaims, reviewTables } from './reviewTables.ts';
import { NO_DRIFT, SCENARIOS } from './scenarios.ts';
import { SUITE_KINDS, type SuiteKind } from './suites.ts';
import { MONITOR_SIZE, WATCHED_SHARES } from './task.ts';

/** How much is simulated. */
export interface SimulationOptions {
  /** Reviews a suite and scenario. */
  readonly reviews: number;
  /** Years without change a suite and size of the baseline; all other sizes of the monitor's part hang on it. */
  readonly years: number;
  readonly seed: string;
  readonly only?: 'reviews' | 'monitor' | undefined;
}

/** What came of it. */
export interface SimulationReport {
  readonly claims: readonly Claim[];
  readonly tables: readonly Table[];
}

/** Reviews without drift are so many times as many: what they are to show is rare. */
const NO_DRIFT_TIMES = 4;
/** Approved samples a canary. */
const MONITOR_BASELINES: readonly number[] = [30, 10];
/** Changes that the monitor is tried on. */
const MONITOR_CHANGES: readonly string[] = ['accuracy', 'flips', 'preamble', 'unparsable', 'rewording'];
/** One in so many years has weekly looks; half as many runs have a change. */
const WEEKLY_EVERY = 10;
/** Years of uniform p-values to one of the others; five times as many of views that have a part of the chance only. */
const UNIFORM_TIMES = 100;
const UNIFORM_DAYS: readonly UniformDesign[] = [
  { pValues: 1, bursts: false, share: 1 },
  ...[5, 10, MONITOR_SIZE.canaries, 50].map((pValues) => ({ pValues, bursts: true, share: 1 })),
  ...[WATCHED_SHARES.whole, WATCHED_SHARES.path, WATCHED_SHARES.leastPath].map((share) => ({
    pValues: MONITOR_SIZE.canaries,
    bursts: true,
    share,
  })),
];

/** Simulates what is asked for; `say` hears how far it is. */
export async function simulateAll(options: SimulationOptions, say: (text: string) => void): Promise<SimulationReport> {
  const parts: SimulationReport[] = [];
  if (options.only !== 'monitor') parts.push(await simulateReviews(options, say));
  if (options.only !== 'reviews') parts.push(await simulateMonitors(options, say));
  return { claims: parts.flatMap(({ claims }) => claims), tables: parts.flatMap(({ tables }) => tables) };
}

async function simulateReviews({ reviews, seed }: SimulationOptions, say: (text: string) => void): Promise<SimulationReport> {
  const jobs = SUITE_KINDS.flatMap((kind) =>
    SCENARIOS.map(
      ({ id }): Job<'review'> => ({
        part: 'review',
        kind,
        scenario: id,
        seed,
        from: 0,
        to: reviews * (id === NO_DRIFT.id ? NO_DRIFT_TIMES : 1),
      }),
    ),
  );
  const outcomes = await runJobs(jobs, steps('reviews', say));
  const cells = jobs.map(({ kind, scenario }, at) => ({ kind, scenario, outcomes: outcomes[at]! }));
  return { claims: reviewClaims(cells), tables: reviewTables(cells) };
}

async function simulateMonitors({ years, seed }: SimulationOptions, say: (text: string) => void): Promise<SimulationReport> {
  const settings = SUITE_KINDS.flatMap((kind) =>
    MONITOR_BASELINES.flatMap((approved) => [null, ...MONITOR_CHANGES].map((scenario) => ({ kind, approved, scenario }))),
  );
  const jobs = settings.flatMap(({ kind, approved, scenario }) => monitorJobs({ kind, approved, scenario }, years, seed));
  const uniformJobs = UNIFORM_DAYS.map((design): Job<'uniform'> => {
    const times = UNIFORM_TIMES * (design.share < 1 ? 5 : 1);
    return { part: 'uniform', ...design, seed, from: 0, to: years * times };
  });
  const outcomes = await runJobs(jobs, steps('monitors', say));
  const uniform = await runJobs(uniformJobs, steps('uniform years', say));
  const cells = settings.map((setting, at) => ({ ...setting, both: outcomes[2 * at]!, daily: outcomes[2 * at + 1]! }));
  const uniformCells = UNIFORM_DAYS.map((days, at) => ({ ...days, years: uniform[at]! }));
  return { claims: monitorClaims(cells, uniformCells), tables: monitorTables(cells, uniformCells) };
}

interface Setting {
  readonly kind: SuiteKind;
  readonly approved: number;
  readonly scenario: string | null;
}

/** The runs with weekly looks, then those without. */
function monitorJobs(setting: Setting, years: number, seed: string): readonly Job<'monitor'>[] {
  const runs = setting.scenario === null ? years : Math.ceil(years / 2);
  const looked = Math.ceil(years / WEEKLY_EVERY);
  const job = { part: 'monitor', ...setting, seed } as const;
  return [
    { ...job, weekly: true, from: 0, to: looked },
    { ...job, weekly: false, from: looked, to: Math.max(looked, runs) },
  ];
}

/** Says every tenth of the way. */
function steps(what: string, say: (text: string) => void): (done: number) => void {
  let said = 0;
  return (done) => {
    const tenth = Math.floor(done * 10 + 1e-9);
    if (tenth === said) return;
    said = tenth;
    say(`${what}: ${tenth * 10} %`);
  };
}
