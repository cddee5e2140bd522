import { seededRandom } from '../cases/random.ts';
import { normalQuantile } from '../special/normal.ts';
import { expandedCdf, hypergeometricSumMoments } from './hypergeometricSumMoments.ts';
import { type HypergeometricCache, hypergeometricSum } from './stratifiedExact.ts';

/** What a review is able to see: the approved passes and samples of every case, and how many new samples each gets. */
export interface PowerQuestion {
  readonly basePass: readonly number[];
  readonly baseTotal: readonly number[];
  /** The same for every case, or one entry a case. */
  readonly samples: number | readonly number[];
  /** One-sided level of the exact test, under 0.5. Default 0.05. */
  readonly alpha?: number;
  /** The share of drops that is to be found. Default 0.8. */
  readonly power?: number;
  /** Simulated reviews. Default 2,000: a share of 0.8 is then known to ±0.018. Fewer (100 at least: ±0.08, a few hundredths of the drop) above 700 samples in all. */
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
  return powerOf(question).drop;
}

/** The smallest detectable drop and the power to find one of `at`, both from the same simulated reviews. */
export function powerOf(question: PowerQuestion, at = 0): { readonly drop: number | null; readonly at: number } {
  const { alpha = 0.05, power = 0.8 } = question;
  const reviews = drawReviews(question);
  return { drop: smallestDrop(reviews, alpha, power), at: reviews.share(at, alpha) };
}

function smallestDrop(reviews: Reviews, alpha: number, power: number): number | null {
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
  const counts = basePass.map((_, index) => (typeof samples === 'number' ? samples : (samples[index] ?? 0)));
  const perDraw = counts.reduce((sum, count) => sum + count, 0);
  const work = cases + perDraw + baseTotal.reduce((sum, total) => sum + total, 0);
  const draws = Math.min(wanted, Math.max(100, Math.floor(mostDrawn / Math.max(1, work))));
  const rates = new Float64Array(draws * cases);
  const approved = new Float64Array(draws * cases);
  const luck = new Float64Array(draws * perDraw);
  let drawn = 0;
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
      for (let sample = 0; sample < (counts[index] ?? 0); sample += 1) {
        luck[drawn] = random();
        drawn += 1;
      }
    }
  }
  const isDrop = dropTest(baseTotal, counts);
  const share = (drop: number, alpha: number): number => {
    let found = 0;
    const passes = new Array<number>(cases).fill(0);
    const successes = new Array<number>(cases).fill(0);
    let at = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      for (let index = 0; index < cases; index += 1) {
        const place = draw * cases + index;
        const rate = (rates[place] ?? 0) - drop;
        let count = 0;
        for (const end = at + (counts[index] ?? 0); at < end; at += 1) {
          count += (luck[at] ?? 1) < rate ? 1 : 0;
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

/** Random numbers drawn at most, roughly. */
const mostDrawn = 1_500_000;

/**
 * From this standard deviation of the sum on, the Edgeworth expansion is within 0.001 of the exact p, far under the simulation's own
 * error.
 */
const expandFrom = 5;
/** From this one on it is within 8 % of the exact p near α, so that it tells a p that is further from α than this factor. */
const decideFrom = 1.5;
const clearBy = 1.25;

/** Whether the exact test calls `newPass` a drop at α, given each case's passes on both sides together. */
function dropTest(
  baseTotal: readonly number[],
  draws: readonly number[],
): (newPass: readonly number[], successes: readonly number[], alpha: number) => boolean {
  const populations = baseTotal.map((total, index) => total + (draws[index] ?? 0));
  const known: HypergeometricCache = new Map();
  return (newPass, successes, alpha) => {
    const seen = newPass.reduce((sum, passes) => sum + passes, 0);
    const moments = hypergeometricSumMoments(populations, successes, draws);
    if (seen >= moments.mean) {
      return false; // A sum of hypergeometric counts has its median at the mean, rounded up or down: p is at least one half.
    }
    if (moments.variance >= decideFrom * decideFrom) {
      const near = expandedCdf(seen, moments);
      const clear = near < alpha / clearBy || near > clearBy * alpha;
      if (clear || moments.variance >= expandFrom * expandFrom) {
        return near <= alpha;
      }
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
  const share = Math.cos(2 * Math.PI * random()) ** 2;
  const pass = radius * share + exponentials(passes, random);
  const fail = radius * (1 - share) + exponentials(fails, random);
  return pass / (pass + fail);
}

function exponentials(count: number, random: () => number): number {
  let sum = 0;
  let product = 1;
  for (let i = 0; i < count; i += 1) {
    product *= 1 - random();
    if (product < 1e-200) {
      sum -= Math.log(product);
      product = 1;
    }
  }
  return sum - Math.log(product);
}
