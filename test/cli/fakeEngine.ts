import type { ParsedOptions } from '../../cli/args.ts';
import type { DriftContext } from '../../cli/driftContext.ts';
import { driftJsonLines } from '../../cli/reporters/driftJsonLines.ts';
import { driftText } from '../../cli/reporters/driftText.ts';
import { caseComparison } from '../../engine/compare/view/caseComparison.ts';
import { comparisonView } from '../../engine/compare/view/comparisonView.ts';
import type { Engine } from '../../engine/index.ts';
import {
  type BaselineSummary,
  type CompareEvent,
  type ComparePlan,
  type Comparison,
  type ComparisonListing,
  REVIEWABLE,
  type ReviewState,
} from '../../protocol/index.ts';
import { createRedactor, UserError } from '../../safety/index.ts';

/** What a fake engine holds and does. */
export interface Fake {
  readonly comparisons?: readonly Comparison[];
  /** By case id; others are pending. */
  readonly states?: Readonly<Record<string, ReviewState>>;
  readonly plan?: Partial<ComparePlan>;
  readonly baselines?: readonly BaselineSummary[];
  /** Events of a job; it finishes with the first comparison when left out. */
  readonly events?: readonly CompareEvent[];
  /** Methods that throw. */
  readonly throws?: Partial<Record<keyof Engine, UserError>>;
  readonly methods?: Partial<Engine>;
}

export interface FakeRun {
  readonly context: DriftContext;
  readonly out: () => string;
  readonly json: () => readonly Record<string, unknown>[];
  /** Every call of the engine: its method and what it was asked. */
  readonly asked: readonly (readonly [method: string, params: unknown])[];
}

/** A command's surroundings over an engine that answers from a list. Nothing is called and nothing is written. */
export function fakeRun(
  cwd: string,
  fake: Fake,
  options: ParsedOptions = {},
  {
    confirm,
    terminal = false,
    signal = new AbortController().signal,
  }: { readonly confirm?: boolean; readonly terminal?: boolean; readonly signal?: AbortSignal } = {},
): FakeRun {
  let out = '';
  const asked: (readonly [string, unknown])[] = [];
  const io = {
    cwd,
    env: {},
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      out += text;
    },
    isTerminal: terminal,
    columns: 100,
    colors: false,
    confirm: confirm === undefined ? undefined : async () => confirm,
    signal,
  };
  const reporter = options['json'] ? driftJsonLines(io) : driftText(io, () => 0);
  return {
    context: { engine: fakeEngine(fake, asked), redactor: createRedactor(), options, io, reporter },
    out: () => out,
    json: () =>
      out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    asked,
  };
}

export const PLAN: ComparePlan = {
  planId: 'plan-1',
  promptId: 'a.prompt.yml',
  promptName: 'Ticket triage',
  models: ['sandbox/extractor-2026-05'],
  cases: 50,
  repeats: 3,
  calls: 150,
  fromCache: 0,
  estimatedCost: 0.31,
  worstCost: 0.9,
  askFirst: [],
  keys: [],
  notes: [],
  atMostMore: 250,
  baseline: 'baseline · sandbox/extractor-2026-05',
  candidate: 'working copy · sandbox/extractor-2026-05',
};

export const BASELINE: BaselineSummary = {
  path: '__baselines__/a.prompt.yml@sandbox%2Fextractor-2026-05.json',
  promptId: 'a.prompt.yml',
  model: 'sandbox/extractor-2026-05',
  answeredBy: ['extractor-2026-05'],
  fingerprint: 'ek1:0',
  capturedOn: ['2026-11-12', '2026-11-13'],
  cases: 50,
  least: 10,
  most: 10,
  wanted: 10,
  lacking: [],
  stale: [],
  orphaned: [],
};

function fakeEngine(fake: Fake, asked: (readonly [string, unknown])[]): Engine {
  const { comparisons = [], states = {}, plan = {}, baselines = [], throws = {} } = fake;
  const stateOf = (caseId: string): ReviewState => states[caseId] ?? { state: 'pending' };
  const find = (id: string): Comparison => {
    const found = comparisons.find((one) => one.id === id);
    if (!found) throw new UserError('usage', `There is no comparison ${id}.`);
    return found;
  };
  const planned = async (): Promise<ComparePlan> => ({ ...PLAN, ...plan });
  const listing = ({ id, kind, createdAt, promptId, promptName, suite, candidate, cases }: Comparison): ComparisonListing => {
    const reviewable = cases
      .filter(({ label }) => REVIEWABLE.has(label))
      .map(({ caseId, label, line }) => ({ caseId, label, line, review: stateOf(caseId) }));
    const count = (state: string): number => reviewable.filter(({ review }) => review.state === state).length;
    const sides = { baseline: 'baseline', candidate: 'working copy', model: candidate.model };
    return {
      comparisonId: id,
      kind,
      createdAt,
      promptId,
      promptName,
      word: suite.word,
      ...sides,
      reviewable,
      pending: count('pending'),
      rejected: count('rejected'),
    };
  };
  const methods: Partial<Engine> = {
    planCompare: planned,
    planCapture: planned,
    planDaily: planned,
    startCompare: async (_planId, _keys, onEvent) => {
      const finished: CompareEvent = {
        type: 'compareFinished',
        jobId: 'job-1',
        end: 'finished',
        ...(comparisons[0] ? { comparisonId: comparisons[0].id } : {}),
      };
      for (const event of fake.events ?? [finished]) onEvent(event);
      return { jobId: 'job-1', finished: Promise.resolve() };
    },
    compareRecorded: async () => ({ comparisonId: comparisons[0]?.id ?? '' }),
    openReport: async () => ({ comparisonId: comparisons[0]?.id ?? '' }),
    comparisons: async ({ promptId }) => comparisons.map(listing).filter((one) => promptId === undefined || one.promptId === promptId),
    comparison: async ({ comparisonId }) => comparisonView(find(comparisonId), stateOf),
    comparisonCase: async ({ comparisonId, caseId }) => caseComparison(find(comparisonId), caseId, stateOf),
    exportReport: async ({ comparisonId, format }) => ({
      text: format === 'json' ? JSON.stringify(find(comparisonId)) : `# ${find(comparisonId).promptName}\n`,
    }),
    review: async () => ({ cases: ['t-001'], canUndo: true, message: 'Accepted 1 case.', files: ['__baselines__/a.json'] }),
    undoReview: async () => ({ cases: ['t-001'], canUndo: false, message: 'Taken back: 1 case.', files: [] }),
    dropComparison: async () => null,
    baselines: async ({ promptId }) => baselines.filter((one) => one.promptId === promptId),
    pruneBaselines: async () => ({
      removed: baselines.map(({ path, stale, orphaned }) => ({ path, caseIds: [...stale, ...orphaned] })),
    }),
    ...fake.methods,
  };
  return new Proxy({} as Engine, {
    get: (_target, name: string) => {
      const method = methods[name as keyof Engine] as ((...params: unknown[]) => unknown) | undefined;
      if (!method) throw new Error(`the fake engine has no ${name}`);
      return async (...params: unknown[]) => {
        asked.push([name, params[0]]);
        const error = throws[name as keyof Engine];
        if (error) throw error;
        return method(...params);
      };
    },
  });
}
