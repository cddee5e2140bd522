import { createComparisonStore, createReviewLedger, gitUser } from '../../ledger/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { Folder } from '../engineContext.ts';

/** Reviews and comparisons of a root; whoever reviews is asked of git at the first review. */
export function openLedgers(workspace: Workspace, date: () => Date): Pick<Folder, 'reviews' | 'comparisons'> {
  let by: Promise<string> | undefined;
  const reviews = createReviewLedger(workspace, {
    by: () => {
      by ??= gitUser(workspace);
      return by;
    },
    now: date,
  });
  return { reviews, comparisons: createComparisonStore(workspace, reviews) };
}
