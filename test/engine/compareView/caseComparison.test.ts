import { describe, expect, it } from 'vitest';
import { caseComparison } from '../../../engine/compare/view/caseComparison.ts';
import { caseTexts } from '../../../engine/compare/view/caseTexts.ts';
import { UserError } from '../../../safety/index.ts';
import { caseOf, comparisonOf, PENDING, sample } from './comparisons.ts';

const drifted = caseOf('drifted', [['{"team":"billing"}', 10]], [['{"team":"refunds"}', 7], '{"team":"billing"}'], {
  caseId: 't-011',
  leads: 'team',
  expected: { team: 'billing' },
  variables: { subject: 'Charged twice', body: { lines: 2 }, long: 'x'.repeat(30_000) },
});
const measured = caseOf('changed', ['a'], [], { caseId: 'measured' });
const comparison = comparisonOf([
  drifted,
  { ...measured, fresh: [1100, 900, 1300].map((latencyMs) => sample('y'.repeat(1482), { latencyMs, tokens: 240, usd: 0.0021 })) },
  caseOf('new', [], ['plain text'], { caseId: 'new' }),
  caseOf('broken', ['{"a":1}'], ['!(not valid JSON){"a'], { caseId: 'broken' }),
]);
const pending = () => PENDING;

describe('everything of one case', () => {
  it('words, inputs, samples, rows', () => {
    const shown = caseComparison(comparison, 't-011', pending);
    expect(shown).toMatchObject({
      title: 't-011 · Charged twice',
      label: 'drifted',
      labelShown: 'drifted',
      approved: 10,
      fresh: 8,
      review: PENDING,
    });
    expect(shown.words).toContain('Was billing in 10 of 10; now refunds in 7 of 8');
    expect(shown.group).toBe(comparison.groups.find(({ caseIds }) => caseIds.includes('t-011'))?.id);
    expect(shown.expected).toBe('{\n  "team": "billing"\n}');
    expect(shown.inputs.map(({ name }) => name)).toEqual(['subject', 'body', 'long']);
    expect(shown.inputs[1]?.value).toBe('{\n  "lines": 2\n}');
    expect(shown.inputs[2]?.value).toMatch(/^x{20000}… \(10,000 more characters\)$/);
    expect(shown.rows.map(({ path, status, words }) => [path, status, words])).toEqual([['$.team', 'changed', 'p 0.0002']]);
    expect(comparison.cases[0]?.fresh[shown.shown.fresh]?.output.text).toBe('{"team":"refunds"}');
  });

  it('the samples that are asked for, where there are such', () => {
    expect(caseComparison(comparison, 't-011', pending, { approved: 3, fresh: 7 }).shown).toEqual({ approved: 3, fresh: 7 });
    const told = caseComparison(comparison, 't-011', pending).shown;
    expect(caseComparison(comparison, 't-011', pending, { approved: 10, fresh: -1 }).shown).toEqual(told);
  });

  it('medians of each side, and what is not known left out', () =>
    expect(caseComparison(comparison, 'measured', pending).measures).toEqual({
      baseline: { length: '1 character' },
      candidate: { latency: '1.1 s', tokens: '240', cost: '$0.0021', length: '1,482 characters' },
    }));

  it('one side alone, and broken ones', () => {
    expect(caseComparison(comparison, 'new', pending)).toMatchObject({
      approved: 0,
      fresh: 1,
      measures: { baseline: { length: 'no sample' } },
    });
    expect(caseComparison(comparison, 'broken', pending).broken).toEqual(['not valid JSON in 1 of 1']);
  });

  it.each(['ghost', '__proto__', ''])('%j is no case of it', (caseId) => {
    expect(() => caseComparison(comparison, caseId, pending)).toThrow(UserError);
    expect(() => caseTexts(comparison, ['t-011', caseId], {})).toThrow(/no case/);
  });
});

describe('texts for native diff editors', () => {
  it('JSON indented on both sides, everything else as it came', () => {
    const texts = caseTexts(comparison, ['t-011', 'new', 'broken'], {});
    expect(texts).toEqual([
      {
        caseId: 't-011',
        title: 't-011 · Charged twice',
        language: 'json',
        approved: '{\n  "team": "billing"\n}\n',
        fresh: '{\n  "team": "refunds"\n}\n',
      },
      { caseId: 'new', title: 'new · Charged twice', language: 'plaintext', fresh: 'plain text\n' },
      { caseId: 'broken', title: 'broken · Charged twice', language: 'plaintext', approved: '{\n  "a": 1\n}\n', fresh: '{"a\n' },
    ]);
  });

  it('the samples that are asked for', () =>
    expect(caseTexts(comparison, ['t-011'], { approved: 0, fresh: 7 })[0]?.fresh).toBe('{\n  "team": "billing"\n}\n'));
});
