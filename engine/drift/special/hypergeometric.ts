import { binomialTerm } from './saddlePoint.ts';

/**
 * The chance that `draws` items drawn without replacement from `population`, of which `successes` are marked, hold exactly `x` marked ones.
 * 0 for an `x` that cannot be. Source: the quotient of three binomial probabilities at p = draws/population (Loader 2000).
 */
export function hypergeometricPmf(x: number, population: number, successes: number, draws: number): number {
  const { low, high } = hypergeometricSupport(population, successes, draws);
  if (!Number.isInteger(x) || x < low || x > high) {
    return 0;
  }
  if (low === high) {
    return 1;
  }
  const p = draws / population;
  const q = (population - draws) / population;
  return (binomialTerm(x, successes, p, q) * binomialTerm(draws - x, population - successes, p, q)) / binomialTerm(draws, population, p, q);
}

/** The chance of at most `x` marked items among the draws; arguments as for `hypergeometricPmf`. */
export function hypergeometricCdf(x: number, population: number, successes: number, draws: number): number {
  const { low, high } = hypergeometricSupport(population, successes, draws);
  const whole = Math.floor(x);
  if (whole < low) {
    return 0;
  }
  return whole >= high ? 1 : Math.min(1, sumOf(low, whole, population, successes, draws));
}

/** The chance of at least `x` marked items among the draws (`x` itself counts); arguments as for `hypergeometricPmf`. */
export function hypergeometricAtLeast(x: number, population: number, successes: number, draws: number): number {
  const { low, high } = hypergeometricSupport(population, successes, draws);
  const whole = Math.ceil(x);
  if (whole > high) {
    return 0;
  }
  return whole <= low ? 1 : Math.min(1, sumOf(whole, high, population, successes, draws));
}

/** The fewest and the most marked items that the draws can hold; arguments as for `hypergeometricPmf`. */
export function hypergeometricSupport(
  population: number,
  successes: number,
  draws: number,
): { readonly low: number; readonly high: number } {
  return { low: Math.max(0, draws + successes - population), high: Math.min(draws, successes) };
}

function sumOf(from: number, to: number, population: number, successes: number, draws: number): number {
  let sum = 0;
  for (let x = from; x <= to; x += 1) {
    sum += hypergeometricPmf(x, population, successes, draws);
  }
  return sum;
}
