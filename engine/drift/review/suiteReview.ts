import type { CaseLabel, SuiteVerdict } from '../../../protocol/index.ts';
import type { CaseEvidence } from '../cases/reviewCase.ts';

/** Counts of one evaluator-based outcome on both sides of a case: of the approved samples, and of the new ones of the *first* look. */
export interface OutcomeCounts {
  readonly baseline: { readonly yes: number; readonly total: number };
  readonly candidate: { readonly yes: number; readonly total: number };
}

/** One case as the suite's tests see it. */
export interface SuiteCase {
  readonly caseId: string;
  readonly evidence: CaseEvidence;
  /** Samples that passed of those scored; null where no evaluator could score any. */
  readonly passes: OutcomeCounts | null;
  /** Samples that kept their contract; null where there is none. */
  readonly contract: OutcomeCounts | null;
}

/** How the suite is judged. */
export interface SuiteOptions {
  /** Of the review; every random draw comes from it. */
  readonly seed: string;
  /** `quick` makes no claim: no test is run and the word is `untested`. */
  readonly kind: 'quick' | 'review';
  /** New samples a case in the first look. */
  readonly screen: number;
}

/** The suite's verdict and each case's label with its q-value, in the order of the cases. */
export interface SuiteReview {
  readonly verdict: Omit<SuiteVerdict, 'shifts'>;
  readonly cases: readonly { readonly label: CaseLabel; readonly q: number | null }[];
}
