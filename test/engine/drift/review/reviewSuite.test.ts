import { describe, expect, it } from 'vitest';
import { reviewSuite } from '../../../../engine/drift/review/reviewSuite.ts';
import type { SuiteCase } from '../../../../engine/drift/review/suiteReview.ts';
import { holm } from '../../../../engine/drift/suite/adjustPValues.ts';
import { mcnemarExact } from '../../../../engine/drift/suite/mcnemarExact.ts';
import { SuiteVerdict } from '../../../../protocol/index.ts';
import { repeated, starred, suiteCase } from './suites.ts';

const options = { seed: '7', kind: 'review' as const, screen: 3 };
const review = (...parts: readonly (readonly SuiteCase[])[]) => reviewSuite(parts.flat(), options);
const quiet = (count: number) => repeated(count, 'a*10|a*3');

describe('the word: the first that applies', () => {
  it.each<[string, readonly (readonly SuiteCase[])[], string]>([
    ['the pass rate fell', [repeated(40, 'a*10|a ~a*2|~a*3 a*2')], 'worse'],
    ['the contract fell, scores did not', [repeated(40, 'a*9 !a|a !a*2|!a*3 a*2')], 'worse'],
    ['the pass rate rose', [repeated(40, '~a*7 a*3|a*3')], 'better'],
    ['the pass rate rose, but a case broke', [repeated(40, '~a*7 a*3|a*3'), [suiteCase('x', 'a*2|!z')]], 'steady'],
    ['labels moved in many cases', [repeated(30, 'a*8 b*2|b*2 a')], 'changed'],
    ['one case broke', [quiet(49), [suiteCase('x', 'a*10|!z*3|!z*5')]], 'worse'],
    ['one case answers another label', [quiet(49), [suiteCase('x', 'a*10|z*3|z*5')]], 'changed'],
    ['three cases', [quiet(3)], 'insufficientData'],
    ['nothing scored, nothing tested', [repeated(200, 'a|b', { scored: false, looks: 'one' })], 'insufficientData'],
    ['no case at all', [], 'insufficientData'],
    ['cases on one side only', [repeated(60, '|a*3'), repeated(60, 'a*10|')], 'insufficientData'],
    ['nothing differs', [quiet(50)], 'steady'],
    ['nothing scored, but a contract to go by', [repeated(50, 'a*10|a*3', { scored: false })], 'steady'],
  ])('%s', (_, parts, word) => expect(review(...parts).verdict.word).toBe(word));

  it('is in the shape that comparisons keep', () => {
    const { verdict } = review(repeated(20, 'a*8 b*2|b*2 a'), [suiteCase('x', 'a*10|!z*3|!z*5')]);
    expect(SuiteVerdict.parse({ ...verdict, shifts: [] })).toEqual({ ...verdict, shifts: [] });
  });
});

describe('headline tests', () => {
  it('share their error by Holm, and only those there are', () => {
    const { tests } = review(repeated(40, 'a*10|a ~a*2|~a*3 a*2')).verdict;
    const p = [tests.passRate?.p ?? 2, tests.contract?.p ?? 2, tests.distribution?.p ?? 2];
    expect([tests.passRate?.adjusted, tests.contract?.adjusted, tests.distribution?.adjusted]).toEqual(holm(p));
    expect([tests.passRate?.rejected, tests.contract?.rejected]).toEqual([true, false]);
    expect(Object.keys(review(repeated(30, 'a|a ', { looks: 'one' })).verdict.tests)).toEqual(['passRate', 'contract']);
    expect(review([]).verdict.tests).toEqual({});
  });

  it('see the first look only: what suspects said later does not count', () => {
    const once = review(repeated(30, 'a*8 b*2|b a*2')).verdict;
    const twice = review(repeated(30, 'a*8 b*2|b a*2|~b*5')).verdict;
    expect([twice.tests, twice.fields, twice.passRate]).toEqual([once.tests, once.fields, once.passRate]);
  });

  it('keep the promise: fewer than 5 % of undrifted reviews fail', () => {
    const labels = ['a', 'b', 'c'];
    let state = 1;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const side = (count: number, shaky: boolean) =>
      Array.from(
        { length: count },
        () => `${random() < (shaky ? 0.2 : 0.02) ? '~' : ''}${shaky ? labels[Math.floor(random() * 3)] : 'a'}`,
      ).join(' ');
    const failed = Array.from({ length: 60 }, (_, at) => {
      const cases = Array.from({ length: 20 }, (__, of) => {
        const shaky = of % 3 === 0;
        const written = `${side(10, shaky)}|${side(3, shaky)}`;
        const first = suiteCase(`c${of}`, written);
        return first.evidence.suspect ? suiteCase(`c${of}`, `${written}|${side(5, shaky)}`) : first;
      });
      return reviewSuite(cases, { ...options, seed: `${at}` }).verdict.word;
    }).filter((word) => word === 'worse' || word === 'changed');
    expect(failed.length / 60).toBeLessThan(0.05 + 2 * Math.sqrt(0.0475 / 60));
  });
});

