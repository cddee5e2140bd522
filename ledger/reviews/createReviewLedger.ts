import type { Workspace } from '../../workspace/index.ts';
import type { DiskOptions } from '../baselines/baselineFile.ts';
import { reviewsPath } from '../baselines/baselinePath.ts';
import { applyReview } from './applyReview.ts';
import { lookupIn } from './lookupReviews.ts';
import { settle } from './promptLock.ts';
import { recordReview } from './recordReview.ts';
import type { ReviewLedger, ReviewLookup } from './review.ts';
import type { ReviewContext } from './reviewContext.ts';
import { readReviews } from './reviewFile.ts';
import { lastAct } from './undoFiles.ts';
import { undoReview } from './undoReview.ts';

/** The reviews of a root. `by` is asked at each act; what was read is kept until its file changes. */
export function createReviewLedger(
  workspace: Workspace,
  { by, now, random = Math.random, ...disk }: Pick<ReviewContext, 'by' | 'now'> & { readonly random?: () => number } & DiskOptions,
): ReviewLedger {
  const context: ReviewContext = { workspace, by, now, random, disk };
  const known = new Map<string, { readonly stamp: string; readonly lookup: ReviewLookup }>();
  return {
    apply: async (comparison, action, scope, reason) =>
      recordReview(context, comparison, await applyReview(context, comparison, action, scope, reason)),
    undo: async (comparison) => recordReview(context, comparison, await undoReview(context, comparison)),
    canUndo: async ({ promptId, id }) => {
      if (promptId === '') return false;
      await settle(workspace, promptId, disk);
      return (await lastAct(workspace, promptId, id, await readReviews(workspace, promptId))) !== undefined;
    },
    lookup: async (promptId) => {
      if (promptId === '') return () => ({ state: 'pending' });
      await settle(workspace, promptId, disk);
      const stats = await workspace.stat(reviewsPath(promptId));
      const stamp = `${stats?.mtimeMs} ${stats?.size}`;
      const before = known.get(promptId);
      if (before?.stamp === stamp) return before.lookup;
      const lookup = lookupIn(await readReviews(workspace, promptId));
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(promptId, { stamp, lookup });
      return lookup;
    },
  };
}

const MOST_KNOWN = 500;
