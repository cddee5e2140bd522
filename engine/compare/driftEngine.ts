import type { BoundKey, CompareEvent, ComparePlan, HostRequests } from '../../protocol/index.ts';
import type { DailyRequest } from './daily/planDaily.ts';

type Ask<M extends keyof HostRequests> = (params: HostRequests[M]['params']) => Promise<HostRequests[M]['result']>;

/** A comparison or a capture under way. */
export interface StartedJob {
  readonly jobId: string;
  /** Resolves after the last event; never rejects for what a provider, a disk or a user does. */
  readonly finished: Promise<void>;
}

/** Compares, captures, reviews. What each does stands at its request in protocol's HostRequests. */
export interface DriftEngine {
  readonly planCompare: Ask<'planCompare'>;
  readonly planCapture: Ask<'planCapture'>;
  readonly planMore: Ask<'planMore'>;
  /** One day's check of one prompt, with its state in a folder; the command line asks. */
  readonly planDaily: (request: DailyRequest) => Promise<ComparePlan>;
  /** Starts a plan of the four, once. Keys are bound to provider and origin; the signal cancels within a second. */
  readonly startCompare: (
    planId: string,
    keys: readonly BoundKey[],
    onEvent: (event: CompareEvent) => void,
    signal?: AbortSignal,
  ) => Promise<StartedJob>;
  readonly workingPoints: Ask<'workingPoints'>;
  readonly compareRecorded: Ask<'compareRecorded'>;
  readonly openReport: Ask<'openReport'>;
  readonly comparisons: Ask<'comparisons'>;
  readonly comparison: Ask<'comparison'>;
  readonly comparisonCase: Ask<'comparisonCase'>;
  readonly comparisonTexts: Ask<'comparisonTexts'>;
  readonly review: Ask<'review'>;
  readonly undoReview: Ask<'undoReview'>;
  readonly dropComparison: Ask<'dropComparison'>;
  readonly exportReport: Ask<'exportReport'>;
  readonly baselines: Ask<'baselines'>;
  readonly pruneBaselines: Ask<'pruneBaselines'>;
}
