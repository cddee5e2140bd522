import type { Comparison, ReviewResult } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { hashText, type Workspace } from '../../workspace/index.ts';
import { readBaselineFile } from '../baselines/baselineFile.ts';
import { baselinePath, reviewsPath } from '../baselines/baselinePath.ts';
import { encodeBaseline, normalSource } from '../baselines/encodeBaseline.ts';
import { entryHash, wholeEntry, withEntries } from '../baselines/entries.ts';
import type { Intent } from './act.ts';
import { newRecords } from './newRecords.ts';
import { countCases, performReview, type ReviewContext, remarks, requireReviewable } from './reviewContext.ts';
import { readReviews } from './reviewFile.ts';
import { quoted } from './selectCases.ts';
import { lastAct, type UndoableAct } from './undoFiles.ts';

/**
 * Takes the last act of a comparison back: the entries that it changed are as they were, its records are marked as undone. UserError `conflict`,
 * and nothing is done, where somebody has changed one of these entries since.
 */
export async function undoReview(context: ReviewContext, comparison: Comparison): Promise<ReviewResult> {
  const { workspace } = context;
  const { promptId, id } = comparison;
  await requireReviewable(workspace, comparison);
  const by = await context.by();
  return performReview(context, promptId, async () => {
    const reviews = await readReviews(workspace, promptId);
    const last = await lastAct(workspace, promptId, id, reviews);
    if (!last) throw new UserError('usage', 'Nothing was said of this comparison here that could be taken back.');
    const standing = last.file.records.filter((record) => !reviews.undone.has(record.id));
    const records = newRecords(
      standing.map(({ caseId, change, label, line, model, comparison: of, id: undoes }) => ({
        action: 'undo' as const,
        caseId,
        change,
        label,
        line,
        model,
        comparison: of,
        undoes,
      })),
      reviews,
      { by, now: context.now(), random: context.random },
    );
    const write = await planUndo(workspace, promptId, last);
    const act: Intent = {
      formatVersion: 1,
      id: records[0]?.id ?? '',
      promptId,
      ...(write ? { baseline: write } : {}),
      records,
      takesBack: last.name,
    };
    const undone = new Set([...reviews.undone, ...standing.map((record) => record.id)]);
    const result: ReviewResult = {
      cases: standing.map(({ caseId }) => caseId),
      canUndo: (await lastAct(workspace, promptId, id, { ...reviews, undone })) !== undefined,
      message: `Taken back: ${TAKEN_BACK[last.file.action]} ${countCases(standing.length)}.${remarks(reviews)}`,
      files: [...(write ? [baselinePath(promptId, last.file.model)] : []), reviewsPath(promptId)],
    };
    return { result, act };
  });
}

const TAKEN_BACK: Readonly<Record<UndoableAct['file']['action'], string>> = {
  accept: 'the acceptance of',
  reject: 'the reject of',
  knownNoise: 'known noise of',
};

async function planUndo(workspace: Workspace, promptId: string, { file }: UndoableAct): Promise<Intent['baseline']> {
  if (!file.changes.length) return undefined;
  const { model, wanted } = file;
  const stored = await readBaselineFile(workspace, baselinePath(promptId, model));
  const current = stored?.baseline ?? { promptId, model, wanted, sources: [], cases: new Map() };
  const others = file.changes.filter(({ caseId, after }) => entryHash(wholeEntry(current, caseId)) !== after).map(({ caseId }) => caseId);
  if (others.length)
    throw new UserError(
      'conflict',
      `The baseline of ${model} was changed by someone else since: ${quoted(others)}. Nothing was taken back; review what is there now.`,
    );
  const changes = file.changes.map(({ caseId, follows, before }) => ({
    caseId,
    follows,
    entry: before ? { ...before, source: normalSource(before.source) } : undefined,
  }));
  const next = withEntries(current, changes);
  const text = next.cases.size ? encodeBaseline(next) : null;
  const oldHash = stored?.hash ?? null;
  if ((text === null ? null : hashText(text)) === oldHash) return undefined;
  return { model, oldHash, text, after: changes.map(({ caseId, entry }) => ({ caseId, hash: entryHash(entry) })) };
}
