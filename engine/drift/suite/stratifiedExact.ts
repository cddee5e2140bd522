import { hypergeometricPmf, hypergeometricSupport } from '../special/hypergeometric.ts';

/**
 * Passes and samples of every case on both sides: four arrays, one entry a case. A case without samples on a side says nothing and may be
 * there.
 */
export interface StratifiedCounts {
  readonly basePass: readonly number[];
  readonly baseTotal: readonly number[];
  readonly newPass: readonly number[];
  readonly newTotal: readonly number[];
}

/**
 * `newTotal` passes were seen where `expectedTotal` are expected if nothing changed; the chances of so few, of so many, of so unlikely a
 * number.
 */
export interface StratifiedResult {
  readonly newTotal: number;
  readonly expectedTotal: number;
  readonly pDrop: number;
  readonly pRise: number;
  readonly pTwoSided: number;
}

/**
 * The exact test of a change in the pass rate over cases, in both directions. Given a case's passes on both sides together, those that
 * fall on the new side are hypergeometric if nothing changed; their sum over cases is compared with what was seen. No informative case
 * gives p = 1.
 *
 * Source: the exact conditional Cochran-Mantel-Haenszel test, by convolution. With one sample a side in every case it is the exact McNemar
 * test. The two-sided p sums the outcomes that are at most as likely as the one seen (times 1 + 1e-7, for rounding).
 */
export function stratifiedExact(counts: StratifiedCounts): StratifiedResult {
  const strata = counts.newPass.map((newPass, index) => {
    const baseTotal = counts.baseTotal[index] ?? 0;
    const newTotal = counts.newTotal[index] ?? 0;
    return { newPass, newTotal, total: baseTotal + newTotal, passes: newPass + (counts.basePass[index] ?? 0) };
  });
  const newTotal = strata.reduce((sum, stratum) => sum + stratum.newPass, 0);
  const expectedTotal = strata.reduce((sum, s) => sum + (s.total === 0 ? 0 : (s.newTotal * s.passes) / s.total), 0);
  const { low, chances } = hypergeometricSum(
    strata.map((stratum) => stratum.total),
    strata.map((stratum) => stratum.passes),
    strata.map((stratum) => stratum.newTotal),
  );
  const seen = chances[newTotal - low] ?? 0;
  let pDrop = 0;
  let pRise = 0;
  let pTwoSided = 0;
  chances.forEach((chance, index) => {
    pDrop += low + index <= newTotal ? chance : 0;
    pRise += low + index >= newTotal ? chance : 0;
    pTwoSided += chance <= seen * (1 + 1e-7) ? chance : 0;
  });
  return { newTotal, expectedTotal, pDrop: Math.min(1, pDrop), pRise: Math.min(1, pRise), pTwoSided: Math.min(1, pTwoSided) };
}

/**
 * Probabilities of one case's counts by population, successes and draws, kept between calls of `hypergeometricSum` by a caller with many.
 */
export type HypergeometricCache = Map<number, readonly number[]>;

/**
 * The distribution of a sum of independent hypergeometric counts: `chances[i]` is the chance of `low + i`. One entry a case in each array:
 * `populations` samples, of which `successes` pass and `draws` are new. Cost: cases × width of the sum × width of a case.
 */
export function hypergeometricSum(
  populations: readonly number[],
  successes: readonly number[],
  draws: readonly number[],
  known: HypergeometricCache = new Map(),
): { readonly low: number; readonly chances: Float64Array } {
  let low = 0;
  let chances: Float64Array = Float64Array.of(1);
  populations.forEach((population, index) => {
    const passes = successes[index] ?? 0;
    const drawn = draws[index] ?? 0;
    const support = hypergeometricSupport(population, passes, drawn);
    low += support.low;
    if (support.low === support.high) {
      return;
    }
    chances = convolve(chances, pmfOf(population, passes, drawn, support, known));
  });
  return { low, chances };
}

function pmfOf(
  population: number,
  passes: number,
  drawn: number,
  { low, high }: { readonly low: number; readonly high: number },
  known: HypergeometricCache,
): readonly number[] {
  const key = population < 65_536 ? (population * 65_536 + passes) * 65_536 + drawn : undefined;
  const kept = key === undefined ? undefined : known.get(key);
  if (kept !== undefined) {
    return kept;
  }
  const pmf = Array.from({ length: high - low + 1 }, (_, x) => hypergeometricPmf(low + x, population, passes, drawn));
  if (key !== undefined) {
    known.set(key, pmf);
  }
  return pmf;
}

/** Leaves out sums whose chance so far is below 1e-200, so that the cost of very many cases grows with the spread, not with their number. */
function convolve(left: ArrayLike<number>, right: ArrayLike<number>): Float64Array {
  const result = new Float64Array(left.length + right.length - 1);
  for (let i = 0; i < left.length; i += 1) {
    const factor = left[i] ?? 0;
    if (factor < NEVER) {
      continue;
    }
    for (let j = 0; j < right.length; j += 1) {
      result[i + j] = (result[i + j] ?? 0) + factor * (right[j] ?? 0);
    }
  }
  return result;
}

const NEVER = 1e-200;
