import * as z from 'zod/mini';
import { CaseLabel, type Comparison, type ComparisonListing, REVIEWABLE, SuiteWord } from '../../protocol/index.ts';
import { parseJson } from '../../safety/index.ts';
import type { ReviewLookup } from '../reviews/review.ts';

const INDEX_FORMAT = 1;

/** What listings say of a comparison, without its outputs; lies beside it and can be made again from it. */
export const ComparisonIndex = z.object({
  formatVersion: z.literal(INDEX_FORMAT),
  /** Of the comparison's file. */
  stamp: z.string(),
  comparisonId: z.string(),
  kind: z.enum(['quick', 'review', 'recorded', 'daily']),
  createdAt: z.string(),
  promptId: z.string(),
  promptName: z.string(),
  word: SuiteWord,
  baseline: z.string(),
  candidate: z.string(),
  model: z.string(),
  reviewable: z.array(z.object({ caseId: z.string(), label: CaseLabel, line: z.string(), change: z.string() })),
});
export type ComparisonIndex = z.infer<typeof ComparisonIndex>;

export function indexOf(comparison: Comparison, stamp: string): ComparisonIndex {
  const { id, kind, createdAt, promptId, promptName, suite, baseline, candidate, cases } = comparison;
  return {
    formatVersion: INDEX_FORMAT,
    stamp,
    comparisonId: id,
    kind,
    createdAt,
    promptId,
    promptName,
    word: suite.word,
    baseline: baseline.label,
    candidate: candidate.label,
    model: candidate.model,
    reviewable: cases
      .filter(({ label }) => REVIEWABLE.has(label))
      .map(({ caseId, label, line, change }) => ({ caseId, label, line: line.slice(0, 300), change })),
  };
}

/** Undefined where the text is no index of this comparison as it is now. */
export function parseIndex(text: string, comparisonId: string, stamp: string): ComparisonIndex | undefined {
  const read = parseJson(text);
  const parsed = read.ok ? ComparisonIndex.safeParse(read.value) : undefined;
  return parsed?.success && parsed.data.comparisonId === comparisonId && parsed.data.stamp === stamp ? parsed.data : undefined;
}

/** The listing, with where the reviews stand now. */
export function listingOf(index: ComparisonIndex, lookup: ReviewLookup): ComparisonListing {
  const { formatVersion: _, stamp: __, reviewable: cases, ...rest } = index;
  const { comparisonId: comparison, model } = index;
  const reviewable = cases.map(({ change, ...shown }) => ({
    ...shown,
    review: lookup({ caseId: shown.caseId, change, model, comparison }),
  }));
  const count = (state: string): number => reviewable.filter(({ review }) => review.state === state).length;
  // Outputs that belong to no prompt wait for nobody: there is no baseline that could take them.
  const pending = rest.promptId === '' ? 0 : count('pending');
  return { ...rest, reviewable, pending, rejected: count('rejected') };
}
