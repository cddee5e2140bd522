import type { ComparedSample, SideInfo } from '../../../protocol/index.ts';

/** The samples of one case on one side. */
export interface SideCase {
  /** SHA-256 of the variables they answer. */
  readonly inputs: string;
  readonly samples: readonly ComparedSample[];
  /** Samples that were planned and are not there: calls that gave no answer or were not made. */
  readonly failures: number;
}

/** One side of a comparison with all of its samples. */
export interface SideData {
  readonly info: SideInfo;
  readonly cases: ReadonlyMap<string, SideCase>;
  /** What is worth saying of it: stale entries, a baseline of another model. */
  readonly notes: readonly string[];
}
