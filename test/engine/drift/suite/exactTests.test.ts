import { describe, expect, it } from 'vitest';
import { binomialTest } from '../../../../engine/drift/suite/binomialTest.ts';
import { fisherExact, type TwoByTwo } from '../../../../engine/drift/suite/fisherExact.ts';
import { mcnemarExact } from '../../../../engine/drift/suite/mcnemarExact.ts';
import { permutationMean } from '../../../../engine/drift/suite/permutationMean.ts';
import { hypergeometricSum, stratifiedExact } from '../../../../engine/drift/suite/stratifiedExact.ts';
import { expectClose, referenceCases } from './reference.ts';

describe('stratified exact test', () => {
  type Input = Readonly<Record<'base_pass' | 'base_n' | 'new_pass' | 'new_n', readonly number[]>>;
  for (const { name, input, expected, tolerance } of referenceCases<Input, unknown>('stratified_exact')) {
    it(`reference: ${name}`, () => {
      const counts = { basePass: input.base_pass, baseTotal: input.base_n, newPass: input.new_pass, newTotal: input.new_n };
      const { newTotal, expectedTotal, pDrop, pRise, pTwoSided } = stratifiedExact(counts);
      const actual = { new_total: newTotal, expected_total: expectedTotal, p_drop: pDrop, p_rise: pRise, p_two_sided: pTwoSided };
      expectClose(actual, expected, tolerance);
    });
  }

  it('is Fisher with one case, McNemar with one sample a side, and turns drop into rise when the sides are swapped', () => {
    const one = stratifiedExact({ basePass: [8], baseTotal: [10], newPass: [1], newTotal: [6] });
    const fisher = fisherExact([
      [2, 8],
      [5, 1],
    ]);
    expect(one.pDrop).toBeCloseTo(fisher.less, 12);
    expect(one.pTwoSided).toBeCloseTo(fisher.twoSided, 12);
    const ones = new Array(9).fill(1);
    const paired = stratifiedExact({
      basePass: [1, 1, 1, 1, 1, 1, 0, 1, 0],
      baseTotal: ones,
      newPass: [0, 0, 0, 0, 0, 0, 1, 1, 0],
      newTotal: ones,
    });
    expect(paired.pDrop).toBeCloseTo(mcnemarExact(6, 1).pDrop, 12);
    const forth = { basePass: [4, 9, 2], baseTotal: [5, 10, 3], newPass: [1, 2, 3], newTotal: [3, 3, 4] };
    const back = { basePass: forth.newPass, baseTotal: forth.newTotal, newPass: forth.basePass, newTotal: forth.baseTotal };
    expect(stratifiedExact(forth).pDrop).toBeCloseTo(stratifiedExact(back).pRise, 12);
  });

  it('does not care about the order of cases nor about cases without samples on a side', () => {
    const plain = stratifiedExact({ basePass: [4, 9], baseTotal: [5, 10], newPass: [1, 2], newTotal: [3, 3] });
    const more = stratifiedExact({ basePass: [9, 3, 0, 4], baseTotal: [10, 5, 0, 5], newPass: [2, 0, 0, 1], newTotal: [3, 0, 0, 3] });
    expect(more.pDrop).toBeCloseTo(plain.pDrop, 14);
    expect(more.pTwoSided).toBeCloseTo(plain.pTwoSided, 14);
  });

  it('keeps its distribution whole: 200 cases sum to 1', () => {
    const all = Array.from({ length: 200 }, (_, index) => index % 14);
    const { low, chances } = hypergeometricSum(
      all.map(() => 13),
      all,
      all.map(() => 3),
    );
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 11);
    expect(low).toBe(all.reduce((sum, passes) => sum + Math.max(0, passes - 10), 0));
  });
});

describe('McNemar exact', () => {
  for (const { name, input, expected, tolerance } of referenceCases<{ b: number; c: number }, unknown>('mcnemar_exact')) {
    it(`reference: ${name}`, () => {
      const { pDrop, pRise, pTwoSided, midPTwoSided } = mcnemarExact(input.b, input.c);
      expectClose({ p_drop: pDrop, p_rise: pRise, p_two_sided: pTwoSided, mid_p_two_sided: midPTwoSided }, expected, tolerance);
    });
  }
});

describe('Fisher exact', () => {
  for (const { name, input, expected, tolerance } of referenceCases<{ table: TwoByTwo }, unknown>('fisher_exact')) {
    it(`reference: ${name}`, () => {
      const { less, greater, twoSided } = fisherExact(input.table);
      expectClose({ less, greater, two_sided: twoSided }, expected, tolerance);
    });
  }
});

describe('binomial test', () => {
  for (const { name, input, expected, tolerance } of referenceCases<{ x: number; n: number; p: number }, unknown>('binomial_test')) {
    it(`reference: ${name}`, () => {
      const { less, greater, twoSided } = binomialTest(input.x, input.n, input.p);
      expectClose({ less, greater, two_sided: twoSided }, expected, tolerance);
    });
  }

  it('two-sided p is the sum over all outcomes at most as likely, for every count', () => {
    for (const p of [0.05, 0.3, 0.5, 0.72]) {
      const chances = Array.from({ length: 14 }, (_, x) => choose(13, x) * p ** x * (1 - p) ** (13 - x));
      chances.forEach((seen, x) => {
        const sum = chances.filter((chance) => chance <= seen * (1 + 1e-7)).reduce((total, chance) => total + chance, 0);
        expect(binomialTest(x, 13, p).twoSided, `x ${x} p ${p}`).toBeCloseTo(sum, 11);
      });
    }
  });

  it('knows chances of 0 and 1', () => {
    expect(binomialTest(0, 5, 0)).toEqual({ less: 1, greater: 1, twoSided: 1 });
    expect(binomialTest(1, 5, 0)).toEqual({ less: 1, greater: 0, twoSided: 0 });
    expect(binomialTest(4, 5, 1)).toEqual({ less: 0, greater: 1, twoSided: 0 });
  });
});

describe('permutation test on means', () => {
  type Input = { readonly x: readonly number[]; readonly y: readonly number[] };
  for (const { name, input, expected, tolerance } of referenceCases<Input, object>('permutation_mean')) {
    it(`reference: ${name}`, () => {
      const { diff, pLess, pGreater, pTwoSided, splits } = permutationMean(input.x, input.y);
      expectClose({ diff, p_less: pLess, p_greater: pGreater, p_two_sided: pTwoSided, splits }, expected, tolerance);
    });
  }

  it('draws labelings by seed where there are too many, near the exact answer and the same every time', () => {
    const base = Array.from({ length: 10 }, (_, index) => index);
    const next = Array.from({ length: 10 }, (_, index) => index + 2.5);
    const drawn = permutationMean(base, next, 7);
    expect(drawn).toMatchObject({ splits: 9_999, exact: false, diff: 2.5 });
    expect(drawn).toEqual(permutationMean(base, next, 7));
    expect(drawn.pGreater).not.toBe(permutationMean(base, next, 8).pGreater);
    const fewer = permutationMean(base.slice(1, 9), next.slice(1, 9));
    expect(fewer).toMatchObject({ splits: 12_870, exact: true });
    expect(drawn.pGreater).toBeGreaterThan(0.02);
    expect(drawn.pGreater).toBeLessThan(0.06);
    expect(permutationMean(new Array(12).fill(0), new Array(12).fill(1)).pTwoSided).toBe(1 / 10_000);
  });
});

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i += 1) {
    ways = (ways * (n - k + i)) / i;
  }
  return ways;
}
