import * as z from 'zod/mini';

/** Which version a release gets: the next one of a kind, or a version as written. `asWritten` releases the version that the file names. */
export const Bump = z.union([z.enum(['patch', 'minor', 'major', 'asWritten']), z.object({ version: z.string() })]);
export type Bump = z.infer<typeof Bump>;

/** Writes the version into the prompt file and its release into the lock file beside it. No model is called. */
export const ReleaseRequest = z.object({ root: z.string(), promptId: z.string(), bump: Bump });
export type ReleaseRequest = z.infer<typeof ReleaseRequest>;

/** What a release or a repair of a lock file did. */
export const ReleaseResult = z.object({
  version: z.optional(z.string()),
  fingerprint: z.optional(z.string()),
  /** Models that this version counts as tested with. */
  tested: z.array(z.string()),
  /** Root-relative paths of the files that were written. */
  files: z.array(z.string()),
  /** A sentence for people: what was done, and what a repair could not keep. */
  message: z.string(),
});
export type ReleaseResult = z.infer<typeof ReleaseResult>;
