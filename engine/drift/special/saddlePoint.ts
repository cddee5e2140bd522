import { stirlingError } from './logGamma.ts';

/**
 * Γ(n+1) / (Γ(x+1) Γ(n−x+1)) · p^x · q^(n−x) for real 0 ≤ `x` ≤ `n`: the binomial probability where both are whole numbers.
 * `q` is 1 − p, given by callers that know it with more digits. Relative error about 1e-14 also far out in the tails.
 * Source: Loader, Fast and Accurate Computation of Binomial Probabilities (2000), the saddle-point expansion.
 */
export function binomialTerm(x: number, n: number, p: number, q = 1 - p): number {
  if (x < 0 || x > n) {
    return 0;
  }
  if (p <= 0) {
    return x === 0 ? 1 : 0;
  }
  if (q <= 0) {
    return x === n ? 1 : 0;
  }
  if (x === 0) {
    return Math.exp(n * logOf(q, p));
  }
  if (x === n) {
    return Math.exp(n * logOf(p, q));
  }
  const rest = n - x;
  const exponent = stirlingError(n) - stirlingError(x) - stirlingError(rest) - deviance(x, n * p) - deviance(rest, n * q);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * x * rest));
}

/** x^a · e^(−x) / Γ(a+1) for real `a` ≥ 0 and `x` ≥ 0: the Poisson probability of `a` where `a` is whole. Source as for `binomialTerm`. */
export function poissonTerm(a: number, x: number): number {
  if (x === 0) {
    return a === 0 ? 1 : 0;
  }
  if (a === 0) {
    return Math.exp(-x);
  }
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/**
 * x ln(x/mean) + mean − x without cancellation where `x` is near `mean`:
 * with v = (x−mean)/(x+mean), ln(x/mean) = 2(v + v³/3 + v⁵/5 + …), and 2xv − (x−mean) = v(x−mean).
 */
function deviance(x: number, mean: number): number {
  const v = (x - mean) / (x + mean);
  if (Math.abs(v) > 0.1) {
    return x * Math.log(x / mean) + mean - x;
  }
  const square = v * v;
  let sum = v * (x - mean);
  let power = 2 * x * v * square;
  for (let odd = 3; odd < 60; odd += 2) {
    const next = sum + power / odd;
    if (next === sum) {
      break;
    }
    sum = next;
    power *= square;
  }
  return sum;
}

/** ln value, by way of the complement where that is the small one. */
function logOf(value: number, complement: number): number {
  return complement < 0.5 ? Math.log1p(-complement) : Math.log(value);
}
