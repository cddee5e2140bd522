import type { ComparisonListing } from '../../protocol/index.ts';

/**
 * Of each prompt and model the comparison that is to be reviewed: the newest; but a quick compare, which makes no claim, does not take
 * the place of an older review with cases that wait. Newest first, as they come.
 */
export function currentComparisons(newestFirst: readonly ComparisonListing[]): readonly ComparisonListing[] {
  const current = new Map<string, ComparisonListing>();
  const settled = new Set<string>();
  for (const listing of newestFirst) {
    const key = JSON.stringify([listing.promptId, listing.model, listing.promptId === '' ? listing.comparisonId : '']);
    if (settled.has(key)) continue;
    if (!current.has(key) || (listing.kind !== 'quick' && listing.pending > 0)) current.set(key, listing);
    if (listing.kind !== 'quick') settled.add(key);
  }
  const kept = new Set(current.values());
  return newestFirst.filter((listing) => kept.has(listing));
}
