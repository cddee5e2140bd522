import type { FingerprintParts } from '../../prompts-schema/index.ts';
import type { Output } from '../../protocol/index.ts';

/** Version of baseline files; a newer one is refused with a message, never rewritten. */
export const BASELINE_FORMAT = 1;

/** What a set of approved samples answered: a prompt at a fingerprint, by the models that the answers named, on these days. */
export interface BaselineSource {
  readonly fingerprint: string;
  readonly parts: FingerprintParts;
  /** Of the prompt, where it had one. */
  readonly version?: string;
  readonly answeredBy: readonly string[];
  /** `YYYY-MM-DD`, sorted, each once. */
  readonly days: readonly string[];
  /** SHA-256 of the cases, as in a run's header. */
  readonly dataset?: string;
}

/** A distinct approved output and how many samples gave it. */
export interface ApprovedOutput {
  readonly count: number;
  readonly output: Output;
}

/** The approved samples of one case. */
export interface BaselineCase {
  /** SHA-256 of the case's variables in canonical JSON: other inputs make the entry stale. */
  readonly inputs: string;
  /** Place in `sources`. */
  readonly source: number;
  /** Most frequent first, ties by text. */
  readonly outputs: readonly ApprovedOutput[];
}

/** The samples a person approved for a prompt and a model. */
export interface Baseline {
  readonly promptId: string;
  /** As requested: `provider/model`. */
  readonly model: string;
  /** Samples a case should hold. */
  readonly wanted: number;
  readonly sources: readonly BaselineSource[];
  /** By case id, in the order of the file (the dataset's at the last write). */
  readonly cases: ReadonlyMap<string, BaselineCase>;
}

/** A baseline as it lies on disk. */
export interface StoredBaseline {
  /** Root-relative. */
  readonly path: string;
  /** Hash of its text, for compare-and-swap. */
  readonly hash: string;
  readonly baseline: Baseline;
  /** The prompt it names, when that file is gone and this one has its fingerprint. */
  readonly renamedFrom?: string;
}
