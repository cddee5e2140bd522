import type { ComparisonListing } from '../../../protocol/index.ts';
import { SUITE_WORDS } from './comparisonView.ts';

/** What the newest comparison of a prompt says, in a word or two: `7 to review`, `steady`; undefined where there is none. `comparisons` are newest first. */
export function driftWords(comparisons: readonly ComparisonListing[], promptId: string): string | undefined {
  const newest = comparisons.find((one) => one.promptId === promptId);
  return newest && (newest.pending > 0 ? `${newest.pending} to review` : SUITE_WORDS[newest.word]);
}
