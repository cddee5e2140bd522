import type { CaseComparison, ChangeGroup, ChangesView, DriftRow, DriftState, DriftSummary, ToDrift } from '../../protocol/index.ts';

/** The comparison that the panel's mock-up shows. */
export const STATE: DriftState = { state: 'finished', title: 'Ticket triage', canUndo: false };

export const SUMMARY: DriftSummary = {
  comparisonId: 'c-1',
  kind: 'review',
  title: 'Ticket triage',
  word: 'worse',
  wordShown: 'worse',
  baseline: [{ text: 'baseline ' }, { text: '1.4.0', strong: true }, { text: ' · claude-haiku-4-5-20251001 · approved 12 Nov' }],
  candidate: [{ text: 'candidate ' }, { text: 'working copy', strong: true }, { text: ' · claude-sonnet-5-5 · today 09:14' }],
  verdict: [
    { text: 'The pass rate fell from ' },
    { text: '94.2 %', strong: true },
    { text: ' to ' },
    { text: '86.0 %', strong: true },
    { text: ' (−8.2 points, 95 % interval −13.1 to −3.4). ' },
    { text: '1 case broke', strong: true },
    { text: ', ' },
    { text: '7 drifted', strong: true },
    { text: '; 3 cannot be told yet; the other 39 differ no more than the approved samples differ among themselves.' },
  ],
  differs: ['model'],
  same: ['prompt', 'parameters', 'dataset', 'evaluators'],
  facts: [
    '50 cases × 10 approved, 3 new (8 for suspects)',
    'A drop of 7.8 points or more would have been seen 4 times in 5',
    '195 calls · $0.41 · 2 min 05 s',
  ],
  shifts: [],
  fields: [],
  notes: [],
  reviewed: 2,
  reviewable: 11,
  canAccept: true,
  incomplete: false,
};

export const CHANGES: ChangesView = {
  summary: '2 files +2 −1 lines · model · dataset',
  facts: [
    { what: 'Model', lines: ['anthropic/claude-haiku-4-5 → anthropic/claude-sonnet-5-5'] },
    { what: 'Dataset', lines: ['1 case added: t-050 (Where is it?)', '1 case removed: t-049'] },
  ],
  files: [
    {
      path: 'triage.prompt.yml',
      title: 'triage.prompt.yml +1 −1 lines',
      removed: 1,
      added: 1,
      hunks: [
        [
          { side: 'both', line: 1, segments: [{ text: 'name: Triage' }] },
          { side: 'old', line: 2, segments: [{ text: '    Answer in ' }, { text: 'one', mark: 'changed' }, { text: ' sentence.' }] },
          { side: 'new', line: 2, segments: [{ text: '    Answer in ' }, { text: 'two', mark: 'changed' }, { text: ' sentence.' }] },
        ],
      ],
      cut: 7,
    },
    {
      path: 'triage.schema.json',
      title: 'triage.schema.json +1 line',
      removed: 0,
      added: 1,
      hunks: [[{ side: 'new', line: 9, segments: [{ text: '  "urgent": true' }] }]],
    },
  ],
  notes: ['Both sides answered the dataset as it is now.'],
};

export function driftRow(caseId: string, more: Partial<DriftRow> = {}): DriftRow {
  return {
    caseId,
    label: 'drifted',
    input: `Ticket ${caseId}`,
    line: 'billing → refunds',
    flips: [],
    review: { state: 'pending' },
    ...more,
  };
}

export const GROUPS: readonly ChangeGroup[] = [
  { id: 'g-broken', severity: 'worst', title: 'Broken', caseIds: ['t-017'], folded: false },
  {
    id: 'g-team',
    severity: 'worst',
    path: '$.team',
    title: 'billing → refunds',
    caseIds: ['t-003', 't-011', 't-024', 't-039'],
    folded: false,
  },
  { id: 'g-conf', severity: 'bad', path: '$.confidence', title: 'lower by 0.2 or more', caseIds: ['t-008', 't-045'], folded: false },
  { id: 'g-long', severity: 'bad', path: '$.summary', title: 'twice as long', caseIds: ['t-030'], folded: false },
  {
    id: 'g-unsure',
    severity: 'unsure',
    title: 'Cannot tell yet · take 5 more samples',
    caseIds: ['t-050', 't-051', 't-052'],
    folded: false,
  },
  { id: 'g-noise', severity: 'quiet', title: 'Within noise', caseIds: ['t-060', 't-061'], folded: true },
  { id: 'g-same', severity: 'quiet', title: 'Equivalent, same', caseIds: ['t-070'], folded: true },
];

