import type { CaptureRequest, CompareEvent, ComparePlan, CompareRequest, RecordedRequest } from './compareRequest.ts';
import type { DeploymentRecord, DeploymentsView, StatusRow } from './deployments.ts';
import type { CaseComparison, ComparisonView } from './driftView.ts';
import type { BoundKey, EvalRequest, KeyNeed, PlanSummary } from './evalRequest.ts';
import type { HistoryView, PointText, PromptPoint } from './history.ts';
import type { ReleaseRequest, ReleaseResult } from './release.ts';
import type { BaselineSummary, ComparisonListing, ReviewAction, ReviewScope } from './review.ts';
import type { RunEnd, RunEvent, RunHeader, RunTotals, Sample, Score } from './run.ts';
import type { WorkingPoints, WorkingPointsRequest } from './workingPoints.ts';

/** What the extension may ask of the engine's process: JSON-RPC method → parameters and result. */
export interface HostRequests {
  /** Once, first. */
  readonly initialize: {
    readonly params: { readonly trusted: boolean; readonly version: string };
    readonly result: { readonly version: string };
  };
  /** When the user trusts the folder, or no longer. */
  readonly setTrust: { readonly params: { readonly trusted: boolean }; readonly result: null };
  readonly plan: { readonly params: EvalRequest; readonly result: PlanSummary };
  /** Starts a planned run; events follow in `events` requests from the host. */
  readonly start: {
    readonly params: { readonly planId: string; readonly keys: readonly BoundKey[] };
    readonly result: { readonly runId: string };
  };
  readonly cancel: { readonly params: { readonly runId: string }; readonly result: null };
  /** What a resume would do, then `start` runs it. `sendUnknown`: also send again what may have been answered and lost. */
  readonly planResume: {
    readonly params: { readonly root: string; readonly runId: string; readonly sendUnknown: boolean; readonly sandboxUrl?: string };
    readonly result: PlanSummary;
  };
  /** Scores a stored run's outputs with the evaluators as they are now; no call is made. */
  readonly rescore: {
    readonly params: { readonly root: string; readonly runId: string; readonly text?: string };
    readonly result: { readonly runId: string };
  };
  readonly preview: { readonly params: PreviewParams; readonly result: PreviewResult };
  readonly runs: { readonly params: { readonly root: string; readonly promptId?: string }; readonly result: readonly StoredRun[] };
  /** All events of a stored run, for a panel that was closed meanwhile. */
  readonly replay: { readonly params: { readonly root: string; readonly runId: string }; readonly result: readonly RunEvent[] };
  readonly caseDetail: {
    readonly params: { readonly root: string; readonly runId: string; readonly caseId: string };
    readonly result: CaseDetail;
  };
  readonly planCompare: { readonly params: CompareRequest; readonly result: ComparePlan };
  readonly planCapture: { readonly params: CaptureRequest; readonly result: ComparePlan };
  /** Five more samples for cases of a comparison that cannot be told yet; the comparison is computed anew under the same id. */
  readonly planMore: {
    readonly params: ComparisonPlace & { readonly caseIds: readonly string[]; readonly sandboxUrl?: string };
    readonly result: ComparePlan;
  };
  /** Starts a planned comparison, capture or second look; `comparison` events follow from the host. `cancel` ends it by its jobId. */
  readonly startCompare: {
    readonly params: { readonly planId: string; readonly keys: readonly BoundKey[] };
    readonly result: { readonly jobId: string };
  };
  /** Imports recorded outputs; no call is made. */
  readonly compareRecorded: { readonly params: RecordedRequest; readonly result: { readonly comparisonId: string } };
  /** Takes a report file over as a comparison of this root. `path` is absolute. */
  readonly openReport: {
    readonly params: { readonly root: string; readonly path: string };
    readonly result: { readonly comparisonId: string };
  };
  readonly comparisons: {
    readonly params: { readonly root: string; readonly promptId?: string };
    readonly result: readonly ComparisonListing[];
  };
  readonly comparison: { readonly params: ComparisonPlace; readonly result: ComparisonView };
  readonly comparisonCase: {
    readonly params: ComparisonPlace & { readonly caseId: string; readonly approved?: number; readonly fresh?: number };
    readonly result: CaseComparison;
  };
  /** Both sides of cases as texts for native diff editors: JSON indented, everything else as it came. */
  readonly comparisonTexts: {
    readonly params: ComparisonPlace & { readonly caseIds: readonly string[]; readonly approved?: number; readonly fresh?: number };
    readonly result: readonly CaseTexts[];
  };
  /** Accepts, rejects or marks as known noise; one implementation for panel, tree, diff editor and CLI. */
  readonly review: {
    readonly params: ComparisonPlace & { readonly action: ReviewAction; readonly scope: ReviewScope; readonly reason?: string };
    readonly result: ReviewResult;
  };
  /** Takes the last review action of this comparison back. */
  readonly undoReview: { readonly params: ComparisonPlace; readonly result: ReviewResult };
  /** Forgets a comparison; baselines and reviews stay. */
  readonly dropComparison: { readonly params: ComparisonPlace; readonly result: null };
  /** The comparison as a report: `json` opens into the panel again, `markdown` goes into a pull request. */
  readonly exportReport: {
    readonly params: ComparisonPlace & { readonly format: 'json' | 'markdown' };
    readonly result: { readonly text: string };
  };
  readonly baselines: {
    readonly params: { readonly root: string; readonly promptId: string; readonly text?: string };
    readonly result: readonly BaselineSummary[];
  };
  /** Removes stale and orphaned entries of a prompt's baselines, and nothing else. */
  readonly pruneBaselines: {
    readonly params: { readonly root: string; readonly promptId: string };
    readonly result: { readonly removed: readonly { readonly path: string; readonly caseIds: readonly string[] }[] };
  };
  /** Writes a release: the version into the prompt file, the release into its lock. */
  readonly release: { readonly params: ReleaseRequest; readonly result: ReleaseResult };
  /** Makes a lock file anew from what of it is sound and from git: after a merge conflict or an edit by hand. */
  readonly repairLock: { readonly params: { readonly root: string; readonly promptId: string }; readonly result: ReleaseResult };
  /** What is deployed, from the stored answers: nothing is fetched. */
  readonly deployments: { readonly params: { readonly root: string }; readonly result: DeploymentsView };
  /** Looks at the sources again: those that are due, or with `force` all. Keys are bound to environment and origin. With `force` and no environments nobody is asked, and edits are counted anew. */
  readonly refreshDeployments: {
    readonly params: {
      readonly root: string;
      readonly environments?: readonly string[];
      readonly force?: boolean;
      readonly keys: readonly BoundKey[];
    };
    readonly result: DeploymentsView;
  };
  /** The keys that a look at these environments (all when left out) would send, and to whom; `provider` is the name for a BoundKey. */
  readonly deploymentKeys: {
    readonly params: { readonly root: string; readonly environments?: readonly string[] };
    readonly result: readonly KeyNeed[];
  };
  /** Adds records to a deployments file of evenkeel.yml; the command line asks, in the user's pipeline. */
  readonly recordDeployed: {
    readonly params: {
      readonly root: string;
      readonly records: readonly Omit<DeploymentRecord, 'formatVersion' | 'at'>[];
    };
    readonly result: { readonly files: readonly string[]; readonly message: string };
  };
  /** `limit`: so many commits are enough, and older texts need not be read for it; left out: all of them. */
  readonly history: {
    readonly params: { readonly root: string; readonly promptId: string; readonly limit?: number };
    readonly result: HistoryView;
  };
  readonly promptAt: {
    readonly params: { readonly root: string; readonly promptId: string; readonly point: PromptPoint };
    readonly result: PointText;
  };
  /** When the prompt worked, for *What changed since it last worked?*; `since` chooses one of them. No call is made. */
  readonly workingPoints: { readonly params: WorkingPointsRequest; readonly result: WorkingPoints };
  readonly status: {
    readonly params: { readonly root: string; readonly promptIds?: readonly string[] };
    readonly result: readonly StatusRow[];
  };
}