describe('one sample a side', () => {
  const recorded = (lost: number, gained: number) => [
    ...repeated(lost, 'a|~b', { looks: 'one' }),
    ...repeated(gained, '~a|b', { looks: 'one' }),
    ...repeated(300 - lost - gained, 'a|a', { looks: 'one' }),
  ];
  const judged = (lost: number, gained: number) => reviewSuite(recorded(lost, gained), { ...options, screen: 1 });

  it('the pass rate is tested as by McNemar; no case is tested for noise', () => {
    const { verdict, cases } = judged(30, 8);
    expect(verdict.tests.passRate?.p).toBeCloseTo(mcnemarExact(30, 8).pDrop, 12);
    expect(verdict).toMatchObject({ word: 'worse', fields: [], gated: 0 });
    expect(verdict.tests.distribution).toBeUndefined();
    expect(new Set(cases.map(({ label, q }) => `${label} ${q}`))).toEqual(new Set(['changed null', 'same null']));
    expect(starred(verdict.sentences)).toMatch(
      /^The pass rate fell from \*\*97\.3 %\*\* to \*\*90\.0 %\*\* .*\*\*38 cases changed\*\* \(not tested for noise\)/,
    );
  });

  it('steady speaks of the pass rate alone', () => {
    expect(starred(judged(9, 8).verdict.sentences)).toMatch(
      /^\*\*No fall of the pass rate found\*\*; this run would have found a drop of \d+ points? or more/,
    );
  });
});

describe('a quick compare', () => {
  it('runs no test and claims nothing, whatever it is given', () => {
    const { verdict, cases } = reviewSuite([...quiet(3), suiteCase('x', 'a*10|!z*3|!z*5'), suiteCase('y', 'a*10|b*3')], {
      ...options,
      kind: 'quick',
    });
    expect(verdict).toMatchObject({ word: 'untested', tests: {}, fields: [], gated: 0 });
    expect(verdict.power).toBeUndefined();
    expect(cases.map(({ label, q }) => [label, q])).toEqual([...Array(3).fill(['same', null]), ['broken', null], ['changed', null]]);
    expect(starred(verdict.sentences)).toContain('No claim');
  });
});

it('the same seed gives the same review', () => {
  const cases = repeated(10, 'a*7 b*3|b*2 a');
  expect(reviewSuite(cases, options)).toEqual(reviewSuite(cases, options));
});

it('ten thousand cases with one sample a side are judged in a second or two', () => {
  const [changed, same] = [suiteCase('x', 'a|~b', { looks: 'one' }), suiteCase('y', 'a|a', { looks: 'one' })];
  const cases = Array.from({ length: 10_000 }, (_, at) => ({ ...(at % 3 === 0 ? changed : same), caseId: `c${at}` }));
  const started = process.cpuUsage();
  expect(reviewSuite(cases, { ...options, screen: 1 }).verdict.word).toBe('worse');
  expect(process.cpuUsage(started).user).toBeLessThan(4_000_000);
});
