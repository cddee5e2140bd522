import type {
  BaselineSummary,
  CaseComparison,
  CompareEvent,
  ComparePlan,
  Comparison,
  ComparisonListing,
  ComparisonView,
  ReviewResult,
} from '../../protocol/index.ts';
import type { BaselineCheck } from '../baselineCheck.ts';
import type { ExitCode } from '../exitCodes.ts';

/** A comparison as it is told: its file, and the view that carries the states of its reviews. */
export interface ShownComparison {
  readonly comparison: Comparison;
  readonly view: ComparisonView;
  readonly exitCode: ExitCode;
}

/** Entries of a baseline that no case of the dataset stands for any more. */
export interface PrunedEntries {
  readonly promptId: string;
  /** Root-relative path of the baseline. */
  readonly path: string;
  readonly caseIds: readonly string[];
}

/** Where comparisons, baselines and reviews of one command are told: a terminal, a pipe, or a program. */
export interface DriftReporter {
  readonly plan: (plan: ComparePlan) => void;
  readonly event: (event: CompareEvent) => void;
  readonly comparison: (shown: ShownComparison) => void;
  /** The same for `evenkeel review list`: what waits for a person, and where its review stands. */
  readonly toReview: (listing: ComparisonListing, shown: ShownComparison) => void;
  readonly case: (comparisonId: string, of: CaseComparison) => void;
  readonly reviewed: (action: string, comparisonId: string, result: ReviewResult) => void;
  readonly dropped: (comparisonId: string) => void;
  readonly baseline: (summary: BaselineSummary) => void;
  readonly check: (check: BaselineCheck) => void;
  readonly prune: (kind: 'prunable' | 'pruned', entries: PrunedEntries) => void;
  /** A file was written, named as it was asked for. */
  readonly report: (promptId: string, file: string) => void;
  /** A prompt or a comparison that could not be worked on, or was left out on purpose. */
  readonly problem: (promptId: string, message: string) => void;
  readonly skipped: (promptId: string, message: string) => void;
  /** A sentence for people; programs have the events. */
  readonly say: (line: string) => void;
  /** After the last of them. */
  readonly end: () => void;
}
