import type { CaseMatrices } from '../cases/caseMatrices.ts';
import type { DistanceMatrix } from '../cases/distanceMatrix.ts';
import { COUNT_TOLERANCE, standardisedUnderSplits } from '../cases/maxT.ts';
import { type NamedView, namedViews, pathOfView, WHOLE } from '../cases/namedViews.ts';
import { seededRandom } from '../cases/random.ts';
import { splitsOf } from '../cases/splits.ts';

/** Reviews under no change that are drawn; fewer (999 at least) where very many cases have very many paths. */
export const REVIEW_DRAWS = 9_999;
const LEAST_DRAWS = 999;
/** Additions that the draws may cost. */
const MOST_WORK = 400_000_000;
/** Views by name that take part, those in most cases first: a bound for outputs with ever new paths. */
const MOST_VIEWS = 256;

/** The samples of one case in the first look, approved ones first. */
export interface FirstLook {
  readonly caseId: string;
  /** How many are approved. */
  readonly approved: number;
  readonly matrices: CaseMatrices;
}

/** What the distribution test says. */
export interface DistributionResult {
  /** Of the largest view; 1 where nothing differs. */
  readonly p: number;
  /** By path: of the larger of its two views alone, from the same draws. */
  readonly paths: ReadonlyMap<string, number>;
  readonly draws: number;
}

/**
 * The test of a change in what is answered, over all cases: Z of a view is the sum over the cases of its standardised energy statistic, over
 * the root of the number of cases in which it can differ; the largest Z over the views is what is tested. Under no change every case's
 * samples may be split anew, one split a case for all of its views: p = (1 + draws with at least the Z seen) / (1 + draws). Views are the
 * whole output and each path's values and beginnings; the contract has a test of its own. Exact at any size; the same seed gives the same p.
 */
export function distributionTest(cases: readonly FirstLook[], seed: string, wanted = REVIEW_DRAWS): DistributionResult {
  const names = commonViews(cases);
  const taken = ({ matrices }: FirstLook): readonly NamedView[] => viewsOf(matrices).filter(({ name }) => names.has(name));
  const pairs = cases.reduce((sum, one) => sum + taken(one).length, 0);
  const draws = Math.min(wanted, Math.max(LEAST_DRAWS, Math.floor(MOST_WORK / Math.max(1, pairs))));
  const sums = new Map([...names].map((name) => [name, { drawn: new Float64Array(draws), seen: 0, cases: 0 }]));
  for (const one of cases) {
    const { caseId, approved } = one;
    const views = taken(one);
    const size = views[0]?.matrix.size ?? 0;
    if (size === 0) continue;
    const splits = splitsOf(approved, size - approved, `${seed}\nsplits\n${caseId}`);
    const table = new Float64Array(splits.count);
    const picks = drawPicks(draws, splits.count, `${seed}\ndraws\n${caseId}`);
    for (const [matrix, sharing] of byMatrix(views)) {
      if (!standardisedUnderSplits(matrix, splits, table)) continue;
      for (const name of sharing) {
        const sum = sums.get(name);
        if (sum === undefined) continue;
        sum.cases += 1;
        sum.seen += table[splits.count - 1] as number;
        for (let draw = 0; draw < draws; draw += 1)
          sum.drawn[draw] = (sum.drawn[draw] as number) + (table[picks[draw] as number] as number);
      }
    }
  }
  const telling = [...sums]
    .filter(([, sum]) => sum.cases > 0)
    .map(([name, { drawn, seen, cases: count }]) => ({ name, drawn, seen, scale: 1 / Math.sqrt(count) }));
  const paths = new Map<string, typeof telling>();
  for (const name of names) {
    const path = pathOfView(name);
    if (path === null) continue;
    paths.set(path, [...(paths.get(path) ?? []), ...telling.filter((view) => view.name === name)]);
  }
  return { p: shareOf(telling, draws), paths: new Map([...paths].map(([path, views]) => [path, shareOf(views, draws)])), draws };
}

interface SummedView {
  readonly drawn: Float64Array;
  readonly seen: number;
  readonly scale: number;
}

/** The p-value of the largest of some views. */
function shareOf(views: readonly SummedView[], draws: number): number {
  if (views.length === 0) return 1;
  const least = Math.max(...views.map(({ seen, scale }) => seen * scale)) - COUNT_TOLERANCE;
  let count = 1;
  for (let draw = 0; draw < draws; draw += 1) {
    if (views.some(({ drawn, scale }) => (drawn[draw] as number) * scale >= least)) count += 1;
  }
  return count / (1 + draws);
}

/** The views that are tested by name. Where an output is one field only, its values are the whole output. */
function viewsOf(matrices: CaseMatrices): readonly NamedView[] {
  const named = namedViews(matrices);
  const [only] = named;
  return only === undefined || only.name === WHOLE ? named : [{ name: WHOLE, matrix: only.matrix }, ...named];
}

/** Which views take part depends on the cases alone, not on which samples are new: the test stays exact. */
function commonViews(cases: readonly FirstLook[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { matrices } of cases) for (const { name } of viewsOf(matrices)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const order = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return new Set(order.slice(0, MOST_VIEWS).map(([name]) => name));
}

function byMatrix(views: readonly NamedView[]): ReadonlyMap<DistanceMatrix, readonly string[]> {
  const shared = new Map<DistanceMatrix, string[]>();
  for (const { name, matrix } of views) {
    const names = shared.get(matrix);
    if (names) names.push(name);
    else shared.set(matrix, [name]);
  }
  return shared;
}

function drawPicks(draws: number, splits: number, seed: string): Uint32Array {
  const { below } = seededRandom(seed);
  const picks = new Uint32Array(draws);
  for (let draw = 0; draw < draws; draw += 1) picks[draw] = below(splits);
  return picks;
}
