/**
 * The 95 % Wilson score interval of a proportion, without continuity correction (Wilson 1927; Newcombe 1998, method 3).
 * `trials` above 0; both bounds in [0, 1].
 */
export function wilsonInterval(successes: number, trials: number, z = 1.959963984540054): { readonly low: number; readonly high: number } {
  const rate = successes / trials;
  const z2 = z * z;
  const centre = (rate + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (z / (1 + z2 / trials)) * Math.sqrt((rate * (1 - rate)) / trials + z2 / (4 * trials * trials));
  return { low: successes === 0 ? 0 : Math.max(0, centre - half), high: successes === trials ? 1 : Math.min(1, centre + half) };
}
