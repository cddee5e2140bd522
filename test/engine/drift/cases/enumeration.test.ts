import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centredPairs } from '../../../../engine/drift/cases/centredPairs.ts';
import { type DistanceMatrix, matrixOf } from '../../../../engine/drift/cases/distanceMatrix.ts';
import { energyStatistic, energyUnderSplits } from '../../../../engine/drift/cases/energyStatistic.ts';
import { COUNT_TOLERANCE, maxT } from '../../../../engine/drift/cases/maxT.ts';
import { splitsOf } from '../../../../engine/drift/cases/splits.ts';

/** The test as it is defined, view by view: statistics of all splits, standardised by their own deviation, the largest z of each split. */
function byDefinition(matrices: readonly DistanceMatrix[], k: number) {
  const size = matrices[0]?.size ?? 0;
  const splits = splitsOf(k, size - k, 1);
  const zs = matrices.map((matrix) => {
    const t = new Float64Array(splits.count);
    energyUnderSplits(matrix, splits, t);
    const mean = t.reduce((sum, value) => sum + value, 0) / splits.count;
    const deviation = Math.sqrt(t.reduce((sum, value) => sum + (value - mean) ** 2, 0) / splits.count);
    return Array.from(t, (value) => (deviation > 1e-9 ? value / deviation : 0));
  });
  const largest = Array.from({ length: splits.count }, (_, split) => Math.max(...zs.map((z) => z[split] ?? 0)));
  const share = (z: number) => largest.filter((value) => value >= z - COUNT_TOLERANCE).length / splits.count;
  const observed = zs.map((z) => z[splits.count - 1] ?? 0);
  return { p: share(Math.max(...observed)), z: observed, pAdjusted: observed.map(share) };
}

const sides = fc.record({ k: fc.integer({ min: 1, max: 6 }), m: fc.integer({ min: 1, max: 5 }) });
const views = sides.chain(({ k, m }) =>
  fc.record({
    k: fc.constant(k),
    matrices: fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: k + m, maxLength: k + m }), { minLength: 1, maxLength: 4 }),
  }),
);
/** Labels and numbers with many ties: the hard case for counting. */
const distances = (values: readonly number[], at: number): DistanceMatrix =>
  matrixOf(values.length, (i, j) => (at % 2 === 0 ? Number(values[i] !== values[j]) : Math.abs((values[i] ?? 0) - (values[j] ?? 0)) / 3));

describe('one walk over the splits for all views', () => {
  it('gives every p-value and z of the definition, ties and equal views included', () => {
    fc.assert(
      fc.property(views, ({ k, matrices: values }) => {
        const matrices = values.map(distances);
        const [quick, slow] = [maxT(matrices, k, 1), byDefinition(matrices, k)];
        expect(quick.p).toBe(slow.p);
        quick.views.forEach(({ z, pAdjusted }, at) => {
          expect(z).toBeCloseTo(slow.z[at] ?? Number.NaN, 9);
          expect(pAdjusted).toBe(slow.pAdjusted[at]);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('centred pairs sum to the energy statistic, and their deviation is that of all splits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 9 }),
        fc.integer({ min: 2, max: 3 }),
        (values, m) => {
          const matrix = matrixOf(values.length, (i, j) => Math.abs((values[i] ?? 0) - (values[j] ?? 0)));
          const k = values.length - m;
          const { pairs, deviation } = centredPairs(matrix, m);
          let sum = 0;
          for (let i = k; i < values.length; i += 1)
            for (let j = i + 1; j < values.length; j += 1) sum += pairs[i * values.length + j] ?? 0;
          expect(sum).toBeCloseTo(energyStatistic(matrix, k) ?? Number.NaN, 10);
          const splits = splitsOf(k, m, 1);
          const t = new Float64Array(splits.count);
          energyUnderSplits(matrix, splits, t);
          expect(deviation).toBeCloseTo(Math.sqrt(t.reduce((total, value) => total + value * value, 0) / splits.count), 10);
        },
      ),
    );
  });

  it('counts a view given twice once', () => {
    const matrix = distances([0, 0, 1, 0, 2, 3, 3], 0);
    const [once, twice] = [maxT([matrix], 4, 1), maxT([matrix, { ...matrix, values: matrix.values.slice() }], 4, 1)];
    expect(twice.p).toBe(once.p);
    expect(twice.views).toEqual([once.views[0], once.views[0]]);
  });
});
