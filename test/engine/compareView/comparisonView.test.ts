import { describe, expect, it } from 'vitest';
import { comparisonView } from '../../../engine/compare/view/comparisonView.ts';
import { differenceWords, sideWords } from '../../../engine/compare/view/sideWords.ts';
import type { Attribution, Comparison, Phrases } from '../../../protocol/index.ts';
import { caseOf, comparisonOf, PENDING, type Texts } from './comparisons.ts';

const old: Texts = [['{"team":"a"}', 10]];
const fresh: Texts = [['{"team":"b"}', 8]];

function said(phrases: Phrases): string {
  return phrases.map(({ text, strong }) => (strong ? `**${text}**` : text)).join('');
}

describe('the head of a comparison', () => {
  const comparison = comparisonOf([
    caseOf('same', old, old, { caseId: 'a' }),
    caseOf('drifted', old, fresh, {
      caseId: 'b',
      leads: 'team',
      evaluators: [
        { evaluator: 'right team', index: 0, baseline: { passed: 10, scored: 10 }, candidate: { passed: 0, scored: 8 }, flipped: true },
      ],
    }),
    caseOf('broken', old, [['!(empty)', 8]], { caseId: 'c' }),
  ]);
  const view = comparisonView(comparison, (caseId) => (caseId === 'c' ? { state: 'rejected', reason: 'no' } : PENDING));

  it('says who is compared', () => {
    expect(said(view.summary.baseline)).toBe('baseline **1.4.0** · claude-haiku-4-5-20251001 · approved 12 Nov');
    expect(said(view.summary.candidate)).toBe('candidate **working copy** · claude-sonnet-5-5 · 25 Nov 09:14 UTC');
    expect(view.summary).toMatchObject({ title: 'Ticket triage', word: 'worse', wordShown: 'worse', canAccept: true, incomplete: false });
  });

  it('says what differs and what the run was', () => {
    expect(view.summary.differs).toEqual(['model']);
    expect(view.summary.same).toEqual(['prompt', 'parameters', 'dataset', 'evaluators']);
    expect(view.summary.facts).toEqual([
      '3 cases × 10 approved, 3 new (8 for suspects)',
      'A drop of 8 points or more would have been found 4 times in 5.',
      '195 calls · $0.41 · 2 min 05 s',
    ]);
    expect(view.summary.fields).toEqual(['$.team p 0.0002']);
  });

  it('rows stand in the order of their groups; what is said of them counts as reviewed', () => {
    expect(view.rows.map(({ caseId, line }) => [caseId, line])).toEqual([
      ['c', 'empty in 8 of 8'],
      ['b', 'a → b'],
      ['a', 'same'],
    ]);
    expect(view.rows[1]).toMatchObject({ flips: ['right team'], input: 'Charged twice', group: comparison.groups[1]?.id });
    expect([view.summary.reviewed, view.summary.reviewable]).toEqual([1, 2]);
  });

  it('a comparison from a file: groups that name cases twice or not at all lose none', () => {
    const groups = comparison.groups.slice(0, 1).map((group) => ({ ...group, caseIds: ['c', 'c', 'ghost'] }));
    const rows = comparisonView({ ...comparison, groups }, () => PENDING).rows;
    expect(rows.map(({ caseId }) => caseId)).toEqual(['c', 'a', 'b']);
  });

  it.each<[string, Partial<Comparison>, readonly string[]]>([
    [
      'quick',
      { kind: 'quick', design: { cases: 1, approvedLeast: 1, approvedMost: 1, screen: 1, confirm: 0, suspects: 0 } },
      ['1 case × 1 approved, 1 new', '195 calls · $0.41 · 2 min 05 s'],
    ],
    ['recorded', { kind: 'recorded', spent: { calls: 0, usd: 0, unpriced: 0, ms: 3 } }, ['1 case × 10 approved, 3 new (8 for suspects)']],
    [
      'three looks',
      { design: { cases: 50, approvedLeast: 10, approvedMost: 10, screen: 3, confirm: 5, suspects: 9, third: 7, unclear: 2 } },
      ['50 cases × 10 approved, 3 new (8 for suspects, 15 where that left it open)', '195 calls · $0.41 · 2 min 05 s'],
    ],
    [
      'a third look that was not needed',
      { design: { cases: 50, approvedLeast: 10, approvedMost: 10, screen: 3, confirm: 5, suspects: 9, third: 7, unclear: 0 } },
      ['50 cases × 10 approved, 3 new (8 for suspects)', '195 calls · $0.41 · 2 min 05 s'],
    ],
    ['stored answers', { spent: { calls: 0, usd: 0, unpriced: 0, ms: 3 } }, ['1 case × 10 approved, 3 new (8 for suspects)', 'no calls']],
    [
      'without prices',
      {
        spent: { calls: 1, usd: 0, unpriced: 1, ms: 800 },
        design: { cases: 1200, approvedLeast: 4, approvedMost: 10, screen: 3, confirm: 5, suspects: 0 },
      },
      ['1,200 cases × 4 to 10 approved, 3 new', '1 call · 1 answer without a known price · 0.8 s'],
    ],
  ])('facts of a comparison: %s', (_name, more, facts) => {
    const one = comparisonOf([caseOf('same', old, old)], more);
    const { power: _power, ...suite } = one.suite;
    expect(comparisonView({ ...one, suite }, () => PENDING).summary.facts).toEqual(facts);
  });

  it('outputs of no prompt can be read, not accepted; hostile names are bounded', () => {
    const name = `${'x'.repeat(10_000)}\u202e\n`;
    const { summary } = comparisonView(comparisonOf([], { promptId: '', promptName: name }), () => PENDING);
    expect(summary.canAccept).toBe(false);
    expect(summary.title.length).toBeLessThan(200);
  });
});

