import { poissonTerm } from './saddlePoint.ts';

/**
 * The regularised lower incomplete gamma function P(a, x): the chance that a Gamma(a, 1) variable is at most `x`. `a` > 0, `x` ≥ 0.
 * Source: DLMF 8.11.4 (series) below a + 1, 8.9.2 (continued fraction) above.
 */
export function incompleteGammaLower(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) {
    return Number.NaN;
  }
  if (x === 0) {
    return 0;
  }
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** The regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), computed directly where it is small. */
export function incompleteGammaUpper(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) {
    return Number.NaN;
  }
  if (x === Number.POSITIVE_INFINITY) {
    return 0;
  }
  return x < a + 1 ? 1 - (x === 0 ? 0 : lowerSeries(a, x)) : upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 1_000_000 && term > sum * 1e-17; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return Math.min(1, poissonTerm(a, x) * sum);
}

/** Modified Lentz over x+1−a − 1(1−a)/(x+3−a − …). */
function upperFraction(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) {
    return 0;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n <= 1_000_000; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / notZero(numerator * d + b);
    c = notZero(b + numerator / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) {
      break;
    }
  }
  return Math.min(1, poissonTerm(a, x) * a * fraction);
}

function notZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
