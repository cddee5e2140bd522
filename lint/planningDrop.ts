/**
 * The smallest drop of the pass rate (0.08 is 8 points) that cases of this number show 4 times in 5, at a one-sided level of 5 %: a
 * formula for planning, too hopeful by a tenth to a half below 100 cases. What a review has really seen is simulated from its baseline.
 */
export function planningDrop(cases: number, baseline: number, samples: number): number {
  return Math.sqrt(varianceOf(baseline, samples) / cases);
}

/** How many cases such a drop wants, by the same formula. */
export function casesNeeded(drop: number, baseline: number, samples: number): number {
  return Math.ceil(varianceOf(baseline, samples) / drop ** 2 - 1e-9); // 40.0000000001 is 40
}

function varianceOf(baseline: number, samples: number): number {
  return (LEVEL + POWER) ** 2 * SPREAD * (1 / baseline + 1 / samples);
}

/** Quantiles of the normal distribution at 95 and 80 %. */
const LEVEL = 1.6449;
const POWER = 0.8416;

/** Mean of p(1 − p) over the cases of a usual suite: 70 % stable, 20 % shaky, 10 % hard. */
const SPREAD = 0.07;
