/**
 * The logarithm of the gamma function for `x` > 0, to about 1e-15 of max(1, |value|); `Infinity` at 0, `NaN` below it.
 * Source: Stirling's series (DLMF 5.11.1) from 15 on, carried down by Γ(x+1) = xΓ(x).
 */
export function logGamma(x: number): number {
  if (Number.isNaN(x) || x < 0) {
    return Number.NaN;
  }
  if (x === 0) {
    return Number.POSITIVE_INFINITY;
  }
  if (x >= seriesFrom) {
    return (x - 0.5) * Math.log(x) - x + halfLogTwoPi + stirlingSeries(x);
  }
  let product = 1;
  let shifted = x;
  while (shifted < seriesFrom) {
    product *= shifted;
    shifted += 1;
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + stirlingSeries(shifted) - Math.log(product);
}

/** ln n! for a whole number `n` ≥ 0. */
export function logFactorial(n: number): number {
  return n < 2 ? 0 : logGamma(n + 1);
}

/**
 * What Stirling's formula leaves out: lnΓ(x+1) − [½ ln(2πx) + x ln x − x], for `x` > 0.
 * Small and smooth, so that differences of it keep their digits where differences of ln Γ would lose them (Loader 2000).
 */
export function stirlingError(x: number): number {
  return x >= seriesFrom ? stirlingSeries(x) : logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - halfLogTwoPi;
}

const seriesFrom = 15;
const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/** B(2j) / (2j(2j−1)) for j = 1…8, with the Bernoulli numbers B. */
const stirlingCoefficients = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400] as const;

function stirlingSeries(x: number): number {
  const inverseSquare = 1 / (x * x);
  return stirlingCoefficients.reduceRight((sum, coefficient) => sum * inverseSquare + coefficient, 0) / x;
}