export interface ComparisonPlace {
  readonly root: string;
  readonly comparisonId: string;
}

/** What a review action did: how many cases, whether one more can be taken back, a sentence for people. */
export interface ReviewResult {
  readonly cases: readonly string[];
  readonly canUndo: boolean;
  readonly message: string;
  /** Root-relative paths of the files that were written. */
  readonly files: readonly string[];
}

/** One case's outputs as texts; `language` is VS Code's language id. */
export interface CaseTexts {
  readonly caseId: string;
  readonly title: string;
  readonly language: 'json' | 'plaintext';
  /** Absent when this side has no sample. */
  readonly approved?: string;
  readonly fresh?: string;
}

/** What the host asks of the extension. `events` is answered when the batch is taken: that is the backpressure. */
export interface HostCallbacks {
  readonly events: { readonly params: { readonly events: readonly RunEvent[] }; readonly result: null };
  /** One at a time, at most ten a second. */
  readonly comparison: { readonly params: CompareEvent; readonly result: null };
}

export interface PreviewParams {
  readonly root: string;
  readonly promptId: string;
  readonly text?: string;
  /** A case of the dataset; without it, and without variables, the first case. */
  readonly caseId?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface PreviewResult {
  readonly caseId?: string;
  readonly messages: readonly SentMessage[];
  /** Placeholders without a value: they stay in the text as written. */
  readonly missing: readonly string[];
  readonly model?: string;
}

export interface SentMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** A run as the journal knows it. */
export interface StoredRun {
  readonly header: RunHeader;
  readonly end: RunEnd;
  readonly totals: RunTotals;
  /** Samples planned and not yet answered; more than 0 means it can be resumed. */
  readonly missing: number;
  /** Of those, attempts that were sent and whose outcome is unknown. */
  readonly unknown: number;
}

/** Everything about one case of a run. */
export interface CaseDetail {
  readonly caseId: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly expected?: unknown;
  readonly samples: readonly {
    readonly sample: Sample;
    readonly scores: readonly Score[];
    readonly messages: readonly SentMessage[];
    readonly curl: string;
  }[];
}
