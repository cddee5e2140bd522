import type { MonitorState, WeeklyEntry } from './monitorState.ts';

/** The chance of a false weekly alarm in a year, over all looks. */
export const WEEKLY_YEAR_ALPHA = 0.025;
/** Looks that chance is divided over. */
export const WEEKLY_LOOKS = 52;
/** Each of the two tests of a look rejects at this: 0.0125 / 52. */
export const WEEKLY_TEST_ALPHA = WEEKLY_YEAR_ALPHA / 2 / WEEKLY_LOOKS;
/** The distribution test of a look draws at least so many splits: fewer could not give a p-value that small. */
export const WEEKLY_SPLITS = 20_000;
/** Days between looks, and the days whose samples a look pools. */
export const WEEKLY_DAYS = 7;

/** Where the weekly layer stands on a day. */
export type WeeklyStanding =
  | { readonly state: 'due' }
  /** Too early; `next` is the day of the next look. */
  | { readonly state: 'waiting'; readonly next: string }
  /** All looks of the last 365 days are used up, so that another one could break the promise; `next` is when one is free again. */
  | { readonly state: 'spent'; readonly next: string };

/**
 * Whether a look may be taken: at least 7 days after the last one (or the start), and at most 52 in any 365 days. A union bound then keeps
 * the chance of a false weekly alarm at 2.5 % in any year.
 */
export function weeklyStanding({ weekly, since }: Pick<MonitorState, 'weekly' | 'since'>, date: string): WeeklyStanding {
  const today = dayNumber(date);
  const last = Math.max(dayNumber(since), ...weekly.map((look) => dayNumber(look.date)));
  if (today < last + WEEKLY_DAYS) return { state: 'waiting', next: dayText(last + WEEKLY_DAYS) };
  const recent = looksWithin(weekly, today);
  if (recent.length >= WEEKLY_LOOKS)
    return { state: 'spent', next: dayText(dayNumber(recent[recent.length - WEEKLY_LOOKS]?.date ?? date) + 365) };
  return { state: 'due' };
}

/** The part of the year's 2.5 % that the looks of the 365 days up to a day have used. */
export function weeklyAlphaSpent(weekly: readonly WeeklyEntry[], date: string): number {
  return looksWithin(weekly, dayNumber(date)).length * 2 * WEEKLY_TEST_ALPHA;
}

/**
 * Records a look: the p-values of the distribution test and of the mode test, the last 7 days against the fixed baseline. An alarm turns the
 * monitor red. A state that is red, or whose look is not due, comes back unchanged.
 */
export function recordWeeklyLook(
  state: MonitorState,
  date: string,
  tests: { readonly distributionP: number; readonly modeP: number },
): MonitorState {
  if (state.redSince !== null || weeklyStanding(state, date).state !== 'due') return state;
  const alarm = tests.distributionP <= WEEKLY_TEST_ALPHA || tests.modeP <= WEEKLY_TEST_ALPHA;
  const { distributionP, modeP } = tests;
  return { ...state, weekly: [...state.weekly, { date, distributionP, modeP, alarm }], redSince: alarm ? date : null };
}

function looksWithin(weekly: readonly WeeklyEntry[], today: number): readonly WeeklyEntry[] {
  return weekly.filter(({ date }) => dayNumber(date) > today - 365 && dayNumber(date) <= today);
}

function dayNumber(date: string): number {
  const day = Date.parse(`${date}T00:00:00Z`) / 86_400_000;
  if (!Number.isInteger(day)) throw new RangeError(`${JSON.stringify(date)} is not a day like 2026-11-22`);
  return day;
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
