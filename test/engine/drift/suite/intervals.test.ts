import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../../engine/drift/special/normal.ts';
import { betaBinomial, betaBinomialPmf } from '../../../../engine/drift/suite/betaBinomial.ts';
import { bonettPrice } from '../../../../engine/drift/suite/bonettPrice.ts';
import { clopperPearson, clopperPearsonLower, clopperPearsonUpper } from '../../../../engine/drift/suite/clopperPearson.ts';
import { newcombeIndependent } from '../../../../engine/drift/suite/newcombeIndependent.ts';
import { newcombePaired } from '../../../../engine/drift/suite/newcombePaired.ts';
import { pairedClusterInterval, pseudoCase } from '../../../../engine/drift/suite/pairedClusterInterval.ts';
import { wilsonInterval } from '../../../../protocol/wilson.ts';
import { expectClose, referenceCases } from './reference.ts';

interface Rate {
  readonly x: number;
  readonly n: number;
  readonly confidence: number;
}

describe('Clopper-Pearson', () => {
  for (const { name, input, expected, tolerance } of referenceCases<Rate, unknown>('clopper_pearson')) {
    it(`reference: ${name}`, () => {
      const { x, n, confidence } = input;
      const oneSided = {
        upper_one_sided: clopperPearsonUpper(x, n, confidence),
        lower_one_sided: clopperPearsonLower(x, n, confidence),
      };
      expectClose({ ...clopperPearson(x, n, confidence), ...oneSided }, expected, tolerance);
    });
  }

  it('keeps the digits of small bounds, relatively', () => {
    expect(clopperPearsonUpper(0, 1_000_000, 0.95) / -Math.expm1(Math.log(0.05) / 1_000_000)).toBeCloseTo(1, 9);
    expect(clopperPearsonLower(1, 1_000_000, 0.95) / -Math.expm1(Math.log(0.95) / 1_000_000)).toBeCloseTo(1, 9);
  });
});

describe('Wilson', () => {
  for (const { name, input, expected, tolerance } of referenceCases<Rate, unknown>('wilson_interval')) {
    if (input.n > 0) {
      it(`reference: ${name}`, () => {
        expectClose(wilsonInterval(input.x, input.n, normalQuantile((1 + input.confidence) / 2)), expected, tolerance);
      });
    }
  }
});

describe('Newcombe, independent', () => {
  type Input = Readonly<Record<'x1' | 'n1' | 'x2' | 'n2' | 'confidence', number>>;
  for (const { name, input, expected, tolerance } of referenceCases<Input, unknown>('newcombe_independent')) {
    it(`reference: ${name}`, () => {
      expectClose(newcombeIndependent(input.x1, input.n1, input.x2, input.n2, input.confidence), expected, tolerance);
    });
  }
});

describe('paired difference: Bonett-Price and Newcombe', () => {
  type Input = Readonly<Record<'a' | 'b' | 'c' | 'd' | 'confidence', number>>;
  for (const { name, input, expected, tolerance } of referenceCases<Input, unknown>('paired_difference')) {
    it(`reference: ${name}`, () => {
      const table = { bothPass: input.a, lost: input.b, gained: input.c, bothFail: input.d };
      const adjusted = bonettPrice(table, input.confidence);
      const score = newcombePaired(table, input.confidence);
      const actual = { bonett_price: [adjusted.low, adjusted.high], newcombe_method10: [score.low, score.high] };
      expectClose({ ...actual, diff: adjusted.diff }, expected, tolerance);
      expect(score.diff).toBe(adjusted.diff);
    });
  }
});

describe('paired cluster interval', () => {
  type Input = { readonly d: readonly number[]; readonly confidence: number; readonly pseudo: number };
  for (const { name, input, expected, tolerance } of referenceCases<Input, unknown>('paired_cluster_interval')) {
    it(`reference: ${name}`, () => {
      expectClose(pairedClusterInterval(input.d, input.confidence, input.pseudo), expected, tolerance);
    });
  }

  it('has pseudo-cases of 1 for one sample a side and smaller ones for more', () => {
    expect(pseudoCase(1, 1)).toBe(1);
    expect(pseudoCase(10, 3)).toBeCloseTo(0.46547, 5);
  });

  it('is wider where cases of a cluster move together, and the same where every case is its own cluster', () => {
    const differences = [-0.5, -0.4, -0.6, 0.3, 0.2, 0.4, -0.1, -0.2, 0];
    const plain = pairedClusterInterval(differences, 0.95, 0.5);
    const own = pairedClusterInterval(differences, 0.95, 0.5, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
    const grouped = pairedClusterInterval(differences, 0.95, 0.5, [1, 1, 1, 2, 2, 2, 3, 3, 3]);
    expect(own).toEqual(plain);
    expect(grouped.centre).toBe(plain.centre);
    expect(grouped.high - grouped.low).toBeGreaterThan(1.5 * (plain.high - plain.low));
  });
});

describe('beta-binomial', () => {
  type Input = Readonly<Record<'a' | 'b' | 'n' | 'x' | 'confidence', number>>;
  for (const { name, input, expected, tolerance } of referenceCases<Input, unknown>('beta_binomial')) {
    it(`reference: ${name}`, () => {
      const result = betaBinomial(input.a, input.b, input.n, input.x, input.confidence);
      const { pmf, cdf, atLeast, mean, predictive, posterior } = result;
      const intervals = {
        predictive_low: predictive.low,
        predictive_high: predictive.high,
        posterior_low: posterior.low,
        posterior_high: posterior.high,
      };
      expectClose({ pmf, cdf, sf_ge: atLeast, mean, ...intervals }, expected, tolerance);
    });
  }

  it('is uniform for a flat prior', () => {
    for (let x = 0; x <= 8; x += 1) {
      expect(betaBinomialPmf(x, 8, 1, 1)).toBeCloseTo(1 / 9, 13);
    }
    expect(betaBinomialPmf(9, 8, 1, 1)).toBe(0);
  });
});
