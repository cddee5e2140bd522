import type { Failure, RunEnd, RunHeader, RunTotals, Sample, SampleKey, Score } from '../../protocol/index.ts';
import type { Json, JsonObject } from '../../safety/index.ts';

/** Version of the journal's records; a newer one is refused with a message, never rewritten. */
export const JOURNAL_FORMAT = 1;

/** One case as the run froze it. */
export interface FrozenCase {
  readonly id: string;
  readonly variables: JsonObject;
  readonly expected?: Json;
  /** The models that it goes to; all of the run where undefined. */
  readonly models?: readonly string[];
  /** Why it is not asked: each of its samples is this failure. */
  readonly refused?: string;
}

/** Whether a run asks this model for the case. */
export function isAskedOf({ models }: Pick<FrozenCase, 'models'>, model: string): boolean {
  return !models || models.includes(model);
}

/** Everything a run needs to go on or be scored again without the files it came from. */
export interface FrozenPrompt {
  readonly promptId: string;
  readonly text: string;
  /** Referenced files by their path as written in the prompt. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * What a run's journal holds, in order. An attempt is on disk before its call, an output after it, scores are records of their own,
 * so that scoring again adds and never rewrites. No record ever holds a key.
 */
export type JournalRecord =
  | {
      readonly type: 'run';
      readonly formatVersion: number;
      readonly header: RunHeader;
      readonly prompt: FrozenPrompt;
      readonly settings: RunSettings;
    }
  | { readonly type: 'cases'; readonly cases: readonly FrozenCase[] }
  | {
      readonly type: 'attempt';
      readonly key: SampleKey;
      readonly attempt: number;
      readonly at: string;
      readonly requestHash: string;
      readonly worstCost?: number;
    }
  /** An attempt that ended without an answer and may be tried again. */
  | { readonly type: 'attemptFailed'; readonly key: SampleKey; readonly attempt: number; readonly failure: Failure }
  | { readonly type: 'output'; readonly sample: Sample }
  | { readonly type: 'scores'; readonly key: SampleKey; readonly evaluators: string; readonly scores: readonly Score[] }
  /** A later session took the run up again. */
  | { readonly type: 'resumed'; readonly at: string; readonly kept: number; readonly unknown: number }
  | { readonly type: 'end'; readonly end: RunEnd; readonly totals: RunTotals; readonly message?: string };

/** How the run was asked for: what a resume must repeat. */
export interface RunSettings {
  readonly repeats: number;
  readonly seed: number;
  readonly concurrency: number;
  readonly cache: boolean;
  readonly budget: { readonly maxCost?: number; readonly maxCalls?: number };
  /** A short hash of the evaluators as they were. */
  readonly evaluators: string;
}

/** Writes one run. Several writers of one run each have a file of their own; `append` resolves when the record is on disk. */
export interface JournalWriter {
  readonly runId: string;
  readonly append: (record: JournalRecord) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A run read back: the union of its writers' files, in order. */
export interface JournalState {
  readonly header: RunHeader;
  readonly prompt: FrozenPrompt;
  readonly settings: RunSettings;
  readonly cases: readonly FrozenCase[];
  /** By sampleKeyText; the last successful output of a key counts, a failure only while there is none. */
  readonly samples: ReadonlyMap<string, Sample>;
  /** By sampleKeyText; the latest scores. */
  readonly scores: ReadonlyMap<string, readonly Score[]>;
  /** Attempts on disk with neither output nor failure: sent, outcome unknown. By sampleKeyText. */
  readonly unsettled: ReadonlyMap<string, { readonly key: SampleKey; readonly attempts: number; readonly worstCost: number }>;
  /** Attempts that failed after they were sent, outcome unknown, and are settled by that: their number and the sum of their worst costs. */
  readonly lostAttempts?: { readonly attempts: number; readonly worstCost: number };
  readonly end: { readonly end: RunEnd; readonly totals: RunTotals; readonly message?: string } | undefined;
  /** Records that were torn or failed their CRC, by file. Everything else was kept. */
  readonly damaged: readonly { readonly file: string; readonly records: number }[];
}

/** Run journals of one root (`.evenkeel/runs/<id>/<writer>.jsonl`). */
export interface RunStore {
  readonly create: (runId: string) => Promise<JournalWriter>;
  /** A further writer for an existing run. */
  readonly reopen: (runId: string) => Promise<JournalWriter>;
  readonly read: (runId: string) => Promise<JournalState | undefined>;
  /** Newest first; headers and ends only, without reading outputs where that can be helped. */
  readonly list: (promptId?: string) => Promise<readonly RunListing[]>;
}

export interface RunListing {
  readonly header: RunHeader;
  readonly end: RunEnd;
  readonly totals: RunTotals;
  readonly missing: number;
  readonly unknown: number;
}
