import type { Comparison, ReviewAction, ReviewResult, ReviewScope } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { baselinePath, reviewsPath } from '../baselines/baselinePath.ts';
import { sourceOf } from './acceptCases.ts';
import { type Intent, type UndoFile, undoName } from './act.ts';
import { lookupIn } from './lookupReviews.ts';
import { newRecords } from './newRecords.ts';
import { planAccept } from './planAccept.ts';
import { countCases, performReview, type ReviewContext, remarks, requireReviewable } from './reviewContext.ts';
import { readReviews } from './reviewFile.ts';
import { isAcceptedHere, type StateOf, selectCases } from './selectCases.ts';
import { lastAct, nextNumber } from './undoFiles.ts';

/** Accepts, rejects or marks cases of a comparison as known noise. Baseline and records are written both or neither. */
export async function applyReview(
  context: ReviewContext,
  comparison: Comparison,
  action: ReviewAction,
  scope: ReviewScope,
  reason?: string,
): Promise<ReviewResult> {
  const { workspace } = context;
  const { promptId, id, candidate } = comparison;
  await requireReviewable(workspace, comparison);
  const why = reason?.trim().slice(0, LONGEST_REASON) ?? '';
  if (action === 'reject' && why === '') throw new UserError('usage', 'A reject needs a reason: say why the change is not good.');
  if (action === 'accept') sourceOf(comparison);
  const by = await context.by();
  return performReview(context, promptId, async () => {
    const reviews = await readReviews(workspace, promptId);
    const lookup = lookupIn(reviews);
    const stateOf: StateOf = ({ caseId, change }) => lookup({ caseId, change, model: candidate.model, comparison: id });
    const chosen = selectCases(comparison, action, scope, stateOf);
    const accept = action === 'accept' ? await planAccept(workspace, comparison, chosen, stateOf) : undefined;
    if (!chosen.length || (accept && !accept.write && chosen.every((of) => isAcceptedHere(stateOf(of))))) {
      const canUndo = (await lastAct(workspace, promptId, id, reviews)) !== undefined;
      const message = chosen.length ? 'That is accepted already.' : 'Nothing to review here.';
      return { result: { cases: [], canUndo, message: `${message}${remarks(reviews)}`, files: [] } };
    }
    const records = newRecords(
      chosen.map(({ caseId, change, label, line }) => ({
        action,
        caseId,
        change,
        label,
        line: line.slice(0, LONGEST_LINE),
        model: candidate.model,
        comparison: id,
        ...(why === '' ? {} : { reason: why }),
      })),
      reviews,
      { by, now: context.now(), random: context.random },
    );
    const [{ id: actId } = { id: '' }] = records;
    const file: UndoFile = {
      formatVersion: 1,
      id: actId,
      promptId,
      action,
      model: candidate.model,
      wanted: accept?.wanted ?? 1,
      records,
      changes: accept?.changes ?? [],
    };
    const act: Intent = { formatVersion: 1, id: actId, promptId, ...(accept?.write ? { baseline: accept.write } : {}), records };
    const name = undoName(id, await nextNumber(workspace.root, id));
    const path = baselinePath(promptId, candidate.model);
    const result: ReviewResult = {
      cases: chosen.map(({ caseId }) => caseId),
      canUndo: true,
      message: `${SAID[action]} ${countCases(chosen.length)}${accept ? `; the baseline of ${candidate.model} has ${countCases(accept.size)} now` : ''}.${remarks(reviews)}`,
      files: [...(accept?.write ? [path] : []), reviewsPath(promptId)],
    };
    return { result, act, undo: { name, file } };
  });
}

const LONGEST_REASON = 2000;
const LONGEST_LINE = 300;

const SAID: Readonly<Record<ReviewAction, string>> = { accept: 'Accepted', reject: 'Rejected', knownNoise: 'Marked as known noise:' };
