import { lockPath, type TestedWith } from '../../prompts-schema/index.ts';
import type { Comparison, ReviewResult } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { forgetReview, type RecordedTest, recordTested } from '../releases/recordTested.ts';
import { reviewRun, testedByReview } from '../releases/testedByReview.ts';
import { lookupIn } from './lookupReviews.ts';
import type { ReviewContext } from './reviewContext.ts';
import { readReviews } from './reviewFile.ts';

/**
 * After an act of a review: once all of it is settled, the release that was reviewed counts as tested with the candidate's model, in the lock file;
 * a review that is open again counts no more. It is no part of the act, which stands whatever becomes of it: a process that dies before it loses
 * the entry alone, and the next act adds it.
 */
export async function recordReview(context: ReviewContext, comparison: Comparison, done: ReviewResult): Promise<ReviewResult> {
  const { workspace, disk } = context;
  const { promptId, candidate, id } = comparison;
  const { fingerprint, model } = candidate;
  if (fingerprint === undefined || comparison.kind !== 'review') return done;
  let test: TestedWith | undefined;
  try {
    const lookup = lookupIn(await readReviews(workspace, promptId));
    test = testedByReview(
      comparison,
      ({ caseId, change }) => lookup({ caseId, change, model, comparison: id }),
      context.now().toISOString().slice(0, 10),
    );
    const recorded = test
      ? await recordTested(workspace, promptId, { fingerprint }, test, disk)
      : await forgetReview(workspace, promptId, { fingerprint, run: reviewRun(comparison) }, disk);
    return recorded ? told(done, recorded, test ? `now counts as tested with ${model}` : `no longer counts as tested with ${model}`) : done;
  } catch (error) {
    if (!test) return done; // nothing was to be noted
    const why = error instanceof UserError ? error.located : error instanceof Error ? error.message : String(error);
    return { ...done, message: `${done.message} It was not noted in ${lockPath(promptId)}: ${why}` };
  }
}

function told(done: ReviewResult, { version, path }: RecordedTest, what: string): ReviewResult {
  return { ...done, files: [...done.files, path], message: `${done.message} ${version} ${what}.` };
}
