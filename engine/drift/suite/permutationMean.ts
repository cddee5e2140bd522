import { seededRandom } from '../cases/random.ts';

/**
 * `diff` is the new mean less the baseline's, `null` where a side is empty. `splits` labelings were looked at: all of them where `exact`.
 */
export interface PermutationMeanResult {
  readonly diff: number | null;
  readonly pLess: number;
  readonly pGreater: number;
  readonly pTwoSided: number;
  readonly splits: number;
  readonly exact: boolean;
}

/**
 * The two-sample permutation test on the difference of means, for measures such as latency and length. An empty side gives p = 1.
 * Every labeling is counted up to 100,000 of them; beyond that 9,999 drawn with `seed`, and p = (1 + as extreme)/(1 + drawn).
 * A labeling counts where it is at least as extreme as the one seen, less 1e-10 for rounding. Source: Fisher 1935; Phipson and Smyth 2010.
 */
export function permutationMean(base: readonly number[], next: readonly number[], seed: string | number = 1): PermutationMeanResult {
  if (base.length === 0 || next.length === 0) {
    return { diff: null, pLess: 1, pGreater: 1, pTwoSided: 1, splits: 0, exact: true };
  }
  const pooled = [...base, ...next];
  const total = sum(pooled);
  const diffOf = (newSum: number): number => newSum / next.length - (total - newSum) / base.length;
  const seen = diffOf(sum(next));
  const tally = { less: 0, greater: 0, twoSided: 0, splits: 0 };
  const count = (newSum: number): void => {
    const diff = diffOf(newSum);
    tally.splits += 1;
    tally.less += diff <= seen + slack ? 1 : 0;
    tally.greater += diff >= seen - slack ? 1 : 0;
    tally.twoSided += Math.abs(diff) >= Math.abs(seen) - slack ? 1 : 0;
  };
  const exact = labelings(pooled.length, next.length) <= mostLabelings;
  if (exact) {
    everySum(pooled, next.length, count);
  } else {
    drawnSums(pooled, next.length, seededRandom(seed).below, count);
  }
  const extra = exact ? 0 : 1;
  const p = (extreme: number): number => (extreme + extra) / (tally.splits + extra);
  const diff = sum(next) / next.length - sum(base) / base.length;
  return { diff, pLess: p(tally.less), pGreater: p(tally.greater), pTwoSided: p(tally.twoSided), splits: tally.splits, exact };
}

const slack = 1e-10;
const mostLabelings = 100_000;
const drawnLabelings = 9_999;

/** The number of ways to choose `chosen` of `n`, or `Infinity` once it is past the limit. */
function labelings(n: number, chosen: number): number {
  let ways = 1;
  const few = Math.min(chosen, n - chosen);
  for (let i = 1; i <= few; i += 1) {
    ways = (ways * (n - few + i)) / i;
    if (ways > mostLabelings * 1.5) {
      return Number.POSITIVE_INFINITY;
    }
  }
  return Math.round(ways);
}

function everySum(values: readonly number[], choose: number, visit: (sum: number) => void): void {
  const from = (start: number, left: number, partial: number): void => {
    if (left === 0) {
      visit(partial);
      return;
    }
    for (let i = start; i <= values.length - left; i += 1) {
      from(i + 1, left - 1, partial + (values[i] ?? 0));
    }
  };
  from(0, choose, 0);
}

/** Sums of random subsets: the first `choose` places of a partial Fisher-Yates shuffle. */
function drawnSums(values: readonly number[], choose: number, below: (bound: number) => number, visit: (sum: number) => void): void {
  const shuffled = [...values];
  for (let draw = 0; draw < drawnLabelings; draw += 1) {
    let partial = 0;
    for (let i = 0; i < choose; i += 1) {
      const j = i + below(shuffled.length - i);
      const picked = shuffled[j] ?? 0;
      shuffled[j] = shuffled[i] ?? 0;
      shuffled[i] = picked;
      partial += picked;
    }
    visit(partial);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
