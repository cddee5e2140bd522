import type { BoundKey, EvalRequest, PlanSummary } from './evalRequest.ts';
import type { RunEnd, RunEvent, RunHeader, RunTotals, Sample, Score } from './run.ts';

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
}

/** What the host asks of the extension. `events` is answered when the batch is taken: that is the backpressure. */
export interface HostCallbacks {
  readonly events: { readonly params: { readonly events: readonly RunEvent[] }; readonly result: null };
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
