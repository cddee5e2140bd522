import { describe, expect, it } from 'vitest';
import { caseMatrices } from '../../../../engine/drift/cases/caseMatrices.ts';
import { CLEAR_P, countedP, isUnclear, SCREEN_P, UNCLEAR_P } from '../../../../engine/drift/cases/looks.ts';
import { hasNewLabel } from '../../../../engine/drift/cases/newLabel.ts';
import { type SeededRandom, seededRandom } from '../../../../engine/drift/cases/random.ts';
import { reviewCase } from '../../../../engine/drift/cases/reviewCase.ts';
import { RANDOM_SPLITS } from '../../../../engine/drift/cases/splits.ts';

/** Outputs written as one character each, or `{"a":1}` by whole. */
const samples = (labels: string) => [...labels].map((label) => ({ text: JSON.stringify({ label }), contract: null }));

const review = (approved: string, ...[screen = '', confirm, third]: readonly string[]) =>
  reviewCase({
    baseline: samples(approved),
    screen: samples(screen),
    confirm: confirm === undefined ? null : samples(confirm),
    third: third === undefined ? null : samples(third),
    seed: 's',
  });

describe('the p-value over the looks', () => {
  it.each([
    [false, 0.00001, 0.00001, 1],
    [true, null, null, 1],
    [true, CLEAR_P, null, CLEAR_P],
    [true, CLEAR_P, 0.9, CLEAR_P],
    [true, 0.01, null, 1],
    [true, 0.01, 0.003, 0.003 + CLEAR_P],
    [true, UNCLEAR_P, 0.003, 0.003 + CLEAR_P],
    [true, 0.101, 0.00001, 1],
    [true, 0.01, 1, 1],
  ])('suspect %s, second look %d, third %d: %d', (suspect, pConfirm, pThird, p) => {
    expect(countedP({ suspect, pConfirm, pThird }, 'three')).toBe(p);
  });

  it('of two looks is that of the second', () => {
    expect(countedP({ suspect: true, pConfirm: 0.03, pThird: null }, 'two')).toBe(0.03);
    expect(countedP({ suspect: false, pConfirm: 0.03, pThird: null }, 'two')).toBe(1);
  });

  it('leaves room for a drawn p-value to be listed alone among 50 and to fail a review of 50', () => {
    const least = 1 / (RANDOM_SPLITS + 1) + CLEAR_P;
    expect(least).toBeLessThan(0.025 / 50);
    expect(least).toBeLessThan(0.1 / 50);
  });
});

describe('three looks at a case', () => {
  it('end early where two are enough, and go on where they are not', () => {
    expect(review('aaaaaaaaaa', 'bbb', 'bbbbb')).toMatchObject({ suspect: true, unclear: false, unconfirmed: false, pConfirm: 1 / 43_758 });
    const open = review('aaaaaaaaab', 'bab', 'babab');
    expect(open).toMatchObject({ suspect: true, unclear: true, unconfirmed: true, p: 1 });
    const third = review('aaaaaaaaab', 'bab', 'babab', 'bbbbabbb');
    expect(third).toMatchObject({ suspect: true, unclear: true, unconfirmed: false, exact: false, fresh: 16 });
    expect([third.pScreen, third.pConfirm]).toEqual([open.pScreen, open.pConfirm]);
    expect(third.p).toBeLessThan(0.01);
    expect(third.p).toBeGreaterThan(CLEAR_P);
  });

  it('a gate that was not passed gives 1, whatever the third look says', () => {
    expect(review('aaaaabbbbb', 'abc', 'ababa', 'cccccccc')).toMatchObject({ unclear: false, unconfirmed: false, p: 1 });
    expect(review('aaaaabbbbb', 'aba', 'ccccc', 'cccccccc')).toMatchObject({ suspect: false, unclear: false, p: 1 });
  });

  it('the suite sees the first alone', () => {
    const { firstLook } = review('aaaaaaaaab', 'bab', 'babab', 'bbbbabbb');
    expect(firstLook).toEqual(review('aaaaaaaaab', 'bab').firstLook);
  });

  it('two looks take what lies beyond the first as one', () => {
    const of = { baseline: samples('aaaaaaaaab'), screen: samples('bab'), seed: 's', looks: 'two' as const };
    const [parted, whole] = [
      reviewCase({ ...of, confirm: samples('aba'), third: samples('bb') }),
      reviewCase({ ...of, confirm: samples('ababb') }),
    ];
    expect(parted).toEqual(whole);
    expect(parted).toMatchObject({ unclear: false, unconfirmed: false });
    expect(parted.p).toBe(parted.pConfirm);
  });

  it('p is valid while nothing changes, though looks are taken by looking', () => {
    const random = seededRandom('valid');
    const chances = (): readonly string[] => Array.from({ length: 4 }, () => ['a', 'b', 'c'][random.below(3)]!);
    const counts = { suspect: 0, unclear: 0, below: LEVELS.map(() => 0) };
    for (let n = 0; n < CASES; n += 1) {
      const labels = chances();
      const p = lookThreeTimes(labels, random, counts);
      LEVELS.forEach((level, at) => {
        if (p <= level) counts.below[at]! += 1;
      });
    }
    expect(counts.suspect).toBeGreaterThan(CASES / 20);
    expect(counts.unclear).toBeGreaterThan(5);
    LEVELS.forEach((level, at) => {
      expect(counts.below[at]! / CASES).toBeLessThan(level + 4 * Math.sqrt((level * (1 - level)) / CASES));
    });
  });
});

