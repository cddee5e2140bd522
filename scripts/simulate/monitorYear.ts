import {
  AMBER,
  addDay,
  addOccasion,
  addToDay,
  BURST_SAMPLES,
  type CanaryPValues,
  chooseViews,
  distributionTest,
  mixture,
  modeTests,
  noEvidence,
  RED,
  type SeededRandom,
  seededRandom,
  startMonitor,
  strongest,
  viewsOn,
  WEEKLY_SPLITS,
  WEEKLY_TEST_ALPHA,
} from '../../engine/drift/index.ts';
import { type Canary, createCanary, matricesOf } from './canary.ts';
import { drawAnswers } from './caseModel.ts';
import type { Scenario } from './scenarios.ts';
import { drawSuite, type SuiteKind } from './suites.ts';

/** What is watched, and for how long. */
export interface MonitorDesign {
  readonly kind: SuiteKind;
  readonly canaries: number;
  /** Approved samples a canary. */
  readonly approved: number;
  readonly days: number;
  /** What changes on which day, counted from 1; null: nothing. */
  readonly change: { readonly scenario: Scenario; readonly day: number } | null;
  /** Whether the weekly looks are taken; after a change only those that can see it, for they cost most. */
  readonly weekly: boolean;
}

/** One simulated year, or a part of one. Each layer runs on as if the other had not raised an alarm, so that each can be judged. */
export interface MonitorOutcome {
  /** The first day of each layer's first alarm; null: none. */
  readonly daily: number | null;
  readonly weekly: number | null;
  /** Days on which more samples were taken. */
  readonly amber: number;
  /** The weekly looks up to the first alarm. */
  readonly looks: readonly WeeklyLook[];
}

/** The p-values of one weekly look. */
export interface WeeklyLook {
  readonly distributionP: number;
  readonly modeP: number;
}

/** Days between weekly looks, and the days whose samples a look pools. */
const WEEK = 7;

/** A monitor from its baseline on, one call a canary and day, a burst on amber days. */
export function simulateMonitor(design: MonitorDesign, seed: string): MonitorOutcome {
  const random = seededRandom(seed);
  const { change } = design;
  const before = drawSuite(design.kind, design.canaries, random);
  const after = change ? change.scenario.change(before, random) : before;
  const baselines = before.map((model) => drawAnswers(model, design.approved, random).map(({ text }) => text));
  const views = chooseViews(baselines.map(matricesOf));
  const canaries = before.map((model, at) => createCanary(model, baselines[at]!, views, random));
  const startOfDay: number[][] = [];
  let { evidence } = startMonitor({ seed, since: '', views });
  const take = (kind: 'day' | 'burst', count: number): void => {
    const rows = pValuesOf(canaries, count, viewsOn(kind, { views, evidence }));
    evidence = addOccasion({ views, evidence }, kind, rows);
  };
  let daily: number | null = null;
  let weekly: number | null = null;
  let amber = 0;
  const looks: WeeklyLook[] = [];
  for (let day = 1; day <= design.days; day += 1) {
    if (day === change?.day) {
      for (const [at, canary] of canaries.entries()) if (after[at] !== before[at]) canary.switchTo(after[at]!);
    }
    startOfDay.push(canaries.map((canary) => canary.texts().length));
    take('day', 1);
    const { r } = strongest({ views, evidence });
    if (daily === null && r >= AMBER && r < RED) {
      amber += 1;
      take('burst', BURST_SAMPLES);
    }
    if (daily === null && strongest({ views, evidence }).r >= RED) daily = day;
    const isLook = design.weekly && day % WEEK === 0 && day >= (change?.day ?? 0);
    if (isLook && weekly === null) {
      const week = startOfDay.at(-WEEK)!;
      const bags = canaries.map((canary, at) => ({
        approved: baselines[at]!,
        fresh: canary.texts().slice(week[at]),
      }));
      const look = weeklyLook(bags, `${seed}\n${day}`);
      looks.push(look);
      if (Math.min(look.distributionP, look.modeP) <= WEEKLY_TEST_ALPHA) weekly = day;
    }
    if (daily !== null && (weekly !== null || !design.weekly)) break;
  }
  return { daily, weekly, amber, looks };
}

function pValuesOf(canaries: readonly Canary[], count: number, views: readonly string[]): readonly CanaryPValues[] {
  return canaries.flatMap((canary, at) => [...canary.take(count, views)].map(([view, p]) => ({ canary: `${at}`, view, p })));
}

/** The approved answers of one canary and those of the last days. */
export interface WeeklyBag {
  readonly approved: readonly string[];
  readonly fresh: readonly string[];
}

/** The two tests of a weekly look, as the product takes them. */
export function weeklyLook(bags: readonly WeeklyBag[], seed: string): WeeklyLook {
  const looks = bags.map(({ approved, fresh }, at) => {
    return { caseId: `case-${at + 1}`, approved: approved.length, matrices: matricesOf([...approved, ...fresh]) };
  });
  const modes = [...modeTests(looks).values()];
  return {
    distributionP: distributionTest(looks, seed, WEEKLY_SPLITS).p,
    modeP: modes.length ? Math.min(1, Math.min(...modes) * modes.length) : 1,
  };
}

/** How one view is watched in a year of uniform p-values. */
export interface UniformDesign {
  readonly pValues: number;
  readonly bursts: boolean;
  /** The view's share: R times this is its evidence. */
  readonly share: number;
}

/** What one year of uniform p-values gives. */
export interface UniformYear {
  /** The highest evidence of the year, up to where it passes every threshold that is asked about. */
  readonly highest: number;
  /** Days with bursts before an alarm. */
  readonly amber: number;
}

/** The law of one view while nothing changes: its p-values are independent and uniform, whatever is watched and however noisy. */
export function uniformYear({ pValues, bursts, share }: UniformDesign, random: SeededRandom): UniformYear {
  const draw = (count: number): readonly number[] => Array.from({ length: count }, random.unit);
  let bets = noEvidence();
  let amber = 0;
  let highest = 0;
  for (let day = 1; day <= 365 && highest < HIGHEST_ASKED; day += 1) {
    bets = addDay(bets, draw(pValues));
    highest = Math.max(highest, mixture(bets) * share);
    if (!bursts || mixture(bets) * share < AMBER) continue;
    if (highest < RED) amber += 1;
    bets = addToDay(bets, draw(BURST_SAMPLES * pValues));
    highest = Math.max(highest, mixture(bets) * share);
  }
  return { highest, amber };
}

/** 365 / 0.05: without knowing the law of the evidence, Doob's inequality promises 5 % a year from here on. */
export const HIGHEST_ASKED = 7300;
