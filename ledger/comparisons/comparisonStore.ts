import type { Comparison, ComparisonListing } from '../../protocol/index.ts';

/** Comparisons of one root, in `.evenkeel/pending/`. */
export interface ComparisonStore {
  /** Durable when it resolves; replaces a comparison of the same id. Old ones of the same prompt go, save those with pending cases. */
  readonly save: (comparison: Comparison) => Promise<void>;
  /** Throws a UserError where there is none, where it is newer than this program, or damaged. */
  readonly read: (comparisonId: string) => Promise<Comparison>;
  /** Newest first, with the state of their reviews; without reading outputs. */
  readonly list: (promptId?: string) => Promise<readonly ComparisonListing[]>;
  readonly drop: (comparisonId: string) => Promise<void>;
}