const CASES = 1500;
const LEVELS = [0.01, 0.05, 0.1, SCREEN_P];

/** A case whose answers are drawn from a few labels, looked at as a review does; its p-value. */
function lookThreeTimes(labels: readonly string[], random: SeededRandom, counts: { suspect: number; unclear: number }): number {
  const draw = (count: number): string => Array.from({ length: count }, () => labels[random.below(labels.length)]).join('');
  const [approved, screen, confirm, third] = [draw(10), draw(3), draw(5), draw(8)];
  const first = review(approved, screen);
  if (!first.suspect) return first.p ?? 1;
  counts.suspect += 1;
  const second = review(approved, screen, confirm);
  if (!second.unclear) return second.p ?? 1;
  counts.unclear += 1;
  return review(approved, screen, confirm, third).p ?? 1;
}

describe('a new label', () => {
  const isNew = (approved: readonly unknown[], fresh: readonly unknown[], rules = new Map()) =>
    hasNewLabel(
      caseMatrices(
        [...approved, ...fresh].map((value) => ({ text: JSON.stringify(value), contract: null })),
        { rules },
      ),
      approved.length,
    );
  const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);

  it.each([
    ['one that no approved sample gave', times(10, { team: 'a' }), [{ team: 'a' }, { team: 'b' }], true],
    ['none', [...times(5, { team: 'a' }), ...times(5, { team: 'b' })], [{ team: 'b' }, { team: 'b' }], false],
    ['a label that is left out', times(10, { team: 'a', kind: 'x' }), [{ team: 'a' }, { team: 'a', kind: 'x' }], true],
    ['of an output that is a label', times(10, 'a'), ['b'], true],
    ['a number is no label', times(10, { n: 1 }), [{ n: 2 }], false],
    ['nor is one in a list', times(10, { tags: ['a'] }), [{ tags: ['a', 'b'] }], false],
    ['nor what is hardly ever the same', [1, 2, 3, 4, 5, 6, 7].map((n) => ({ id: `x${n}` })), [{ id: 'x8' }], false],
  ])('%s', (_, approved, fresh, expected) => expect(isNew(approved, fresh)).toBe(expected));

  it('is compared as the rules say', () => {
    expect(isNew(times(10, { team: 'a' }), [{ team: 'A' }])).toBe(true);
    expect(isNew(times(10, { team: 'a' }), [{ team: 'A' }], new Map([['team', { foldCase: true }]]))).toBe(false);
  });
});

it.each([
  [CLEAR_P, false],
  [CLEAR_P * 1.01, true],
  [UNCLEAR_P, true],
  [UNCLEAR_P * 1.01, false],
])('two looks with p = %d leave it open: %s', (p, open) => expect(isUnclear(p)).toBe(open));
