import { isPromptFile, splitPromptId } from '../../prompts-schema/index.ts';
import type { Comparison, ReviewResult } from '../../protocol/index.ts';
import { requireCapability, UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { DiskOptions } from '../baselines/baselineFile.ts';
import { isRunId } from '../runs/runId.ts';
import type { Intent } from './act.ts';
import { TryAgain } from './held.ts';
import { performAct } from './performAct.ts';
import { withPromptLock } from './promptLock.ts';
import { holdsRecords, type Reviews } from './reviewFile.ts';
import type { UndoableAct } from './undoFiles.ts';

/** What reviewing takes. */
export interface ReviewContext {
  readonly workspace: Workspace;
  /** Who reviews. */
  readonly by: () => string | Promise<string>;
  readonly now: () => Date;
  /** Gives [0, 1). */
  readonly random: () => number;
  readonly disk: DiskOptions;
}

/** UserError where nothing can be said of this comparison: it belongs to no prompt of this root. */
export async function requireReviewable(workspace: Workspace, { promptId, id }: Comparison): Promise<void> {
  requireCapability(workspace.capabilities, 'write', 'store a review');
  if (promptId === '')
    throw new UserError(
      'usage',
      'These outputs were recorded without a prompt file; they can be read, not reviewed. Name the prompt when comparing them.',
    );
  if (!isRunId(id)) throw new UserError('usage', `"${id.slice(0, 40)}" is not the id of a comparison.`);
  const { file } = splitPromptId(promptId);
  if (!isPromptFile(file) || !(await workspace.stat(file)))
    throw new UserError(
      'configuration',
      `The prompt ${file.slice(0, 200)} of this comparison is not in this folder. Run the comparison again.`,
    );
}

/** What is to be done and what is to be said of it; without an act there is nothing to do. */
export interface PlannedReview {
  readonly result: ReviewResult;
  readonly act?: Intent;
  readonly undo?: UndoableAct;
}

/** Plans and does an act with the prompt's lock; planned anew where somebody else was quicker, save where they completed it. */
export async function performReview(
  { workspace, disk }: ReviewContext,
  promptId: string,
  plan: () => Promise<PlannedReview>,
): Promise<ReviewResult> {
  let begun: PlannedReview | undefined;
  for (let tries = 1; ; tries++) {
    try {
      return await withPromptLock(workspace, promptId, disk, async (held) => {
        if (begun?.act && (await holdsRecords(workspace, promptId, begun.act.records))) return begun.result;
        begun = await plan();
        if (begun.act) await performAct(workspace, begun.act, disk, held, begun.undo);
        return begun.result;
      });
    } catch (error) {
      if (!(error instanceof TryAgain) || tries === MOST_TRIES) throw error;
    }
  }
}

const MOST_TRIES = 5;

/** What a message says of lines that did not count. */
export function remarks({ damaged, newer }: Pick<Reviews, 'damaged' | 'newer'>): string {
  return [
    damaged
      ? ` ${damaged === 1 ? 'One line' : `${damaged} lines`} of the reviews cannot be read and ${damaged === 1 ? 'was' : 'were'} passed over.`
      : '',
    newer
      ? ` ${newer === 1 ? 'One review' : `${newer} reviews`} of a newer Evenkeel ${newer === 1 ? 'does' : 'do'} not count here: update this one.`
      : '',
  ].join('');
}

/** `one case`, `3 cases`. */
export function countCases(count: number): string {
  return count === 1 ? 'one case' : `${count} cases`;
}
