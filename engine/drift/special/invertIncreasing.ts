/**
 * The `x` in [low, high] at which the increasing function `f` reaches `target`: Newton steps with the derivative `slope`, and halving of
 * the bracket wherever a step would leave it. `high` may be `Infinity`; then the bracket is doubled from `start` first. To the last digits
 * of `x`.
 */
export function invertIncreasing(
  f: (x: number) => number,
  slope: (x: number) => number,
  target: number,
  bracket: { readonly low: number; readonly high: number; readonly start: number },
): number {
  let { low, high, start: x } = bracket;
  if (high === Number.POSITIVE_INFINITY) {
    high = Math.max(x, 1);
    while (f(high) < target && high < 1e300) {
      low = high;
      high *= 2;
    }
    x = Math.min(Math.max(x, low), high);
  }
  for (let round = 0; round < 1200; round += 1) {
    const error = f(x) - target;
    if (error === 0) {
      return x;
    }
    if (error < 0) {
      low = x;
    } else {
      high = x;
    }
    const newton = x - error / slope(x);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 2e-16 * Math.abs(next) || next === low || next === high) {
      return next;
    }
    x = next;
  }
  return x;
}
