import type { JournalRecord } from '../../ledger/index.ts';
import type { Failure, RunEnd, RunTotals, SampleKey, Score } from '../../protocol/index.ts';
import { NO_TOTALS } from '../support/noTotals.ts';

/** Records of one small run, for tests; every maker takes what matters and fills in the rest. */
export const MODEL = 'sandbox/extractor-2026-05';

export const keyOf = (caseId: string, repeat = 0): SampleKey => ({ caseId, model: MODEL, repeat });

export function runRecord(
  runId: string,
  cases: number,
  more: {
    readonly promptId?: string;
    readonly startedAt?: string;
    readonly formatVersion?: number;
    readonly fingerprint?: string;
    readonly repeats?: number;
  } = {},
): JournalRecord {
  const {
    promptId = 'triage.prompt.yml',
    startedAt = '2026-11-22T10:00:00.000Z',
    formatVersion = 1,
    fingerprint = 'ek1:0',
    repeats = 1,
  } = more;
  return {
    type: 'run',
    formatVersion,
    header: {
      runId,
      startedAt,
      promptId,
      promptName: 'Triage',
      fingerprint,
      models: [MODEL],
      cases,
      repeats,
      selection: 'all',
      seed: 1,
      evaluators: [{ name: 'right team', line: 12 }],
      origins: ['in-process sandbox'],
      keySent: false,
      cache: false,
    },
    prompt: { promptId, text: 'messages: []', files: { './a.json': '{}' } },
    settings: { repeats, seed: 1, concurrency: 8, cache: false, budget: { maxCost: 1 }, evaluators: 'e1' },
  };
}

export const casesRecord = (...ids: readonly string[]): JournalRecord => ({
  type: 'cases',
  cases: ids.map((id) => ({ id, variables: { ticket: `text of ${id}` }, expected: { team: 'billing' } })),
});

export const attempt = (caseId: string, number = 1, worstCost?: number): JournalRecord => ({
  type: 'attempt',
  key: keyOf(caseId),
  attempt: number,
  at: '2026-11-22T10:00:01.000Z',
  requestHash: 'h',
  ...(worstCost === undefined ? {} : { worstCost }),
});

export const attemptFailed = (caseId: string, billing: Failure['billing'], number = 1): JournalRecord => ({
  type: 'attemptFailed',
  key: keyOf(caseId),
  attempt: number,
  failure: { kind: 'timeout', message: 'No answer in 60 s.', billing },
});

export const output = (caseId: string, text = `answer to ${caseId}`, attempts = 1): JournalRecord => ({
  type: 'output',
  sample: {
    key: keyOf(caseId),
    requestHash: 'h',
    output: { text, finishReason: 'stop' },
    attempts,
    latencyMs: 100,
    usage: { inputTokens: 10, outputTokens: 5 },
  },
});

export const failed = (caseId: string, kind: Failure['kind'] = 'server', billing: Failure['billing'] = 'rejected'): JournalRecord => ({
  type: 'output',
  sample: { key: keyOf(caseId), requestHash: 'h', failure: { kind, message: 'It failed.', billing }, attempts: 1 },
});

export const scored = (caseId: string, status: Score['status'] = 'passed'): JournalRecord => ({
  type: 'scores',
  key: keyOf(caseId),
  evaluators: 'e1',
  scores: [{ evaluator: 'right team', index: 0, status }],
});

export const ended = (end: RunEnd, totals: Partial<RunTotals> = {}): JournalRecord => ({
  type: 'end',
  end,
  totals: { ...NO_TOTALS, ...totals },
});
