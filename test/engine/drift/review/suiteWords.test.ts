import { describe, expect, it } from 'vitest';
import { countsSentence } from '../../../../engine/drift/review/countsSentence.ts';
import { percent, points, pValue } from '../../../../engine/drift/review/figures.ts';
import { phrases } from '../../../../engine/drift/review/phrases.ts';
import { quickSentences, type SuiteFacts, suiteSentences } from '../../../../engine/drift/review/suiteWords.ts';
import { starred } from './suites.ts';

describe('counts of cases', () => {
  it.each([
    [{}, 'There is no case to compare.'],
    [{ noise: 1 }, 'The one case differs no more than the approved samples differ among themselves.'],
    [{ same: 1 }, 'The one case says the same.'],
    [{ same: 30, equivalent: 20 }, 'All 50 cases say the same.'],
    [{ same: 30, noise: 20 }, 'All 50 cases differ no more than the approved samples differ among themselves.'],
    [
      { broken: 1, drifted: 7, unsure: 3, noise: 21, same: 18 },
      '**1 case broke**, **7 drifted**; 3 cannot be told yet; the other 39 differ no more than the approved samples differ among themselves.',
    ],
    [{ drifted: 1, same: 1 }, '**1 case drifted**; the other one says the same.'],
    [{ drifted: 2, noise: 1 }, '**2 cases drifted**; the other one differs no more than the approved samples differ among themselves.'],
    [{ broken: 3 }, '**3 cases broke**.'],
    [{ unsure: 1, new: 1, missing: 2 }, '1 case cannot be told yet; 1 is new; 2 are missing.'],
    [{ new: 2 }, '2 cases are new.'],
    [{ missing: 1, same: 4 }, '1 case is missing; the other 4 say the same.'],
    [{ broken: 1, changed: 12, same: 5 }, '**1 case broke**, **12 changed** (not tested for noise); the other 5 say the same.'],
  ])('%j', (labels, sentence) => expect(countsSentence(labels)).toBe(sentence));

  it('a quick compare counts and claims nothing', () => {
    expect(starred(quickSentences({ changed: 5, equivalent: 3, same: 42 }))).toBe(
      '**5 cases changed**; the other 45 say the same. No claim: one sample a case cannot tell a change from noise.',
    );
  });
});

const rate = {
  baseline: 0.942,
  candidate: 0.86,
  difference: -0.082,
  interval: { low: -0.131, high: -0.034 },
  words: 'worse',
  pRise: 1,
  cases: 50,
  fell: true,
  rose: false,
};
const near = {
  ...rate,
  candidate: 0.935,
  difference: -0.007,
  interval: { low: -0.03, high: 0.016 },
  words: 'not worse by more than 5 points',
  fell: false,
};
const power = { drop: 0.078, at20: 1, of: 'the pass rate', needed: '30 cases x 3 samples' };
const plain: SuiteFacts = {
  word: 'steady',
  labels: { noise: 21, same: 29 },
  tested: 50,
  passRate: near,
  contractFell: null,
  changedP: null,
  power,
};
const QUIET = 'All 50 cases differ no more than the approved samples differ among themselves.';
const NEAR = 'The pass rate is **93.5 %**, before 94.2 % (−0.7 points, 95 % interval −3.0 to 1.6); not worse by more than 5 points.';

