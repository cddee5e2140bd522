import { describe, expect, it } from 'vitest';
import { expandedCdf, hypergeometricSumMoments } from '../../../../engine/drift/suite/hypergeometricSumMoments.ts';
import { hypergeometricSum } from '../../../../engine/drift/suite/stratifiedExact.ts';

describe('moments and expansion of a sum of hypergeometric counts', () => {
  /** Cases, samples on both sides, passes among them, new samples; each sum has a standard deviation of 5 to 7. */
  it.each([
    [200, 13, 1, 3],
    [60, 13, 6, 3],
    [150, 13, 12, 3],
    [160, 6, 1, 3],
    [900, 31, 30, 1],
    [40, 13, 7, 8],
  ])('%i cases of %i samples, %i passing, %i new', (cases, all, passes, drawn) => {
    const populations = new Array<number>(cases).fill(all);
    const successes = populations.map((_, index) => Math.max(0, passes - (index % 5 === 0 ? 1 : 0)));
    const draws = populations.map(() => drawn);
    const { low, chances } = hypergeometricSum(populations, successes, draws);
    const moments = hypergeometricSumMoments(populations, successes, draws);
    const central = (power: number): number =>
      chances.reduce((sum, chance, index) => sum + chance * (low + index - moments.mean) ** power, 0);
    expect(central(1)).toBeCloseTo(0, 8);
    expect(central(2)).toBeCloseTo(moments.variance, 7);
    expect(central(3)).toBeCloseTo(moments.third, 5);
    let exact = 0;
    let worst = 0;
    chances.forEach((chance, index) => {
      exact += chance;
      worst = Math.max(worst, Math.abs(expandedCdf(low + index, moments) - exact));
    });
    expect(moments.variance).toBeGreaterThan(25);
    expect(worst).toBeLessThan(0.001);
  });
});
