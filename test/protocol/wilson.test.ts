import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../protocol/index.ts';

/** Computed with statsmodels 0.13.5, proportion_confint(method="wilson"), confidence 0.95. */
const REFERENCE: readonly (readonly [successes: number, trials: number, low: number, high: number])[] = [
  [0, 1, 0.0, 0.7934506856227626],
  [1, 1, 0.20654931437723745, 1.0],
  [0, 10, 0.0, 0.2775327998628892],
  [10, 10, 0.7224672001371107, 0.9999999999999999],
  [7, 10, 0.39677814746114537, 0.8922087325936989],
  [48, 50, 0.8653990931249297, 0.9889611156723802],
  [1, 100000, 1.7652477303783126e-6, 5.664709659040966e-5],
];

describe('the Wilson interval', () => {
  it.each(REFERENCE)('%i of %i', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 9);
    expect(interval.high).toBeCloseTo(high, 9);
  });

  it('stays within 0 and 1 and around the rate', () => {
    for (let trials = 1; trials <= 60; trials++) {
      for (let successes = 0; successes <= trials; successes++) {
        const { low, high } = wilsonInterval(successes, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / trials);
        expect(high).toBeGreaterThanOrEqual(successes / trials);
      }
    }
  });
});