describe('the two sides', () => {
  const base = comparisonOf([]);
  it.each<[Partial<Comparison['candidate']>, string]>([
    [
      { kind: 'git', label: 'main~3 (4f1c2ab)', version: '1.3.0', at: '2025-01-02T23:59:00Z' },
      'candidate **main~3 (4f1c2ab)** · 1.3.0 · claude-sonnet-5-5 · 2 Jan 2025 23:59 UTC',
    ],
    [{ kind: 'baseline', label: 'baseline', at: '2026-02-01', answeredBy: ['m-1', 'm-2'] }, '**candidate** · m-1, m-2 · approved 1 Feb'],
    [
      { kind: 'recorded', label: 'recorded candidate', model: 'unknown', at: 'yesterday' },
      'candidate **recorded candidate** · unknown · yesterday',
    ],
  ])('%j', (side, expected) => {
    expect(said(sideWords('candidate', { ...base, candidate: { ...base.candidate, ...side } }))).toBe(expected);
  });
});

describe('what differs', () => {
  const of = (differs: Attribution['differs'][number]['cause'][], same: Attribution['same'], unknown: Attribution['unknown'] = []) =>
    differenceWords({ differs: differs.map((cause) => ({ cause })), same, unknown });

  it.each([
    [of(['messages'], ['tools', 'output', 'parameters']), ['prompt'], ['parameters'], []],
    [of(['tools', 'output'], ['messages']), ['tools', 'output format'], [], []],
    [of(['answeringModel'], ['requestedModel']), ['answering model'], [], []],
    [of(['requestedModel', 'answeringModel'], []), ['model'], [], []],
    [
      of([], ['requestedModel', 'dataset'], ['answeringModel', 'messages', 'tools', 'judges']),
      [],
      ['model', 'dataset'],
      ['prompt', 'judges'],
    ],
  ])('%#', (found, differs, same, unknown) => expect(found).toEqual({ differs, same, unknown }));
});

describe('many cases', () => {
  it('all 10,000 are put in words', () => {
    const comparison = comparisonOf(
      Array.from({ length: 10_000 }, (_, at) =>
        caseOf(at % 3 ? 'noise' : 'changed', ['{"team":"a"}'], [`{"team":"${at % 50}"}`], { caseId: `t-${at}` }),
      ),
    );
    const view = comparisonView(comparison, () => PENDING);
    expect(view.rows).toHaveLength(10_000);
    expect(view.summary.reviewable).toBe(3334);
  });
});
