import type { SuiteVerdict } from '../../../protocol/index.ts';
import { normalQuantile } from '../special/normal.ts';
import { pairedClusterInterval, pseudoCase } from '../suite/pairedClusterInterval.ts';
import type { OutcomeCounts } from './suiteReview.ts';

/** A fall of the pass rate by no more than this is small enough to live with. */
export const MARGIN = 0.05;

/** What can be said of the pass rate besides its test. */
export type PassRate = NonNullable<SuiteVerdict['passRate']>;

/** Cases with scored samples on both sides. */
export function pairedOutcomes(outcomes: readonly (OutcomeCounts | null)[]): readonly OutcomeCounts[] {
  return outcomes.filter(
    (counts) => counts !== null && counts.baseline.total > 0 && counts.candidate.total > 0,
  ) as readonly OutcomeCounts[];
}

/** The shares of both sides, each the mean over cases of the case's own share; NaN without cases. */
export function meanShares(cases: readonly OutcomeCounts[]): { readonly baseline: number; readonly candidate: number } {
  const mean = (side: 'baseline' | 'candidate'): number =>
    cases.reduce((sum, { [side]: { yes, total } }) => sum + yes / total, 0) / cases.length;
  return { baseline: mean('baseline'), candidate: mean('candidate') };
}

/** The pass rates with the 95 % interval of their difference and what follows from it; null where no case was scored on both sides. */
export function passRateOf(cases: readonly OutcomeCounts[], test: { readonly fell: boolean; readonly pRise: number }): PassRate | null {
  if (cases.length === 0) return null;
  const differences = differencesOf(cases);
  const { baseline, candidate } = meanShares(cases);
  const { low, high } = pairedClusterInterval(differences, 0.95, pseudoOf(cases));
  return {
    baseline,
    candidate,
    difference: candidate - baseline,
    interval: { low, high },
    words: wordsOf(cases, differences, test.fell),
    pRise: test.pRise,
    cases: cases.length,
  };
}

/** How many cases with as many samples as now would find a change of this size 4 times in 5, rounded up; at least ten. */
export function casesNeeded(cases: readonly OutcomeCounts[], change: number): number {
  const differences = differencesOf(cases);
  const pseudo = pseudoOf(cases);
  const count = differences.length + 2;
  const centre = differences.reduce((sum, difference) => sum + difference, 0) / count;
  const variance =
    (differences.reduce((sum, difference) => sum + difference * difference, 0) + 2 * pseudo * pseudo) / count - centre * centre;
  const planned = variance * ((normalQuantile(0.95) + normalQuantile(0.8)) / change) ** 2;
  return roundUp(planned < FORMULA_HOLDS_FROM ? planned * FEW_CASES_FACTOR : planned);
}

/** `3`, or `2 to 3` where cases differ: new samples a case. */
export function samplesWords(cases: readonly OutcomeCounts[]): string {
  const counts = cases.map(({ candidate }) => candidate.total);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const range = least === most ? `${most}` : `${least} to ${most}`;
  return `${range} sample${most === 1 ? '' : 's'}`;
}

/** Below so many cases the planning formula is too optimistic, by up to a half in the drop … */
const FORMULA_HOLDS_FROM = 100;
/** … and this is put on top. */
const FEW_CASES_FACTOR = 1.5;

function wordsOf(cases: readonly OutcomeCounts[], differences: readonly number[], fell: boolean): string {
  if (fell) return 'worse';
  const { low } = pairedClusterInterval(differences, 0.9, pseudoOf(cases));
  if (low > -MARGIN) return `not worse by more than ${MARGIN * 100} points`;
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  const settling = Math.min(MARGIN, Math.max(MARGIN + mean, -mean));
  return `inconclusive: about ${casesNeeded(cases, settling)} cases x ${samplesWords(cases)} would settle it`;
}

function differencesOf(cases: readonly OutcomeCounts[]): readonly number[] {
  return cases.map(({ baseline, candidate }) => candidate.yes / candidate.total - baseline.yes / baseline.total);
}

/** One size for all pseudo-cases, from the mean over the cases of what a case's difference varies by. */
function pseudoOf(cases: readonly OutcomeCounts[]): number {
  const squares = cases.reduce((sum, { baseline, candidate }) => sum + pseudoCase(baseline.total, candidate.total) ** 2, 0);
  return Math.sqrt(squares / cases.length);
}

function roundUp(count: number): number {
  const step = count <= 100 ? 10 : count <= 1000 ? 50 : 10 ** (Math.floor(Math.log10(count)) - 1);
  return Math.max(10, Math.ceil(count / step) * step);
}
