import { describe, expect, it } from 'vitest';
import { detectionPower, plannedDetectableDrop, powerOf, smallestDetectableDrop } from '../../../../engine/drift/suite/detectableDrop.ts';
import { powerSentence } from '../../../../engine/drift/suite/powerSentence.ts';
import { expectClose, referenceCases } from './reference.ts';

describe('detectable drop by formula', () => {
  type Input = Readonly<Record<'n_cases' | 'k' | 'm' | 'within_var' | 'alpha' | 'power', number>>;
  for (const { name, input, expected, tolerance } of referenceCases<Input, { mde: number }>('power')) {
    it(`reference: ${name}`, () => {
      const mde = plannedDetectableDrop(input.n_cases, input.k, input.m, input.within_var, input.alpha, input.power);
      expectClose({ mde }, { mde: expected.mde }, tolerance);
    });
  }
});

describe('detectable drop by simulation', () => {
  /** 7 in 10 cases always pass, 2 are shaky, 1 is hard. */
  const suite = (cases: number) => ({
    basePass: Array.from({ length: cases }, (_, index) => [10, 10, 10, 10, 10, 10, 10, 8, 7, 3][index % 10] ?? 0),
    baseTotal: new Array<number>(cases).fill(10),
    draws: 400,
  });

  it('is the same for the same seed, and smaller for more samples and for more cases', () => {
    const one = smallestDetectableDrop({ ...suite(50), samples: 1 }) ?? 1;
    const three = smallestDetectableDrop({ ...suite(50), samples: 3 }) ?? 1;
    const wide = smallestDetectableDrop({ ...suite(200), samples: 3 }) ?? 1;
    expect(smallestDetectableDrop({ ...suite(50), samples: 3 })).toBe(three);
    expect(one).toBeGreaterThan(three);
    expect(three).toBeGreaterThan(wide);
    expect(three).toBeGreaterThan(0.03);
    expect(three).toBeLessThan(0.12);
  });

  it('gives a drop that is found with the power asked for, and no smaller one', () => {
    const question = { ...suite(40), samples: 3, seed: 'power' };
    const drop = smallestDetectableDrop(question) ?? 1;
    expect(detectionPower(question, drop)).toBeGreaterThanOrEqual(0.8);
    expect(detectionPower(question, drop - 0.001)).toBeLessThan(0.8);
  });

  it('finds a drop where there is none in at most alpha of the reviews, whatever the baseline was', () => {
    for (const cases of [20, 50, 300]) {
      expect(detectionPower({ ...suite(cases), samples: 3, draws: 1_000 }, 0)).toBeLessThan(0.06);
    }
  });

  /** From the simulation of the specification, where 7 in 10 cases are stable, 2 shaky and 1 hard. */
  it.each([
    [20, 3, 0.134],
    [50, 1, 0.138],
    [50, 3, 0.078],
    [50, 5, 0.064],
    [200, 3, 0.036],
  ])('%i cases with %i samples against 10: near %f', (cases, samples, published) => {
    const drop = smallestDetectableDrop({ ...suite(cases), samples, draws: 1_000 }) ?? 1;
    expect(drop / published).toBeGreaterThan(0.85);
    expect(drop / published).toBeLessThan(1.15);
  });

  it('takes cases with other numbers of samples as they are', () => {
    const uneven = { basePass: [10, 9, 4, 1], baseTotal: [10, 10, 5, 1], samples: [3, 3, 2, 1] };
    const even = { ...uneven, samples: 3 };
    expect(detectionPower(uneven, 0.5)).toBeLessThan(detectionPower(even, 0.5));
    expect(detectionPower({ ...even, samples: [3, 3, 3, 3] }, 0.5)).toBe(detectionPower(even, 0.5));
  });

  it('gives the drop and the power at another one from the same reviews', () => {
    const question = { ...suite(30), samples: 3 };
    expect(powerOf(question, 0.1)).toEqual({ drop: smallestDetectableDrop(question), at: detectionPower(question, 0.1) });
  });

  it('answers within a second for ten thousand cases', () => {
    const started = process.cpuUsage();
    const { drop, at } = powerOf({ ...suite(10_000), samples: 1 }, 0.2);
    expect(process.cpuUsage(started).user).toBeLessThan(3_000_000);
    expect(drop).toBeLessThan(0.02);
    expect(at).toBe(1);
  });

  it('knows when nothing can be found: too little data, or a baseline that never passes', () => {
    expect(smallestDetectableDrop({ basePass: [1], baseTotal: [1], samples: 1, draws: 50 })).toBeNull();
    expect(
      smallestDetectableDrop({ basePass: new Array(30).fill(0), baseTotal: new Array(30).fill(10), samples: 3, draws: 50 }),
    ).toBeNull();
    expect(smallestDetectableDrop({ basePass: [], baseTotal: [], samples: 3, draws: 50 })).toBeNull();
  });

  it('agrees between the exact sum and the expansion used for large suites', () => {
    const half = { basePass: new Array<number>(30).fill(5), baseTotal: new Array<number>(30).fill(10), samples: 3, draws: 500 };
    const more = { ...half, basePass: new Array<number>(90).fill(5), baseTotal: new Array<number>(90).fill(10) };
    const ratio = (smallestDetectableDrop(half) ?? 1) / (smallestDetectableDrop(more) ?? 1);
    expect(ratio).toBeGreaterThan(Math.sqrt(90 / 30) * 0.85);
    expect(ratio).toBeLessThan(Math.sqrt(90 / 30) * 1.15);
  });
});

describe('power sentence', () => {
  const run = { cases: 50, samples: '3 samples', baselineLeast: 10, baselineMost: 10, of: 'the pass rate' };
  it.each([
    [
      { ...run, drop: 0.078 },
      'With 50 cases x 3 samples against 10 approved ones, a drop of 8 points or more in the pass rate is found 4 times in 5. Smaller drops can pass unseen.',
    ],
    [
      { ...run, drop: 0.07, baselineLeast: 4 },
      'With 50 cases x 3 samples against 4 to 10 approved ones, a drop of 7 points or more in the pass rate is found 4 times in 5. Smaller drops can pass unseen.',
    ],
    [
      { ...run, cases: 1, samples: '1 sample', baselineLeast: 1, baselineMost: 1, drop: null },
      'With 1 case x 1 sample against 1 approved one, no drop in the pass rate is found 4 times in 5. Any drop can pass unseen.',
    ],
  ])('%o', (parts, sentence) => {
    expect(powerSentence(parts)).toBe(sentence);
  });
});
