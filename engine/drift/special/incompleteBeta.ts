import { invertIncreasing } from './invertIncreasing.ts';
import { binomialTerm } from './saddlePoint.ts';

/**
 * The regularised incomplete beta function I_x(a, b): the chance that a Beta(a, b) variable is at most `x`. `a`, `b` > 0.
 * `y` is 1 − x, given by callers that know it with more digits. For the upper tail call `incompleteBeta(b, a, y, x)`: it keeps its digits.
 * Source: DLMF 8.17.22 (continued fraction) and 8.17.4 (symmetry).
 */
export function incompleteBeta(a: number, b: number, x: number, y = 1 - x): number {
  if (!(a > 0) || !(b > 0) || Number.isNaN(x)) {
    return Number.NaN;
  }
  if (x <= 0) {
    return 0;
  }
  if (y <= 0) {
    return 1;
  }
  return x > (a + 1) / (a + b + 2) ? 1 - lowerBeta(b, a, y, x) : lowerBeta(a, b, x, y);
}

/** The `x` for which I_x(a, b) is `p`: the quantile of Beta(a, b). `p` outside [0, 1] gives `NaN`. */
export function inverseIncompleteBeta(a: number, b: number, p: number): number {
  if (!(a > 0) || !(b > 0) || !(p >= 0 && p <= 1)) {
    return Number.NaN;
  }
  if (p === 0 || p === 1) {
    return p;
  }
  return invertIncreasing(
    (x) => incompleteBeta(a, b, x),
    (x) => betaKernel(a, b, x, 1 - x) / (x * (1 - x)),
    p,
    { low: 0, high: 1, start: a / (a + b) },
  );
}

/** x^a y^b / B(a, b). */
function betaKernel(a: number, b: number, x: number, y: number): number {
  return ((a * b) / (a + b)) * binomialTerm(a, a + b, x, y);
}

/** I_x(a, b) by its continued fraction (modified Lentz), which converges fast for x < (a+1)/(a+b+2). */
function lowerBeta(a: number, b: number, x: number, y: number): number {
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) {
      break;
    }
  }
  return Math.min(1, (betaKernel(a, b, x, y) / a) * fraction);
}

function notZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
