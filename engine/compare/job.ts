import type { JournalState } from '../../ledger/index.ts';
import type { BoundKey, CompareEvent, ComparePlan } from '../../protocol/index.ts';
import type { EngineContext } from '../engineContext.ts';
import type { Plan } from '../run/plan.ts';
import { readRun } from '../run/resume.ts';

/** What a job ended with; `comparisonId` where there is a comparison to look at. */
export interface JobEnd {
  readonly end: 'finished' | 'cancelled' | 'failed';
  readonly comparisonId?: string;
  readonly message?: string;
}

/** A comparison or capture that could start: nothing was sent, nothing was written. */
export interface PlannedJob {
  readonly summary: ComparePlan;
  readonly run: (job: JobContext) => Promise<JobEnd>;
}

/** What a job under way works with. */
export interface JobContext {
  readonly jobId: string;
  readonly signal: AbortSignal;
  /** Runs a plan to its end and reads its journal back. `phase` is what the progress is called. */
  readonly take: (plan: Plan, phase: Phase) => Promise<JournalState>;
  readonly computing: () => void;
}

type Phase = Extract<CompareEvent, { readonly type: 'compareProgress' }>['phase'];

/** The context of one job: its runs one after the other, their progress at most ten times a second. */
export function jobContext(
  engine: EngineContext,
  jobId: string,
  keys: readonly BoundKey[],
  emit: (event: CompareEvent) => void,
  signal: AbortSignal,
): JobContext {
  let spent = 0;
  let last = Number.NEGATIVE_INFINITY;
  const progress = (phase: Phase, done: number, planned: number, costUsd: number): void => {
    const now = engine.clock.now();
    if (done < planned && now - last < PROGRESS_MS) return;
    last = now;
    emit({ type: 'compareProgress', jobId, phase, done, planned, costUsd });
  };
  return {
    jobId,
    signal,
    take: async (plan, phase) => {
      const planned = plan.cases.length * plan.header.repeats;
      let done = 0;
      let cost = 0;
      last = Number.NEGATIVE_INFINITY;
      progress(phase, 0, planned, spent);
      const { runId, finished } = await engine.startRun(
        plan,
        keys,
        (event) => {
          if (event.type !== 'sampleFinished') return;
          done++;
          cost += event.sample.cost?.usd ?? 0;
          progress(phase, done, planned, spent + cost);
        },
        signal,
      );
      await finished;
      spent += cost;
      return readRun(engine.folderOf(plan.workspace.root).store, runId);
    },
    computing: () => emit({ type: 'compareProgress', jobId, phase: 'computing', done: 0, planned: 0, costUsd: spent }),
  };
}

const PROGRESS_MS = 100;
