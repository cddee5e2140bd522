import { describe, expect, it } from 'vitest';
import { centredPairs } from '../../../../engine/drift/cases/centredPairs.ts';
import { matrixOf } from '../../../../engine/drift/cases/distanceMatrix.ts';
import { energyStatistic, energyUnderSplits } from '../../../../engine/drift/cases/energyStatistic.ts';
import { energyPermutation, maxT } from '../../../../engine/drift/cases/maxT.ts';
import { seededRandom } from '../../../../engine/drift/cases/random.ts';
import { choose, splitsOf } from '../../../../engine/drift/cases/splits.ts';

describe('seeded random numbers', () => {
  it('repeat with the seed, differ with another, and a number is its text', () => {
    const draw = (seed: string | number) => Array.from({ length: 5 }, seededRandom(seed).uint32);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(draw(7)).toEqual(draw('7'));
  });

  it('are spread evenly', () => {
    const random = seededRandom('even');
    const counts = new Array<number>(6).fill(0);
    for (let n = 0; n < 60_000; n += 1) counts[random.below(6)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    let sum = 0;
    for (let n = 0; n < 60_000; n += 1) sum += random.unit();
    expect(Math.abs(sum / 60_000 - 0.5)).toBeLessThan(0.006);
  });

  it('refuse a bound that is none', () => expect(() => seededRandom(1).below(0)).toThrow(RangeError));
});

describe('splits', () => {
  it.each([
    [5, 3, 56, 'exact'],
    [10, 3, 286, 'exact'],
    [10, 8, 43_758, 'exact'],
    [30, 8, 10_000, 'random'],
  ] as const)('%i approved and %i new: %i splits, %s', (k, m, count, kind) => {
    const splits = splitsOf(k, m, 'seed');
    expect([splits.count, splits.kind]).toEqual([count, kind]);
  });

  it('counts ways without overflow', () => {
    expect(choose(18, 8)).toBe(43_758);
    expect(choose(17, 0)).toBe(1);
    expect(choose(2000, 1000)).toBe(Number.POSITIVE_INFINITY);
  });
});

const scattered = (size: number, seed: string) => {
  const random = seededRandom(seed);
  return matrixOf(size, () => random.unit());
};

describe('the energy statistic under splits', () => {
  it('is, for every exact split, what its definition says of the relabelled matrix', () => {
    const matrix = scattered(7, 'exact');
    const [k, m] = [4, 3];
    const into = new Float64Array(35);
    energyUnderSplits(matrix, splitsOf(k, m, 1), into);
    let at = 0;
    for (let a = 0; a < 7; a += 1) {
      for (let b = a + 1; b < 7; b += 1) {
        for (let c = b + 1; c < 7; c += 1) {
          const fresh = [a, b, c];
          const order = [...[0, 1, 2, 3, 4, 5, 6].filter((i) => !fresh.includes(i)), ...fresh];
          const relabelled = matrixOf(7, (i, j) => matrix.values[order[i]! * 7 + order[j]!]!);
          expect(into[at]).toBeCloseTo(energyStatistic(relabelled, k)!, 12);
          at += 1;
        }
      }
    }
    expect(at).toBe(35);
  });

  it('puts the observed split last, also when splits are drawn', () => {
    const matrix = scattered(38, 'drawn');
    const splits = splitsOf(30, 8, 'seed');
    const into = new Float64Array(splits.count);
    energyUnderSplits(matrix, splits, into);
    expect(into[splits.count - 1]).toBeCloseTo(energyStatistic(matrix, 30)!, 12);
  });

  it('draws the same splits for the same seed; a plain change has the least p there is', () => {
    const flipped = matrixOf(38, (i, j) => (i < 30 === j < 30 ? 0 : 1));
    const test = maxT([flipped], 30, 'seed');
    expect(test).toMatchObject({ exact: false, splits: 10_000, p: 1 / 10_000 });
    const noise = scattered(38, 'noise');
    expect(maxT([noise], 30, 'seed')).toEqual(maxT([noise], 30, 'seed'));
    expect(maxT([noise], 30, 'seed').p).not.toBe(maxT([noise], 30, 'other').p);
  });

  it.each([
    [10, 15],
    [30, 8],
  ])('counts drawn splits of %i approved and %i new by the largest standardised statistic, whichever group it sums', (k, m) => {
    const matrices = ['one', 'two', 'three'].map((seed) => scattered(k + m, seed));
    const splits = splitsOf(k, m, 'drawn');
    const largest = new Float64Array(splits.count).fill(Number.NEGATIVE_INFINITY);
    for (const matrix of matrices) {
      const statistics = new Float64Array(splits.count);
      energyUnderSplits(matrix, splits, statistics);
      const { deviation } = centredPairs(matrix, m);
      statistics.forEach((statistic, split) => {
        largest[split] = Math.max(largest[split]!, statistic / deviation);
      });
    }
    const least = largest.at(-1)! - 1e-10;
    const result = maxT(matrices, k, 'drawn');
    expect(result.p).toBe(largest.filter((z) => z >= least).length / splits.count);
    expect(Math.max(...result.views.map(({ z }) => z))).toBeCloseTo(largest.at(-1)!, 12);
  });

  it('has valid p-values: under no change at most a share alpha is at most alpha', () => {
    const random = seededRandom('size');
    let small = 0;
    const reviews = 400;
    for (let review = 0; review < reviews; review += 1) {
      const values = Array.from({ length: 13 }, () => random.below(3));
      const others = Array.from({ length: 13 }, () => random.unit());
      const labels = matrixOf(13, (i, j) => (values[i] === values[j] ? 0 : 1));
      const numbers = matrixOf(13, (i, j) => Math.abs(others[i]! - others[j]!));
      if (maxT([labels, numbers], 10, review).p <= 0.1) small += 1;
    }
    expect(small / reviews).toBeLessThan(0.1 + 3 * Math.sqrt(0.09 / reviews));
    expect(small / reviews).toBeGreaterThan(0.04);
  });

  it('one view alone agrees with max-T over one view', () => {
    const matrix = scattered(13, 'alone');
    expect(maxT([matrix], 10, 1).p).toBe(energyPermutation(matrix, 10, 1).p);
  });

  it('refuses views over different samples', () => expect(() => maxT([scattered(5, 'a'), scattered(6, 'b')], 3, 1)).toThrow(RangeError));
});
