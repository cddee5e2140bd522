import { RED } from '../../engine/drift/index.ts';
import { type Estimate, mean, share, shareOf, sumOf, times } from './estimate.ts';
import { HIGHEST_ASKED, type MonitorOutcome, type UniformDesign, type UniformYear } from './monitorYear.ts';
import type { Claim, Table } from './report.ts';
import { SCENARIOS } from './scenarios.ts';
import type { SuiteKind } from './suites.ts';
import { MONITOR_SIZE, WATCHED_SHARES } from './task.ts';

/** The simulated monitors of one suite, baseline and scenario (null: a year without change). */
export interface MonitorCell {
  readonly kind: SuiteKind;
  readonly approved: number;
  readonly scenario: string | null;
  /** Without the weekly layer. */
  readonly daily: readonly MonitorOutcome[];
  /** With it: fewer, for it costs most. */
  readonly both: readonly MonitorOutcome[];
}

/** Years of uniform p-values. */
export interface UniformCell extends UniformDesign {
  readonly years: readonly UniformYear[];
}

/** What is reported of the daily monitor. */
export function monitorTables(cells: readonly MonitorCell[], uniform: readonly UniformCell[]): readonly Table[] {
  return [uniformTable(uniform), stillTable(cells), changeTable(cells)];
}

/** What the product claims of the daily monitor. */
export function monitorClaims(cells: readonly MonitorCell[], uniform: readonly UniformCell[]): readonly Claim[] {
  const looked = cells.filter(({ scenario }) => scenario === null).flatMap(({ both }) => both);
  const claims: readonly Omit<Claim, 'must'>[] = [
    {
      claim: 'at most 5 % of years without change have any false alarm',
      of: 'both layers, all canaries together',
      limit: 0.05,
      figure: shareOf(looked, ({ daily, weekly }) => daily !== null || weekly !== null),
    },
    {
      claim: 'of these, at most 2.5 % by the daily layer',
      of: `${MONITOR_SIZE.canaries} uniform p-values a day, whole answers and ${paths} paths, their chances added up`,
      limit: 0.025,
      figure: sumOf([alarms(uniform, WATCHED_SHARES.whole), times(alarms(uniform, WATCHED_SHARES.path), paths)]),
    },
    ...WEEKLY_TESTS.map(({ name, p }) => ({
      claim: 'and at most 2.5 % by the weekly layer: its tests keep their level, 5 % of looks at 0.05',
      of: `${name} test, all looks without change`,
      limit: 0.05,
      figure: shareOf(
        looked.flatMap(({ looks }) => looks),
        (look) => look[p] <= 0.05,
      ),
    })),
  ];
  return claims.map((claim) => ({ ...claim, must: 'stayUnder' }));
}

/** The paths that share what whole answers leave. */
const paths = Math.round((1 - WATCHED_SHARES.whole) / WATCHED_SHARES.path);

/** Years in which a view with this share raises the alarm. */
function alarms(uniform: readonly UniformCell[], ofShare: number): Estimate | null {
  const law = uniform.find((one) => one.share === ofShare);
  return law ? shareOf(law.years, ({ highest }) => highest >= RED) : null;
}

const WEEKLY_TESTS = [
  { name: 'distribution', p: 'distributionP' },
  { name: 'mode', p: 'modeP' },
] as const;

