import type { BaselineSource } from '../../ledger/index.ts';
import { inputsHash } from '../../ledger/index.ts';
import type { CaseLabel, ComparedCase, ComparedSample, Comparison, Output } from '../../protocol/index.ts';

export const PROMPT = 'prompts/triage.prompt.yml';
export const MODEL = 'sandbox/small';
export const BASELINE = 'prompts/__baselines__/triage.prompt.yml@sandbox%2Fsmall.json';
export const REVIEWS = 'prompts/__baselines__/triage.prompt.yml.reviews.jsonl';

export const PARTS = { messages: 'm', tools: 't', output: 'o', parameters: 'p' };
export const OLD_SOURCE: BaselineSource = { fingerprint: 'ek1:old', parts: PARTS, answeredBy: ['small-1'], days: ['2026-11-01'] };

export const outputOf = (text: string): Output => ({ text, finishReason: 'stop' });

const sampleOf = (text: string): ComparedSample => ({ output: outputOf(text), contract: null, scores: [] });

/** A case whose approved answers were `old` and whose new ones are `new`; its change is named by both. */
export function caseOf(
  caseId: string,
  label: CaseLabel,
  { approved = ['old'], fresh = ['new', 'new', 'new'], inputs = caseId }: { approved?: string[]; fresh?: string[]; inputs?: string } = {},
): ComparedCase {
  return {
    caseId,
    variables: { text: inputs },
    inputs: inputsHash({ text: inputs }),
    label,
    p: null,
    pScreen: null,
    q: null,
    effect: null,
    contract: null,
    paths: [],
    evaluators: [],
    line: `${approved[0] ?? 'nothing'} → ${fresh[0] ?? 'nothing'}`,
    change: `text ${approved[0]} → ${fresh[0]}`,
    group: 'g1',
    approved: approved.map(sampleOf),
    fresh: fresh.map(sampleOf),
    failures: 0,
  };
}

export function comparisonOf(id: string, cases: ComparedCase[], change: Partial<Comparison> = {}): Comparison {
  const side = { model: MODEL, answeredBy: ['small-1'], runIds: [], parts: PARTS };
  return {
    formatVersion: 1,
    id,
    kind: 'review',
    createdAt: '2026-11-22T10:00:00.000Z',
    promptId: PROMPT,
    promptName: 'triage',
    seed: 1,
    baseline: { ...side, kind: 'baseline', label: 'baseline', fingerprint: 'ek1:old', at: '2026-11-01' },
    candidate: { ...side, kind: 'workingCopy', label: 'working copy', fingerprint: 'ek1:new', at: '2026-11-22T09:58:00.000Z' },
    attribution: { differs: [], same: [], unknown: [] },
    suite: { word: 'changed', sentences: [{ text: 'Changed.' }], tests: {}, fields: [], gated: 0, shifts: [] },
    design: { cases: cases.length, approvedLeast: 1, approvedMost: 10, screen: 3, confirm: 5, suspects: 0 },
    spent: { calls: 0, usd: 0, unpriced: 0, ms: 0 },
    evaluators: [],
    reading: { format: 'auto', stripFence: false, rules: {} },
    cases,
    groups: [{ id: 'g1', severity: 'bad', title: 'text', caseIds: cases.map(({ caseId }) => caseId), folded: false }],
    notes: [],
    incomplete: false,
    ...change,
  };
}
