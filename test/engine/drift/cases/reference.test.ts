import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../../engine/drift/cases/canonicalText.ts';
import { matrixOf } from '../../../../engine/drift/cases/distanceMatrix.ts';
import { energyStatistic } from '../../../../engine/drift/cases/energyStatistic.ts';
import { energyPermutation, maxT } from '../../../../engine/drift/cases/maxT.ts';
import { prefixDistance, prefixOf } from '../../../../engine/drift/cases/prefixDistance.ts';
import { trigramDistance } from '../../../../engine/drift/cases/trigramDistance.ts';

interface Reference<I, E> {
  readonly cases: readonly { readonly name: string; readonly input: I; readonly expected: E }[];
}

function reference<I, E>(statistic: string): Reference<I, E>['cases'] {
  const file = path.resolve(import.meta.dirname, `../../../fixtures/statistics/${statistic}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as Reference<I, E>).cases;
}

const fromRows = (rows: readonly (readonly number[])[]) => matrixOf(rows.length, (i, j) => rows[i]![j]!);

function close(actual: number | null, expected: number | null): void {
  if (expected === null || actual === null) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 + 1e-9 * Math.abs(expected));
}

describe('reference values', () => {
  it.each(reference<{ a: string; b: string }, { canonical_equal: boolean; trigram_dice_distance: number }>('text_distance'))(
    'text: $name',
    ({ input, expected }) => {
      const [a, b] = [canonicalText(input.a), canonicalText(input.b)];
      expect(a === b).toBe(expected.canonical_equal);
      close(trigramDistance(a, b), expected.trigram_dice_distance);
    },
  );

  const kernels: Record<string, (a: string, b: string) => number> = {
    trigram_dice: (a, b) => trigramDistance(canonicalText(a), canonicalText(b)),
    hamming64: (a, b) => prefixDistance(prefixOf(canonicalText(a)), prefixOf(canonicalText(b))),
  };
  const mmd = reference<{ x: string[]; y: string[]; kernel: string }, { mmd2: number | null }>('mmd2_unbiased').filter(
    ({ input }) => input.kernel in kernels,
  );
  it('has six cases for the two text distances', () => expect(mmd).toHaveLength(6));
  it.each(mmd)('the energy statistic is the unbiased MMD² of 1 - distance: $name', ({ input, expected }) => {
    const texts = [...input.x, ...input.y];
    const matrix = matrixOf(texts.length, (i, j) => kernels[input.kernel]!(texts[i]!, texts[j]!));
    close(energyStatistic(matrix, input.x.length), expected.mmd2);
  });

  it.each(
    reference<
      { distance: number[][]; k: number },
      { t: number | null; p: number; splits: number; count_ge: number; effect: number | null }
    >('energy_permutation'),
  )('energy: $name', ({ input, expected }) => {
    const matrix = fromRows(input.distance);
    const result = energyPermutation(matrix, input.k, 1);
    close(result.t, expected.t);
    close(energyStatistic(matrix, input.k), expected.t);
    close(result.effect, expected.effect);
    close(result.p, expected.p);
    expect([result.splits, result.atLeast]).toEqual([expected.splits, expected.count_ge]);
  });

  it.each(
    reference<
      { fields: Record<string, number[][]>; k: number },
      { p: number; p_adjusted: Record<string, number>; z: Record<string, number>; splits: number }
    >('maxt_fields'),
  )('max-T: $name', ({ input, expected }) => {
    const names = Object.keys(input.fields);
    const result = maxT(
      names.map((name) => fromRows(input.fields[name]!)),
      input.k,
      1,
    );
    close(result.p, expected.p);
    expect(result.splits).toBe(expected.splits);
    names.forEach((name, at) => {
      close(result.views[at]!.z, expected.z[name]!);
      close(result.views[at]!.pAdjusted, expected.p_adjusted[name]!);
    });
  });
});