function uniformTable(cells: readonly UniformCell[]): Table {
  return {
    title: 'Years of the daily layer without change, by its law',
    note: 'While nothing changes the p-values of a view are independent and uniform whatever is watched, so its false alarms of a year follow from uniform numbers alone. The evidence of a view is its R times its share of the chance; the alarm is at 4,000; of one view with all of the chance Doob’s inequality promises 5 % at 7,300. The last column is what all views could do together if each had this share: alarms at 4,000 over the share.',
    columns: ['p-values a day', 'share', 'years', '≥ 2,000', '**≥ 4,000**', '≥ 7,300', 'amber days a year', 'all views, ≥ 4,000'],
    rows: cells.map(({ pValues, bursts, share: ofShare, years }) => {
      const above = (least: number): Estimate | null => shareOf(years, ({ highest }) => highest >= least);
      return [
        `${pValues}${bursts ? '' : ' (no bursts)'}`,
        ofShare === 1 ? '1' : `1/${Math.round(1 / ofShare)}`,
        `${years.length}`,
        ...[RED / 2, RED, HIGHEST_ASKED].map((least) => ({ share: above(least) })),
        bursts ? { number: mean(years.map(({ amber }) => amber)) } : '-',
        { share: times(above(RED), 1 / ofShare) },
      ];
    }),
  };
}

function stillTable(cells: readonly MonitorCell[]): Table {
  return {
    title: 'Years of both layers without change',
    note: `${MONITOR_SIZE.canaries} canaries, one call a day. The daily layer alone in all years; the weekly layer, which costs most to simulate, in some.`,
    columns: ['canaries', 'approved', 'years', 'daily alarm', 'amber days', 'years with weekly looks', 'weekly alarm', 'either'],
    rows: cells
      .filter(({ scenario }) => scenario === null)
      .map(({ kind, approved, daily, both }) => {
        const years = [...daily, ...both];
        return [
          kind,
          `${approved}`,
          `${years.length}`,
          { share: shareOf(years, (year) => year.daily !== null) },
          { number: mean(years.map(({ amber }) => amber)) },
          `${both.length}`,
          { share: shareOf(both, (year) => year.weekly !== null) },
          { share: shareOf(both, (year) => year.daily !== null || year.weekly !== null) },
        ];
      }),
  };
}

function changeTable(cells: readonly MonitorCell[]): Table {
  const { changeDay, daysToFind } = MONITOR_SIZE;
  return {
    title: `A change on day ${changeDay}`,
    note: `Delay of the daily alarm in days, the day of the change counted as 1 (median of those found), and the share found within 7 and ${daysToFind} days. Runs with an alarm before the change are left out. The weekly layer is simulated in fewer runs.`,
    columns: [
      'canaries',
      'approved',
      'change',
      'runs',
      'delay',
      'daily, 7 days',
      `daily, ${daysToFind} days`,
      'runs with weekly looks',
      `weekly, ${daysToFind} days`,
      `either, ${daysToFind} days`,
    ],
    rows: cells
      .filter(({ scenario }) => scenario !== null)
      .map(({ kind, approved, scenario, daily, both }) => {
        const inTime = (runs: readonly MonitorOutcome[]) => runs.filter((run) => run.daily === null || run.daily >= changeDay);
        const [runs, looked] = [inTime([...daily, ...both]), inTime(both)];
        return [
          kind,
          `${approved}`,
          SCENARIOS.find(({ id }) => id === scenario)?.title.replace('cases flip', 'canaries flip') ?? '',
          `${runs.length}`,
          delayWords(runs),
          { share: within(runs, 7) },
          { share: within(runs, daysToFind) },
          `${looked.length}`,
          { share: shareOf(looked, ({ weekly }) => weekly !== null) },
          { share: shareOf(looked, (run) => run.daily !== null || run.weekly !== null) },
        ];
      }),
  };
}

function delayWords(runs: readonly MonitorOutcome[]): string {
  const delays = runs.flatMap(({ daily }) => (daily === null ? [] : [daily - MONITOR_SIZE.changeDay + 1])).sort((a, b) => a - b);
  const middle = delays[Math.floor((delays.length - 1) / 2)];
  return middle === undefined ? '-' : `${middle} d`;
}

function within(runs: readonly MonitorOutcome[], days: number): Estimate | null {
  return share(runs.filter(({ daily }) => daily !== null && daily < MONITOR_SIZE.changeDay + days).length, runs.length);
}
