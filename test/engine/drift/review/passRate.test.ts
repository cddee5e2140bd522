import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../engine/drift/cases/random.ts';
import { casesNeeded, meanShares, pairedOutcomes, passRateOf, samplesWords } from '../../../../engine/drift/review/passRate.ts';
import type { OutcomeCounts } from '../../../../engine/drift/review/suiteReview.ts';
import { bonettPrice } from '../../../../engine/drift/suite/bonettPrice.ts';

/** `9/10 2/3` */
function outcome(written: string): OutcomeCounts {
  const [baseline, candidate] = written.split(' ').map((side) => side.split('/').map(Number));
  return {
    baseline: { yes: baseline?.[0] ?? 0, total: baseline?.[1] ?? 0 },
    candidate: { yes: candidate?.[0] ?? 0, total: candidate?.[1] ?? 0 },
  };
}

const many = (count: number, written: string): readonly OutcomeCounts[] => Array.from({ length: count }, () => outcome(written));
const unmoved = { fell: false, pRise: 0.5 };

describe('pass rates', () => {
  it('leaves out cases without scores on a side', () => {
    const cases = [null, outcome('9/10 0/0'), outcome('0/0 1/3'), outcome('9/10 2/3')];
    expect(pairedOutcomes(cases)).toEqual([outcome('9/10 2/3')]);
    expect(passRateOf([], unmoved)).toBeNull();
  });

  it('are means over cases, whatever their samples', () => {
    const cases = [outcome('1/1 0/1'), outcome('5/10 3/3')];
    expect(meanShares(cases)).toEqual({ baseline: 0.75, candidate: 0.5 });
    expect(passRateOf(cases, unmoved)).toMatchObject({ baseline: 0.75, candidate: 0.5, difference: -0.25, cases: 2, pRise: 0.5 });
  });

  it('with one sample a side, the interval is near that of Bonett and Price', () => {
    const cases = [...many(300, '1/1 1/1'), ...many(40, '1/1 0/1'), ...many(10, '0/1 1/1'), ...many(50, '0/1 0/1')];
    const known = bonettPrice({ bothPass: 300, lost: 40, gained: 10, bothFail: 50 }, 0.95);
    const { interval } = passRateOf(cases, unmoved) ?? { interval: { low: 0, high: 0 } };
    expect(Math.abs(interval.low - known.low)).toBeLessThan(0.001);
    expect(Math.abs(interval.high - known.high)).toBeLessThan(0.001);
  });

  it.each([
    ['fell', many(10, '10/10 0/3'), true, 'worse'],
    ['nothing differs in many cases', many(200, '10/10 3/3'), false, 'not worse by more than 5 points'],
    ['nothing differs in a few', many(5, '10/10 3/3'), false, 'inconclusive: about 200 cases x 3 samples would settle it'],
    [
      'other numbers of samples',
      [outcome('4/5 1/2'), outcome('9/10 1/3')],
      false,
      'inconclusive: about 500 cases x 2 to 3 samples would settle it',
    ],
    ['one sample', many(1, '1/1 1/1'), false, 'inconclusive: about 1700 cases x 1 sample would settle it'],
  ])('%s: what follows', (_, cases, fell, words) => expect(passRateOf(cases, { fell, pRise: 1 })?.words).toBe(words));

  it('so many cases do settle it: most suites of that size without a change are found not worse', () => {
    const random = seededRandom('settle');
    const draw = (rate: number, total: number) => ({
      yes: Array.from({ length: total }, () => random.unit()).filter((unit) => unit < rate).length,
      total,
    });
    const suite = (cases: number) =>
      Array.from({ length: cases }, (_, at) => ({
        baseline: draw(at % 3 === 0 ? 0.7 : 0.98, 10),
        candidate: draw(at % 3 === 0 ? 0.7 : 0.98, 3),
      }));
    const needed = casesNeeded(suite(400), 0.05);
    const settled = Array.from({ length: 200 }, () => passRateOf(suite(needed), unmoved)?.words).filter((words) =>
      words?.startsWith('not worse'),
    );
    expect(settled.length).toBeGreaterThan(140);
  });

  it('names the samples a case', () => {
    expect([samplesWords(many(2, '1/1 1/1')), samplesWords([outcome('1/1 1/3'), outcome('1/1 1/2')])]).toEqual([
      '1 sample',
      '2 to 3 samples',
    ]);
  });
});
