import * as z from 'zod/mini';
import { CaseLabel, SuiteWord } from './comparison.ts';

/** What a person said of a change. */
export const ReviewAction = z.enum(['accept', 'reject', 'knownNoise']);
export type ReviewAction = z.infer<typeof ReviewAction>;

/** Which cases of a comparison: some by id, those of a group, or every one that is still pending. */
export const ReviewScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cases'), ids: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('group'), id: z.string() }),
  z.strictObject({ kind: z.literal('remaining') }),
]);
export type ReviewScope = z.infer<typeof ReviewScope>;

/** Where the review of one case stands. `carried`: said in an earlier comparison of the same change. */
export const ReviewState = z.object({
  state: z.enum(['pending', 'accepted', 'rejected', 'knownNoise']),
  by: z.optional(z.string()),
  at: z.optional(z.string()),
  reason: z.optional(z.string()),
  carried: z.optional(z.boolean()),
});
export type ReviewState = z.infer<typeof ReviewState>;

/** A comparison in a line, for trees, lenses and `evenkeel review list`. */
export const ComparisonListing = z.object({
  comparisonId: z.string(),
  kind: z.enum(['quick', 'review', 'recorded', 'daily']),
  createdAt: z.string(),
  promptId: z.string(),
  promptName: z.string(),
  word: SuiteWord,
  baseline: z.string(),
  candidate: z.string(),
  /** The candidate's model as requested. */
  model: z.string(),
  /** Cases a person is asked about, each with its verdict, its line and where its review stands. */
  reviewable: z.array(z.object({ caseId: z.string(), label: CaseLabel, line: z.string(), review: ReviewState })),
  pending: z.number(),
  rejected: z.number(),
});
export type ComparisonListing = z.infer<typeof ComparisonListing>;

/** What a baseline holds, and what of it no longer fits the dataset. */
export const BaselineSummary = z.object({
  /** Root-relative path of its file. */
  path: z.string(),
  promptId: z.string(),
  model: z.string(),
  answeredBy: z.array(z.string()),
  fingerprint: z.string(),
  /** Days on which samples were captured. */
  capturedOn: z.array(z.string()),
  cases: z.number(),
  /** Fewest and most samples a case holds. */
  least: z.number(),
  most: z.number(),
  /** Samples a case should hold. */
  wanted: z.number(),
  /** Cases of the dataset without an entry; entries whose case has other inputs now; entries whose case is gone. */
  lacking: z.array(z.string()),
  stale: z.array(z.string()),
  orphaned: z.array(z.string()),
  /** The prompt's file this baseline was captured for, when it was renamed since. */
  renamedFrom: z.optional(z.string()),
});
export type BaselineSummary = z.infer<typeof BaselineSummary>;
