import type { SuiteVerdict } from '../../../protocol/index.ts';
import { benjaminiHochberg } from '../suite/adjustPValues.ts';
import { stratifiedExact } from '../suite/stratifiedExact.ts';
import type { FirstLook } from './distributionTest.ts';

/** Paths are listed up to this Benjamini-Hochberg q-value. */
export const FIELD_Q = 0.05;

/**
 * One row a path over all cases, smallest p first. Two tests look at a path, energy (good at texts) and mode (good at labels that shift a
 * little everywhere): p = min(1, 2 × the smaller). Where no case has a mode, energy alone counts, without the factor.
 */
export function fieldTests(cases: readonly FirstLook[], energy: ReadonlyMap<string, number>): SuiteVerdict['fields'] {
  const modes = modeTests(cases);
  const tested = [...energy].map(([path, pEnergy]) => {
    const pMode = modes.get(path);
    return { path, p: pMode === undefined ? pEnergy : Math.min(1, 2 * Math.min(pEnergy, pMode)) };
  });
  const q = benjaminiHochberg(tested.map(({ p }) => p));
  return tested
    .map((row, at) => ({ ...row, q: q[at] ?? 1, listed: (q[at] ?? 1) <= FIELD_Q }))
    .sort((a, b) => a.p - b.p || (a.path < b.path ? -1 : 1));
}

/** By path the exact two-sided test on "equals the case's mode"; paths without a mode in any case are left out. */
export function modeTests(cases: readonly FirstLook[]): ReadonlyMap<string, number> {
  return new Map([...modeCounts(cases)].map(([path, counts]) => [path, stratifiedExact(counts).pTwoSided]));
}

interface ModeCounts {
  readonly basePass: number[];
  readonly baseTotal: number[];
  readonly newPass: number[];
  readonly newTotal: number[];
}

/**
 * By path, how many samples of each side equal the case's most frequent value of both sides together (within the path's tolerance). A case
 * whose values all differ, as long texts do, has no such value and says nothing.
 */
function modeCounts(cases: readonly FirstLook[]): ReadonlyMap<string, ModeCounts> {
  const byPath = new Map<string, ModeCounts>();
  for (const { approved, matrices } of cases) {
    for (const { path, value, mode } of matrices.fields) {
      if (mode === null) continue;
      const counts = byPath.get(path) ?? { basePass: [], baseTotal: [], newPass: [], newTotal: [] };
      byPath.set(path, counts);
      const row = value.values.subarray(mode * value.size, (mode + 1) * value.size);
      const equal = (from: number, to: number): number =>
        row.subarray(from, to).reduce((sum, distance) => sum + (distance === 0 ? 1 : 0), 0);
      counts.basePass.push(equal(0, approved));
      counts.baseTotal.push(approved);
      counts.newPass.push(equal(approved, value.size));
      counts.newTotal.push(value.size - approved);
    }
  }
  return byPath;
}
