import { DriftSession, type DriftSubject, type DriftWorld } from '../../extension/drift/driftSession.ts';
import type { CompareSink } from '../../extension/evals/engineHost.ts';
import {
  type CaseLabel,
  type CompareEvent,
  type ComparePlan,
  type ComparisonListing,
  type ComparisonView,
  DEFAULT_SETTINGS,
  type DriftRow,
  type DriftState,
  type HostRequests,
  type ReviewState,
} from '../../protocol/index.ts';

export const PROMPT = { uri: 'file:///w/triage.prompt.yml', root: '/w', promptId: 'triage.prompt.yml', promptName: 'Triage' };

export function plan(more: Partial<ComparePlan> = {}): ComparePlan {
  return {
    planId: 'plan',
    promptId: PROMPT.promptId,
    promptName: 'Triage',
    models: ['openai/gpt-4.1-mini'],
    cases: 50,
    repeats: 3,
    calls: 150,
    fromCache: 0,
    askFirst: [],
    keys: [],
    notes: [],
    atMostMore: 105,
    ...more,
  };
}

export function row(caseId: string, label: CaseLabel = 'drifted', review: ReviewState = { state: 'pending' }): DriftRow {
  return { caseId, label, input: `input of ${caseId}`, line: 'billing → refunds', flips: [], review };
}

export function view(rows: readonly DriftRow[], comparisonId = 'c1'): ComparisonView {
  const caseIds = rows.map(({ caseId }) => caseId);
  return {
    summary: {
      comparisonId,
      kind: 'review',
      title: 'Triage',
      word: 'worse',
      wordShown: 'worse',
      baseline: [{ text: 'baseline' }],
      candidate: [{ text: 'working copy' }],
      verdict: [{ text: 'The pass rate fell.' }],
      differs: ['model'],
      same: [],
      facts: [],
      shifts: [],
      fields: [],
      notes: [],
      reviewed: rows.filter(({ review }) => review.state !== 'pending').length,
      reviewable: rows.length,
      canAccept: true,
      incomplete: false,
    },
    groups: [{ id: 'g', severity: 'worst', path: '$.team', title: 'billing → refunds', caseIds, folded: false }],
    rows: [...rows],
  };
}

export function listing(more: Partial<ComparisonListing> = {}): ComparisonListing {
  return {
    comparisonId: 'c1',
    kind: 'review',
    createdAt: '2026-11-22T09:00:00.000Z',
    promptId: PROMPT.promptId,
    promptName: 'Triage',
    word: 'worse',
    baseline: 'baseline',
    candidate: 'working copy',
    model: 'openai/gpt-4.1-mini',
    reviewable: [{ caseId: 'a', label: 'drifted', line: 'billing → refunds', review: { state: 'pending' } }],
    pending: 1,
    rejected: 0,
    ...more,
  };
}

type Answers = { readonly [M in keyof HostRequests]?: (params: HostRequests[M]['params']) => unknown };

export interface GivenWorld {
  readonly answers?: Answers;
  readonly subject?: Partial<DriftSubject>;
  readonly text?: string;
  readonly trusted?: () => boolean;
  readonly missingKey?: boolean;
  readonly collect?: DriftWorld['keys']['collect'];
}

/** A drift session in a world of fakes. A job's events go to `sinks`; whatever an answer throws is thrown by the engine. */
export function createSession({ answers = {}, subject = {}, text, trusted = () => true, missingKey = false, collect }: GivenWorld = {}) {
  const requests: [string, unknown][] = [];
  const sinks: CompareSink[] = [];
  const states: DriftState[] = [];
  const sent: string[] = [];
  const reported: unknown[] = [];
  let changes = 0;
  const known: Answers = {
    planCompare: () => plan(),
    planCapture: () => plan({ atMostMore: 0, calls: 500 }),
    planMore: () => plan({ atMostMore: 0, calls: 15 }),
    comparisons: () => [],
    comparison: () => view([row('a'), row('b')]),
    cancel: () => null,
    ...answers,
  };
  const world: DriftWorld = {
    engine: {
      request: async <M extends keyof HostRequests>(method: M, params: HostRequests[M]['params']) => {
        requests.push([method, params]);
        await Promise.resolve();
        return known[method]?.(params as never) as HostRequests[M]['result'];
      },
      startCompare: async (params, sink) => {
        requests.push(['startCompare', params]);
        sinks.push(sink);
        return 'job';
      },
    },
    keys: {
      collect:
        collect ??
        (async () =>
          missingKey ? { ok: false, missing: { provider: 'openai', origin: 'https://api.openai.com' } } : { ok: true, keys: [] }),
    },
    questions: { allowOrigin: async () => false, enterKey: async () => undefined },
    trusted,
    settings: () => DEFAULT_SETTINGS,
    unsavedText: () => text,
    report: (error) => reported.push(error),
    changed: () => {
      changes++;
    },
  };
  const session = new DriftSession({ ...PROMPT, ...subject }, world);
  session.watch({
    state: (state) => states.push(state),
    rows: (patches) => sent.push(...patches.map(({ row: { caseId, review } }) => `${caseId} ${review.state}`)),
    reset: () => sent.push('reset'),
  });
  const methods = (): readonly string[] => requests.map(([method]) => method);
  return { session, requests, methods, sinks, states, sent, reported, changes: () => changes };
}

export function progress(phase: 'firstLook' | 'secondLook' | 'computing', done: number, planned: number): CompareEvent {
  return { type: 'compareProgress', jobId: 'job', phase, done, planned, costUsd: 0 };
}

export function finished(more: Partial<Extract<CompareEvent, { type: 'compareFinished' }>> = {}): CompareEvent {
  return { type: 'compareFinished', jobId: 'job', end: 'finished', ...more };
}

export const settle = (): Promise<void> => new Promise((done) => setImmediate(done));
