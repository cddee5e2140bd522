import type { Billing, RunEvent, RunHeader, Sample, Score } from '../../protocol/index.ts';

/** Events of a small run of model `m`, for tables. */
export function started(cases: number, repeats = 1, more: Partial<RunHeader> = {}): RunEvent {
  const evaluators = [
    { name: 'e0', line: 10 },
    { name: 'e1', line: 11 },
  ];
  const header: RunHeader = {
    runId: 'run',
    startedAt: '2026-11-22T10:00:00Z',
    promptId: 'triage.prompt.yml',
    promptName: 'Triage',
    fingerprint: 'ek1:0',
    models: ['m'],
    cases,
    selection: 'all',
    repeats,
    seed: 1,
    evaluators,
    origins: ['in-process sandbox'],
    keySent: false,
    cache: true,
    ...more,
  };
  return { type: 'runStarted', header };
}

export function caseStarted(caseId: string, at?: number, text = `input of ${caseId}`): RunEvent {
  return { type: 'caseStarted', runId: 'run', caseId, ...(at === undefined ? {} : { at }), input: { name: 'ticket', text } };
}

export function attempt(caseId: string, number = 1, billing?: Billing): RunEvent {
  const afterFailure = billing && { kind: 'connection' as const, message: 'lost', billing };
  return { type: 'attemptStarted', runId: 'run', key: key(caseId), attempt: number, ...(afterFailure ? { afterFailure } : {}) };
}

export function answer(caseId: string, repeat = 0, more: Partial<Sample> = {}): RunEvent {
  const sample: Sample = {
    key: key(caseId, repeat),
    requestHash: 'hash',
    output: { text: `output of ${caseId}`, finishReason: 'stop' },
    usage: { inputTokens: 200, outputTokens: 40 },
    cost: { usd: 0.001, pricesAsOf: '2026-11-01' },
    latencyMs: 600,
    attempts: 1,
    ...more,
  };
  return { type: 'sampleFinished', runId: 'run', sample };
}

export function refused(caseId: string): RunEvent {
  const failure = { kind: 'overloaded' as const, message: 'The model is overloaded.', billing: 'rejected' as const, status: 529 };
  return { type: 'sampleFinished', runId: 'run', sample: { key: key(caseId), requestHash: 'hash', failure, attempts: 1 } };
}

/** The results of `e0`, `e1` … in order. */
export function score(caseId: string, ...statuses: readonly Score['status'][]): RunEvent {
  return {
    type: 'sampleScored',
    runId: 'run',
    key: key(caseId),
    scores: statuses.map((status, index) => ({ evaluator: `e${index}`, index, status })),
  };
}

export function caseFinished(caseId: string, status: 'passed' | 'failed' | 'unscored' | 'error' = 'passed'): RunEvent {
  return { type: 'caseFinished', runId: 'run', caseId, status };
}

function key(caseId: string, repeat = 0) {
  return { caseId, model: 'm', repeat };
}
