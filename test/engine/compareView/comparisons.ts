import { describeChange, type UndescribedCase } from '../../../engine/compare/view/describeChange.ts';
import { groupChanges } from '../../../engine/compare/view/groupChanges.ts';
import { shiftsOf } from '../../../engine/compare/view/shifts.ts';
import type { ComparedCase, ComparedSample, Comparison, ReviewState } from '../../../protocol/index.ts';

/** A sample by its text; one that starts with `!` and a reason in parentheses breaks its contract: `!(not valid JSON){"a`. */
export function sample(text: string, more: Partial<ComparedSample> = {}): ComparedSample {
  const [, reason, rest] = /^!\((.*?)\)([\s\S]*)$/.exec(text) ?? [];
  return {
    output: { text: rest ?? text, finishReason: 'stop' },
    contract: reason === undefined,
    ...(reason === undefined ? {} : { broken: reason }),
    scores: [],
    ...more,
  };
}

/** Texts as samples; `['a', 3]` is three of them. */
export type Texts = readonly (string | readonly [text: string, times: number])[];

export function samples(texts: Texts): ComparedSample[] {
  return texts.flatMap((one) => (typeof one === 'string' ? [sample(one)] : Array.from({ length: one[1] }, () => sample(one[0]))));
}

/** A case of these samples; without a lead it is one that was not tested. */
export function caseOf(
  label: ComparedCase['label'],
  approved: Texts,
  fresh: Texts,
  more: Partial<UndescribedCase> & { readonly leads?: string } = {},
): UndescribedCase {
  const { leads, ...rest } = more;
  const sides = { approved: samples(approved), fresh: samples(fresh) };
  const failing = (side: readonly ComparedSample[]): number => side.filter(({ contract }) => contract === false).length;
  const tested = leads !== undefined;
  return {
    caseId: 't-001',
    input: { name: 'subject', text: 'Charged twice' },
    variables: { subject: 'Charged twice' },
    inputs: 'i'.repeat(64),
    label,
    p: tested ? 0.0002 : null,
    pScreen: tested ? 0.01 : null,
    q: tested ? 0.01 : null,
    effect: tested ? 0.8 : null,
    ...(tested ? { lead: { kind: leads === '' ? ('document' as const) : ('value' as const), path: leads } } : {}),
    contract: { baseline: failing(sides.approved), candidate: failing(sides.fresh) },
    paths: tested && leads !== '' ? [{ path: leads, p: 0.0002, effect: 0.8 }] : [],
    evaluators: [],
    ...sides,
    failures: 0,
    ...rest,
  };
}

export const READING: Comparison['reading'] = { format: 'auto', stripFence: false, rules: {} };

/** A whole comparison of these cases, with words and groups as the engine makes them. */
export function comparisonOf(undescribed: readonly UndescribedCase[], more: Partial<Comparison> = {}): Comparison {
  const reading = more.reading ?? READING;
  const described = undescribed.map((of) => ({ ...of, ...describeChange(of, { reading }) }));
  const { cases, groups } = groupChanges(described);
  return {
    formatVersion: 1,
    id: '20261125T091400-abcdef',
    kind: 'review',
    createdAt: '2026-11-25T09:14:07.000Z',
    promptId: 'prompts/triage.prompt.yml',
    promptName: 'Ticket triage',
    seed: 1,
    baseline: {
      kind: 'baseline',
      label: 'baseline',
      version: '1.4.0',
      model: 'anthropic/claude-haiku-4-5',
      answeredBy: ['claude-haiku-4-5-20251001'],
      at: '2026-11-12',
      runIds: [],
    },
    candidate: {
      kind: 'workingCopy',
      label: 'working copy',
      model: 'anthropic/claude-sonnet-5-5',
      answeredBy: [],
      at: '2026-11-25T09:14:07.000Z',
      runIds: ['r1'],
    },
    attribution: {
      differs: [{ cause: 'requestedModel' }, { cause: 'answeringModel' }],
      same: ['messages', 'tools', 'output', 'parameters', 'dataset', 'evaluators'],
      unknown: [],
    },
    suite: {
      word: 'worse',
      sentences: [
        { text: 'The pass rate fell from ' },
        { text: '94.2 %', strong: true },
        { text: ' to ' },
        { text: '86.0 %', strong: true },
        { text: '.' },
      ],
      tests: {},
      fields: [
        { path: 'team', p: 0.0002, q: 0.001, listed: true },
        { path: 'summary', p: 0.4, q: 0.6, listed: false },
      ],
      gated: 1,
      shifts: shiftsOf(cases),
      power: { sentence: 'A drop of 8 points or more would have been found 4 times in 5.', drop: 0.078, at20: 1 },
    },
    design: { cases: cases.length, approvedLeast: 10, approvedMost: 10, screen: 3, confirm: 5, suspects: 9 },
    spent: { calls: 195, usd: 0.41, unpriced: 0, ms: 125_000 },
    evaluators: [],
    reading,
    cases: [...cases],
    groups: [...groups],
    notes: [],
    incomplete: false,
    ...more,
  };
}

export const PENDING: ReviewState = { state: 'pending' };
