import { seededRandom } from '../cases/random.ts';
import { normalQuantile } from '../special/normal.ts';
import { expandedCdf, hypergeometricSumMoments } from './hypergeometricSumMoments.ts';
import { type HypergeometricCache, hypergeometricSum } from './stratifiedExact.ts';

/** What a review is able to see: the approved passes and samples of every case, and how many new samples each case gets. */
export interface PowerQuestion {
  readonly basePass: readonly number[];
  readonly baseTotal: readonly number[];
  readonly samples: number;
  /** One-sided level of the exact test, under 0.5. Default 0.05. */
  readonly alpha?: number;
  /** The share of drops that is to be found. Default 0.8. */
  readonly power?: number;
  /** Simulated reviews. Default 2,000: a share of 0.8 is then known to ±0.018. Fewer (200 at least) above 2,000 new samples in all. */
  readonly draws?: number;
  readonly seed?: string | number;
}

/**
 * The smallest drop of the pass rate, in steps of 0.001 up to 1, that a review would find with the power asked for; `null` where none is.
 *
 * By simulation from the baseline: a case's own rate is drawn from Beta(y+½, k−y+½) of its y approved passes of k; then a baseline and new
 * samples are drawn anew, the new ones at that rate less the drop (not below 0, so that the mean drop is at most the one named), and
 * `stratifiedExact`'s p for a drop is compared with α. The baseline must be drawn too: against the passes once seen, rates drawn around
 * them would regress to the mean and count as a drop. All drops are judged on the same draws, so that a larger drop never has more passes.
 * The same seed gives the same answer.
 */
export function smallestDetectableDrop(question: PowerQuestion): number | null {
  const { alpha = 0.05, power = 0.8 } = question;
  const reviews = drawReviews(question);
  const found = (thousandths: number): boolean => reviews.share(thousandths / 1000, alpha) >= power;
  if (!found(1000)) {
    return null;
  }
  let low = 0;
  let high = 1000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (found(middle)) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return high / 1000;
}

/** The share of simulated reviews that find a drop of `drop` (0.08 is 8 points). Terms as for `smallestDetectableDrop`. */
export function detectionPower(question: PowerQuestion, drop: number): number {
  return drawReviews(question).share(drop, question.alpha ?? 0.05);
}

/**
 * The smallest detectable drop by formula, for planning before there is a baseline: (z₁₋α + z_power) √(w(1/k + 1/m)/N), with N `cases`, k
 * `baseline` and m new `samples` a case and w the mean of p(1−p) within cases. Too small by 10 to 50 % below 100 cases.
 */
export function plannedDetectableDrop(
  cases: number,
  baseline: number,
  samples: number,
  withinVariance: number,
  alpha = 0.05,
  power = 0.8,
): number {
  return (normalQuantile(1 - alpha) + normalQuantile(power)) * Math.sqrt((withinVariance * (1 / baseline + 1 / samples)) / cases);
}

interface Reviews {
  readonly share: (drop: number, alpha: number) => number;
}

/** Draws the rates and the samples' luck once; every drop is then read off them. */
function drawReviews({ basePass, baseTotal, samples, draws: wanted = 2_000, seed = 1 }: PowerQuestion): Reviews {
  const random = seededRandom(seed).unit;
  const cases = basePass.length;
  const draws = Math.min(wanted, Math.max(200, Math.floor(mostSamples / Math.max(1, cases * samples))));
  const rates = new Float64Array(draws * cases);
  const approved = new Float64Array(draws * cases);
  const luck = new Float64Array(draws * cases * samples);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let index = 0; index < cases; index += 1) {
      const place = draw * cases + index;
      const passes = basePass[index] ?? 0;
      const total = baseTotal[index] ?? 0;
      const rate = drawJeffreysRate(passes, total - passes, random);
      rates[place] = rate;
      for (let sample = 0; sample < total; sample += 1) {
        approved[place] = (approved[place] ?? 0) + (random() < rate ? 1 : 0);
      }
      for (let sample = 0; sample < samples; sample += 1) {
        luck[place * samples + sample] = random();
      }
    }
  }
  const isDrop = dropTest(baseTotal, samples);
  const share = (drop: number, alpha: number): number => {
    let found = 0;
    const passes = new Array<number>(cases).fill(0);
    const successes = new Array<number>(cases).fill(0);
    for (let draw = 0; draw < draws; draw += 1) {
      for (let index = 0; index < cases; index += 1) {
        const place = draw * cases + index;
        const rate = (rates[place] ?? 0) - drop;
        let count = 0;
        for (let sample = 0; sample < samples; sample += 1) {
          count += (luck[place * samples + sample] ?? 1) < rate ? 1 : 0;
        }
        passes[index] = count;
        successes[index] = count + (approved[place] ?? 0);
      }
      found += isDrop(passes, successes, alpha) ? 1 : 0;
    }
    return found / draws;
  };
  return { share };
}

const mostSamples = 4_000_000;

/**
 * From this standard deviation of the sum on, the Edgeworth expansion is within 0.001 of the exact p, far under the simulation's own
 * error.
 */
const expandFrom = 5;

/** Whether the exact test calls `newPass` a drop at α, given each case's passes on both sides together. */
function dropTest(
  baseTotal: readonly number[],
  samples: number,
): (newPass: readonly number[], successes: readonly number[], alpha: number) => boolean {
  const populations = baseTotal.map((total) => total + samples);
  const draws = baseTotal.map(() => samples);
  const known: HypergeometricCache = new Map();
  return (newPass, successes, alpha) => {
    const seen = newPass.reduce((sum, passes) => sum + passes, 0);
    const moments = hypergeometricSumMoments(populations, successes, draws);
    if (seen >= moments.mean) {
      return false; // A sum of hypergeometric counts has its median at the mean, rounded up or down: p is at least one half.
    }
    if (moments.variance >= expandFrom * expandFrom) {
      return expandedCdf(seen, moments) <= alpha;
    }
    const { low, chances } = hypergeometricSum(populations, successes, draws, known);
    let p = 0;
    for (let index = 0; index <= seen - low; index += 1) {
      p += chances[index] ?? 0;
    }
    return p <= alpha;
  };
}

/** A draw from Beta(passes+½, fails+½): Gamma(n+½) is the sum of n exponential variables and half the square of a normal one. */
function drawJeffreysRate(passes: number, fails: number, random: () => number): number {
  const radius = -Math.log(1 - random());
  const angle = 2 * Math.PI * random();
  const pass = radius * Math.cos(angle) ** 2 + exponentials(passes, random);
  const fail = radius * Math.sin(angle) ** 2 + exponentials(fails, random);
  return pass / (pass + fail);
}

function exponentials(count: number, random: () => number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    sum -= Math.log(1 - random());
  }
  return sum;
}
