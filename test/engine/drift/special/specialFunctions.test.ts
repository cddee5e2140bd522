import { describe, expect, it } from 'vitest';
import { binomialAtLeast, binomialCdf, binomialPmf } from '../../../../engine/drift/special/binomial.ts';
import { chiSquareQuantile, chiSquareSurvival } from '../../../../engine/drift/special/chiSquare.ts';
import { hypergeometricAtLeast, hypergeometricCdf, hypergeometricPmf } from '../../../../engine/drift/special/hypergeometric.ts';
import { incompleteBeta, inverseIncompleteBeta } from '../../../../engine/drift/special/incompleteBeta.ts';
import { incompleteGammaLower, incompleteGammaUpper } from '../../../../engine/drift/special/incompleteGamma.ts';
import { logFactorial, logGamma } from '../../../../engine/drift/special/logGamma.ts';
import { normalCdf, normalQuantile } from '../../../../engine/drift/special/normal.ts';
import { studentTCdf, studentTQuantile, studentTSurvival } from '../../../../engine/drift/special/studentT.ts';
import { expectClose, referenceCases } from '../suite/reference.ts';

const byName: Readonly<Record<string, (a: number, b: number, c: number, d: number) => number>> = {
  betainc: incompleteBeta3,
  betaincinv: inverseIncompleteBeta,
  gammainc: incompleteGammaLower,
  gammaincc: incompleteGammaUpper,
  norm_ppf: normalQuantile,
  norm_cdf: normalCdf,
  t_ppf: studentTQuantile,
  t_sf: studentTSurvival,
  chi2_sf: chiSquareSurvival,
  chi2_ppf: chiSquareQuantile,
  gammaln: logGamma,
  hypergeom_pmf: hypergeometricPmf,
  binom_cdf: binomialCdf,
};

interface SpecialInput {
  readonly fn: string;
  readonly args: readonly [number, number, number, number];
}

describe('special functions against the reference values', () => {
  for (const { name, input, expected, tolerance } of referenceCases<SpecialInput, { value: number }>('special_functions')) {
    it(`${name}: ${input.fn}(${input.args})`, () => {
      const value = byName[input.fn]?.(...input.args);
      expectClose({ value }, expected, tolerance);
    });
  }
});

describe('special functions by identities', () => {
  const grid = [0.3, 0.5, 1, 2.5, 7, 40, 1000, 100_000];

  it('lnΓ satisfies Γ(x+1) = xΓ(x) and knows factorials', () => {
    for (const x of grid) {
      expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 8);
    }
    expect(Math.exp(logFactorial(20)) / 2_432_902_008_176_640_000).toBeCloseTo(1, 12);
    expect([logGamma(1), logGamma(2), logGamma(0), logGamma(-1)].map((v) => Math.round(v * 1e12) / 1e12)).toEqual([
      0,
      0,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ]);
  });

  it('the beta quantile undoes the incomplete beta function, tails included', () => {
    for (const a of grid) {
      for (const b of grid) {
        for (const p of [1e-12, 0.001, 0.3, 0.5, 0.9, 0.9999]) {
          const x = inverseIncompleteBeta(a, b, p);
          if (x > 1e-280 && 1 - x > 1e-9) {
            expect(Math.abs(incompleteBeta(a, b, x) / p - 1), `a ${a} b ${b} p ${p}`).toBeLessThan(1e-7);
          }
        }
      }
    }
  });

  it('both sides of the incomplete gamma function sum to 1, and Q(1, x) is e^-x far out', () => {
    for (const a of grid) {
      for (const x of [0, 0.01, 1, 30, 900, 100_500]) {
        expect(incompleteGammaLower(a, x) + incompleteGammaUpper(a, x)).toBeCloseTo(1, 12);
      }
    }
    expect(incompleteGammaUpper(1, 500) / Math.exp(-500)).toBeCloseTo(1, 11);
  });

  it('quantiles undo their distributions and mirror', () => {
    for (const p of [1e-300, 1e-20, 1e-6, 0.025, 0.3, 0.5]) {
      expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 9);
      for (const df of [1, 2, 7, 51, 5000]) {
        const t = studentTQuantile(p, df);
        if (Number.isFinite(t) && Math.abs(t) < 1e100) {
          expect(studentTCdf(t, df) / p, `t ${df} ${p}`).toBeCloseTo(1, 9);
        }
        const upper = chiSquareQuantile(1 - p, df);
        if (1 - p < 1) {
          expect(chiSquareSurvival(upper, df) / p, `chi2 ${df} ${p}`).toBeCloseTo(1, 8);
        }
      }
    }
    expect(normalQuantile(0.9)).toBeCloseTo(-normalQuantile(0.1), 13);
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(2)]).toEqual([-Infinity, Infinity, Number.NaN]);
    expect(normalCdf(-38) > 0 && normalCdf(-38) < 1e-300).toBe(true);
  });

  it('discrete distributions sum to 1 and their tails agree with the sums', () => {
    let below = 0;
    for (let x = 0; x <= 300; x += 1) {
      expect(binomialAtLeast(x, 300, 0.03)).toBeCloseTo(1 - below, 11);
      below += binomialPmf(x, 300, 0.03);
      expect(binomialCdf(x, 300, 0.03)).toBeCloseTo(below, 11);
    }
    expect(below).toBeCloseTo(1, 12);
    let marked = 0;
    for (let x = 0; x <= 18; x += 1) {
      marked += hypergeometricPmf(x, 40, 25, 18);
      expect(hypergeometricCdf(x, 40, 25, 18)).toBeCloseTo(marked, 12);
      expect(hypergeometricAtLeast(x + 1, 40, 25, 18)).toBeCloseTo(1 - marked, 12);
    }
    expect(hypergeometricPmf(2, 40, 25, 18)).toBe(0);
    expect([binomialPmf(0, 5, 0), binomialPmf(5, 5, 1), binomialPmf(1, 5, 0), binomialCdf(-1, 5, 0.5), binomialAtLeast(6, 5, 0.5)]).toEqual(
      [1, 1, 0, 0, 0],
    );
    expect(binomialPmf(1000, 1000, 0.5) / 2 ** -1000).toBeCloseTo(1, 11);
  });
});

function incompleteBeta3(a: number, b: number, x: number): number {
  return incompleteBeta(a, b, x);
}
