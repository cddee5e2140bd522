import { describe, expect, it } from 'vitest';
import { dailyExit, verdictExit } from '../../cli/verdictExit.ts';
import { comparisonView } from '../../engine/compare/view/comparisonView.ts';
import type { Comparison, ReviewState, SuiteWord } from '../../protocol/index.ts';
import { caseOf, comparisonOf } from '../engine/compareView/comparisons.ts';

const DRIFTED = caseOf('drifted', [['billing', 10]], [['refunds', 8]], { leads: '' });
const SAME = caseOf('same', [['billing', 10]], [['billing', 3]], { caseId: 't-002' });

function exitOf(word: SuiteWord, state: ReviewState['state'], more: Partial<Comparison> = {}, cases = [DRIFTED, SAME]): number {
  const base = comparisonOf(cases);
  const comparison: Comparison = { ...base, suite: { ...base.suite, word }, ...more };
  return verdictExit(
    comparison,
    comparisonView(comparison, () => ({ state })),
  );
}

describe('the exit code of a comparison', () => {
  it.each([
    ['worse', 1],
    ['changed', 1],
    ['insufficientData', 3],
    ['better', 0],
    ['steady', 0],
    ['untested', 0],
  ] as const)('%s exits with %i', (word, code) => {
    expect(exitOf(word, 'pending')).toBe(code);
  });

  it('an incomplete comparison exits with 3 where nothing is worse', () => {
    expect(exitOf('steady', 'pending', { incomplete: true })).toBe(3);
    expect(exitOf('worse', 'pending', { incomplete: true })).toBe(1);
  });

  it('a rejected change stays red, whatever the suite says', () => {
    expect(exitOf('steady', 'rejected')).toBe(1);
    expect(exitOf('untested', 'rejected')).toBe(1);
  });

  it.each(['accepted', 'knownNoise'] as const)('a change that only cases make is settled when every one is %s', (state) => {
    expect(exitOf('changed', state)).toBe(0);
    expect(exitOf('worse', state)).toBe(1);
  });

  it('a change of the suite as a whole is not settled by its cases, nor one that no case shows', () => {
    const base = comparisonOf([DRIFTED]);
    const distribution = { p: 0.001, adjusted: 0.003, rejected: true };
    const suite = { ...base.suite, word: 'changed' as const, tests: { distribution } };
    expect(exitOf('changed', 'knownNoise', { suite })).toBe(1);
    expect(exitOf('changed', 'knownNoise', {}, [SAME])).toBe(1);
  });
});

describe('the exit code of a daily check', () => {
  const monitor = { sentence: '', date: '2026-11-25', since: '2026-11-01', evidence: 1, canaries: 20, history: [] };
  it.each([
    ['green', 0],
    ['amber', 4],
    ['red', 1],
  ] as const)('%s exits with %i', (colour, code) => {
    expect(dailyExit(comparisonOf([SAME], { monitor: { ...monitor, colour } }))).toBe(code);
  });

  it('without a monitor nothing was concluded', () => {
    expect(dailyExit(comparisonOf([SAME]))).toBe(3);
    expect(dailyExit(comparisonOf([SAME], { monitor: { ...monitor, colour: 'amber' }, incomplete: true }))).toBe(3);
  });
});