export const DRIFT_ROWS: readonly DriftRow[] = [
  driftRow('t-017', {
    label: 'broken',
    line: 'not valid JSON in 8 of 8',
    review: { state: 'accepted', by: 'Mira', at: '2026-11-21T09:00:00Z' },
  }),
  driftRow('t-003', { input: 'Refund still not on my account', flips: ['right team'] }),
  driftRow('t-011', { input: 'Charged twice for the March invoice', flips: ['right team'] }),
  driftRow('t-024', { input: 'Doppelte Abbuchung im April' }),
  driftRow('t-039', { input: '(empty subject)' }),
  driftRow('t-008', { input: 'Which plan includes SSO?', line: '0.91 → 0.70' }),
  driftRow('t-045', { input: 'Please call me back today', line: '0.88 → 0.61' }),
  driftRow('t-030', {
    input: 'Data export for our auditor',
    line: 'twice as long',
    review: { state: 'rejected', by: 'Mira', reason: 'Too long for the queue', carried: true },
  }),
  driftRow('t-050', { label: 'unsure' }),
  driftRow('t-051', { label: 'unsure' }),
  driftRow('t-052', { label: 'unsure' }),
  driftRow('t-060', { label: 'noise', line: 'wording' }),
  driftRow('t-061', { label: 'noise', line: 'wording' }),
  driftRow('t-070', { label: 'same', line: '' }),
];

export function driftInit(more: Partial<Extract<ToDrift, { type: 'init' }>> = {}): ToDrift {
  return { type: 'init', state: STATE, summary: SUMMARY, groups: [...GROUPS], rows: [...DRIFT_ROWS], total: DRIFT_ROWS.length, ...more };
}

const measures = { length: '104' };

export function comparison(caseId: string, more: Partial<CaseComparison> = {}): CaseComparison {
  return {
    caseId,
    title: 'Charged twice for the March invoice',
    label: 'drifted',
    labelShown: 'drifted',
    words: 'p = 0.0002; among all cases listed here about 1 in 10 may be false',
    inputs: [
      {
        name: 'ticket',
        value: 'Hi, you took 49,00 € from my card on the 3rd and on the 4th. Please send one of them back. Invoice INV-20418. Thanks, Mira',
      },
    ],
    approved: 10,
    fresh: 8,
    shown: { approved: 0, fresh: 2 },
    rows: [
      {
        path: '$.team',
        type: 'enum',
        status: 'changed',
        words: 'p 0.0002',
        baseline: { kind: 'values', values: [{ text: 'billing', count: 10, elsewhere: true }], others: 0 },
        candidate: {
          kind: 'values',
          values: [
            { text: 'refunds', count: 7, elsewhere: false },
            { text: 'billing', count: 1, elsewhere: true },
          ],
          others: 0,
        },
      },
      {
        path: '$.confidence',
        type: 'number',
        status: 'within',
        words: 'within ±0.10',
        baseline: { kind: 'range', median: '0.91', low: '0.88', high: '0.94' },
        candidate: { kind: 'range', median: '0.84', low: '0.79', high: '0.90' },
      },
      {
        path: '$.summary',
        type: 'text',
        status: 'differs',
        words: 'wording',
        baseline: {
          kind: 'text',
          coarse: false,
          segments: [
            { text: 'Customer was charged ' },
            { text: 'twice', mark: 'changed' },
            { text: ' on 3 and 4 March for INV-20418 and asks for ' },
            { text: 'one refund', mark: 'changed' },
            { text: '.' },
          ],
        },
        candidate: {
          kind: 'text',
          coarse: false,
          segments: [
            { text: 'Customer ' },
            { text: 'reports a duplicate charge', mark: 'changed' },
            { text: ' on 3 and 4 March for INV-20418 and asks for ' },
            { text: 'the second amount back', mark: 'changed' },
            { text: '.' },
          ],
        },
      },
      ...['$.invoice', '$.language', '$.urgent'].map((path, index) => ({
        path,
        type: 'enum' as const,
        status: 'same' as const,
        words: 'same',
        baseline: { kind: 'values' as const, values: [{ text: `INV-2041${index}`, count: 10, elsewhere: true }], others: 0 },
        candidate: { kind: 'values' as const, values: [{ text: `INV-2041${index}`, count: 8, elsewhere: true }], others: 0 },
      })),
    ],
    evaluators: [
      {
        evaluator: 'right team',
        index: 2,
        must: true,
        baseline: { passed: 10, scored: 10 },
        candidate: { passed: 1, scored: 8 },
        flipped: true,
      },
      { evaluator: 'team is known', index: 0, baseline: { passed: 10, scored: 10 }, candidate: { passed: 8, scored: 8 }, flipped: false },
      {
        evaluator: 'polite',
        index: 1,
        baseline: { passed: 0, scored: 0 },
        candidate: { passed: 5, scored: 8 },
        flipped: false,
        parts: [
          { evaluator: 'greets', baseline: { passed: 10, scored: 10 }, candidate: { passed: 5, scored: 8 } },
          { evaluator: 'llm-rubric', baseline: { passed: 0, scored: 0 }, candidate: { passed: 0, scored: 0 }, unscored: 'It is a judge.' },
        ],
      },
    ],
    measures: {
      baseline: { ...measures, latency: '0.8 s', tokens: '212', cost: '$0.0009' },
      candidate: { ...measures, latency: '1.1 s', tokens: '240', cost: '$0.0021' },
    },
    broken: [],
    review: { state: 'pending' },
    group: 'g-team',
    ...more,
  };
}