describe('the verdict in sentences', () => {
  it.each<[string, Partial<SuiteFacts>, string]>([
    [
      'worse by the pass rate',
      { word: 'worse', passRate: rate, labels: { broken: 1, drifted: 7, unsure: 3, noise: 39 } },
      'The pass rate fell from **94.2 %** to **86.0 %** (−8.2 points, 95 % interval −13.1 to −3.4). **1 case broke**, **7 drifted**; 3 cannot be told yet; the other 39 differ no more than the approved samples differ among themselves.',
    ],
    [
      'worse by the contract',
      { word: 'worse', contractFell: { baseline: 0.992, candidate: 0.88 } },
      `${NEAR} **Fewer outputs keep their contract**: 88.0 %, before 99.2 %. ${QUIET}`,
    ],
    [
      'better',
      {
        word: 'better',
        passRate: {
          ...rate,
          baseline: 0.86,
          candidate: 0.942,
          difference: 0.082,
          interval: { low: 0.034, high: 0.131 },
          fell: false,
          rose: true,
        },
      },
      `The pass rate rose from **86.0 %** to **94.2 %** (+8.2 points, 95 % interval 3.4 to 13.1). ${QUIET}`,
    ],
    [
      'changed, and no single case shows it',
      { word: 'changed', changedP: 0.00033 },
      `${NEAR} **The outputs changed** over the suite beyond the approved samples' own variation (p = 0.0003), though no single case shows it. ${QUIET}`,
    ],
    [
      'changed, with cases',
      { word: 'changed', changedP: 0.00001, labels: { drifted: 50 } },
      `${NEAR} **The outputs changed** over the suite beyond the approved samples' own variation (p < 0.0001). **50 cases drifted**.`,
    ],
    [
      'steady',
      {},
      `**No drift found**; this run would have found a drop of 8 points or more in the pass rate 4 times in 5. ${NEAR} ${QUIET}`,
    ],
    [
      'steady with a listed case',
      { labels: { drifted: 1, same: 49 } },
      `**No drift found** in the suite as a whole; this run would have found a drop of 8 points or more in the pass rate 4 times in 5. ${NEAR} **1 case drifted**; the other 49 say the same.`,
    ],
    [
      'steady, one sample a case',
      { tested: 0, labels: { changed: 12, same: 38 }, power: { ...power, drop: 0.01 } },
      `**No fall of the pass rate found**; this run would have found a drop of 1 point or more in the pass rate 4 times in 5. ${NEAR} **12 cases changed** (not tested for noise); the other 38 say the same.`,
    ],
    [
      'steady without scores',
      { passRate: null, power: null },
      `**No drift found**; without a score or a contract it cannot be said what this run would have found. ${QUIET}`,
    ],
    [
      'the same rate, inconclusive',
      {
        passRate: {
          ...near,
          candidate: 0.942,
          difference: 0,
          interval: { low: -0.08, high: 0.08 },
          words: 'inconclusive: about 140 cases x 3 samples would settle it',
        },
      },
      `**No drift found**; this run would have found a drop of 8 points or more in the pass rate 4 times in 5. The pass rate is **94.2 %** on both sides (95 % interval −8.0 to 8.0); inconclusive: about 140 cases x 3 samples would settle it. ${QUIET}`,
    ],
    [
      'too little',
      { word: 'insufficientData', power: { ...power, at20: 0.34, drop: null } },
      `**Too little data to tell**: a drop of 20 points in the pass rate would have been found in 34.0 % of such runs; about 30 cases x 3 samples would do. ${NEAR} ${QUIET}`,
    ],
    [
      'nothing to tell by',
      { word: 'insufficientData', tested: 0, passRate: null, labels: { changed: 2 } },
      '**Too little data to tell**: nothing was scored, and no case has the 3 approved and 2 new samples that a test for noise takes. **2 cases changed** (not tested for noise).',
    ],
  ])('%s', (_, facts, sentence) => expect(starred(suiteSentences({ ...plain, ...facts }))).toBe(sentence));
});

describe('figures', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.9999, '99.9 %'],
    [0.0001, '0.1 %'],
    [0.942, '94.2 %'],
  ])('share %d: %s', (share, text) => expect(percent(share)).toBe(text));

  it.each([
    [-0.082, '−8.2', '−8.2'],
    [0.016, '1.6', '+1.6'],
    [0, '0.0', '0.0'],
    [-0.0004, '0.0', '0.0'],
  ])('difference %d: %s', (difference, text, withPlus) => expect([points(difference), points(difference, true)]).toEqual([text, withPlus]));

  it.each([
    [0.00003, 'p < 0.0001'],
    [0.00023, 'p = 0.0002'],
    [0.0123, 'p = 0.012'],
    [0.4999, 'p = 0.5'],
    [1, 'p = 1'],
  ])('p %d: %s', (p, text) => expect(pValue(p)).toBe(text));

  it('stars make phrases', () =>
    expect(phrases('**a** b **c**')).toEqual([{ text: 'a', strong: true }, { text: ' b ' }, { text: 'c', strong: true }]));
});
