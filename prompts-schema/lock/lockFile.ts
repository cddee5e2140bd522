import type { FingerprintParts } from '../fingerprint/fingerprintPrompt.ts';
import type { Range } from '../text/range.ts';

/** The version of lock files that this program writes and reads. */
export const LOCK_FORMAT = 1;

/** The releases of a prompt, or of the prompts of a file of several: what stands in `<prompt file>.lock`. */
export interface LockFile {
  /** In the order of the file: oldest first. */
  readonly releases: readonly Release[];
}

/** A version with its fingerprint and what it was tested with. */
export interface Release {
  /** The prompt's name, in files of several prompts only. */
  readonly prompt: string | undefined;
  /** Semver. */
  readonly version: string;
  readonly fingerprint: string;
  readonly parts: FingerprintParts;
  /** SHA-256 (hex) of the raw bytes of the prompt file and of every file in its fingerprint, by path from the prompt file's folder. */
  readonly files: Readonly<Record<string, string>>;
  /** `YYYY-MM-DD`. */
  readonly released: string;
  readonly tested: readonly TestedWith[];
}

/** One model and dataset that a release was tested with. A newer test of the same model replaces the older. */
export interface TestedWith {
  /** As requested: `provider/model`. */
  readonly model: string;
  /** Fingerprint of the dataset, SHA-256 in hex; undefined for inline cases alone. */
  readonly dataset: string | undefined;
  readonly cases: number;
  readonly passed: number;
  /** Passed or failed; unscored ones and errors are not among them. */
  readonly scored: number;
  /** 95 % interval of the pass rate (Wilson), 0 to 1; undefined when nothing was scored. */
  readonly interval: { readonly low: number; readonly high: number } | undefined;
  /** The run that says so, and whether a person accepted it in a drift review. */
  readonly run: string;
  readonly how: 'eval' | 'review';
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

/** What reading a lock file gave. */
export type ParsedLock =
  | {
      readonly status: 'read';
      readonly lock: LockFile;
      /** Releases whose seal does not fit: somebody edited them by hand. Their place in the text. */
      readonly unsealed: readonly { readonly version: string; readonly prompt: string | undefined; readonly range: Range }[];
    }
  /** Conflict markers of a merge. `merged` is the lock made of both sides where that is sound. */
  | { readonly status: 'conflict'; readonly range: Range; readonly merged: LockFile | undefined; readonly message: string }
  | { readonly status: 'invalid'; readonly range: Range; readonly message: string }
  /** Of a newer format: never rewritten. */
  | { readonly status: 'newer'; readonly range: Range; readonly message: string };
