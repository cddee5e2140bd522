import { type CaseLabel, COMPARISON_FORMAT, type ComparedCase, type Comparison } from '../../../protocol/index.ts';

/** A small comparison as it is stored, with a case for each label. */
export function comparison(promptId: string, labels: readonly CaseLabel[], more: Partial<Comparison> = {}): Comparison {
  const side = { kind: 'run' as const, label: 'a run', model: 'sandbox/extractor-2026-05', answeredBy: ['extractor-2026-05'], runIds: [] };
  return {
    formatVersion: COMPARISON_FORMAT,
    id: '20261122-100000-abcdef',
    kind: 'review',
    createdAt: '2026-11-22T10:00:00.000Z',
    promptId,
    promptName: 'A',
    seed: 1,
    baseline: side,
    candidate: side,
    attribution: { differs: [], same: [], unknown: [] },
    suite: { word: 'changed', sentences: [], tests: {}, fields: [], gated: 0, shifts: [] },
    design: { cases: labels.length, approvedLeast: 1, approvedMost: 1, screen: 3, confirm: 5, suspects: 0 },
    spent: { calls: 0, usd: 0, unpriced: 0, ms: 0 },
    evaluators: [],
    reading: { format: 'auto', stripFence: false, rules: {} },
    cases: labels.map(comparedCase),
    groups: [],
    notes: [],
    incomplete: false,
    ...more,
  };
}

function comparedCase(label: CaseLabel, at: number): ComparedCase {
  const sample = (text: string) => ({ output: { text, finishReason: 'stop' as const }, contract: null, scores: [] });
  return {
    caseId: `case-${at}`,
    variables: { ticket: `${at}` },
    inputs: `${at}`.repeat(64).slice(0, 64),
    label,
    p: null,
    pScreen: null,
    q: null,
    effect: null,
    contract: null,
    paths: [],
    evaluators: [],
    line: 'billing → refunds',
    change: `change-${at}`,
    approved: [sample('billing')],
    fresh: [sample('refunds')],
    failures: 0,
  };
}
