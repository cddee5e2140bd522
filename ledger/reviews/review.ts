import type { CaseLabel, Comparison, ReviewAction, ReviewResult, ReviewScope, ReviewState } from '../../protocol/index.ts';

/** Version of the records in a `.reviews.jsonl`. */
export const REVIEW_FORMAT = 1;

/** One line of `__baselines__/<prompt>.reviews.jsonl`: who said what of one case's change. Append-only; merged by union. */
export interface ReviewRecord {
  readonly formatVersion: typeof REVIEW_FORMAT;
  readonly id: string;
  /** ISO time. */
  readonly at: string;
  readonly by: string;
  readonly action: ReviewAction | 'undo';
  readonly caseId: string;
  /** `ComparedCase.change`. */
  readonly change: string;
  readonly label: CaseLabel;
  /** `billing → refunds`: so that the file reads well. */
  readonly line: string;
  readonly model: string;
  readonly comparison: string;
  readonly reason?: string;
  /** Of an undo: the record taken back. */
  readonly undoes?: string;
}

/** Where the review of a case stands: its change's newest record that was not taken back. */
export type ReviewLookup = (of: {
  readonly caseId: string;
  readonly change: string;
  readonly model: string;
  readonly comparison: string;
}) => ReviewState;

/** Reviews of one root. Every writer goes through here: panel, tree, native diff editor and command line. */
export interface ReviewLedger {
  /** Accepting writes the candidate's samples into the baseline of the candidate's model; no model is called. */
  readonly apply: (comparison: Comparison, action: ReviewAction, scope: ReviewScope, reason?: string) => Promise<ReviewResult>;
  /** Takes the last action of this comparison that was not taken back, back: records and baseline entries. */
  readonly undo: (comparison: Comparison) => Promise<ReviewResult>;
  readonly canUndo: (comparison: Comparison) => Promise<boolean>;
  readonly lookup: (promptId: string) => Promise<ReviewLookup>;
}
