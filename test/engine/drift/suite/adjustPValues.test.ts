import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from '../../../../engine/drift/suite/adjustPValues.ts';
import { expectClose, referenceCases } from './reference.ts';

describe('adjusted p-values', () => {
  for (const { name, input, expected, tolerance } of referenceCases<{ p: readonly number[] }, unknown>('p_adjust')) {
    it(`reference: ${name}`, () => {
      const { p } = input;
      expectClose({ bh: benjaminiHochberg(p), holm: holm(p), bonferroni: bonferroni(p), by: benjaminiYekutieli(p) }, expected, tolerance);
    });
  }

  const ragged = [0.2, 0.01, 0.01, 0.9, 0.03, 0.2, 1, 0, 0.03, 0.5, 0.04];
  for (const [name, adjust] of Object.entries({ holm, benjaminiHochberg, benjaminiYekutieli, bonferroni })) {
    it(`${name}: ties stay ties, order is kept, nothing gets smaller or above 1, and the order given does not matter`, () => {
      const adjusted = adjust(ragged);
      ragged.forEach((left, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(left);
        expect(adjusted[i]).toBeLessThanOrEqual(1);
        ragged.forEach((right, j) => {
          if (left === right) {
            expect(adjusted[i]).toBe(adjusted[j]);
          } else if (left < right) {
            expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
          }
        });
      });
      expect(adjust([...ragged].reverse())).toEqual([...adjusted].reverse());
      expect(ragged[0]).toBe(0.2);
    });
  }
});
