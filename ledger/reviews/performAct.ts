import { UserError } from '../../safety/index.ts';
import { hashText, type Workspace } from '../../workspace/index.ts';
import { type DiskOptions, readOwn, replaceFile } from '../baselines/baselineFile.ts';
import { baselinePath } from '../baselines/baselinePath.ts';
import { decodeBaseline } from '../baselines/decodeBaseline.ts';
import { entryHash, wholeEntry } from '../baselines/entries.ts';
import { readPending, removePending, writePending } from '../comparisons/pendingFiles.ts';
import { Intent, intentName, parseAct, type UndoFile } from './act.ts';
import { type Held, TryAgain } from './held.ts';
import { appendReviews, holdsRecords } from './reviewFile.ts';

/**
 * Does an act whole or not at all, also when the process ends at any step: the intent is on disk first, and whoever comes next completes
 * it. Throws TryAgain when the baseline is not what the act was made for, or the lock was lost: the act may be done then, as its records tell.
 */
export async function performAct(
  workspace: Workspace,
  act: Intent,
  disk: DiskOptions,
  held: Held,
  undo?: { readonly name: string; readonly file: UndoFile },
): Promise<void> {
  const { baseline } = act;
  const old = baseline && (await readOwn(workspace, baselinePath(act.promptId, baseline.model)));
  if (baseline && hashOf(old) !== baseline.oldHash) throw new TryAgain(act.promptId);
  const forget = async (): Promise<void> => {
    await removeIntent(workspace, act, disk);
    if (undo) await removePending(workspace, undo.name, disk);
  };
  try {
    if (undo) await writePending(workspace, undo.name, JSON.stringify(undo.file), disk);
    await held();
    await writePending(workspace, intentName(act.promptId), JSON.stringify(act), { ...disk, expectedHash: null });
  } catch (error) {
    await forget().catch(() => {}); // the first error is the one to tell
    throw error instanceof UserError && error.code === 'conflict' ? new TryAgain(act.promptId) : error;
  }
  try {
    if (await carryOut(workspace, act, disk, held)) return;
    if (undo) await removePending(workspace, undo.name, disk);
    throw new TryAgain(act.promptId);
  } catch (error) {
    if (error instanceof TryAgain) throw error;
    if (await takeBack(workspace, act, old, disk)) await forget().catch(() => {});
    else if (error instanceof UserError) throw leftOpen(error);
    throw error;
  }
}

/** What the step's own message says of the file being as it was is not the whole truth then. */
function leftOpen({ code, message, place }: UserError): UserError {
  const what = message.split('. ', 1)[0] ?? '';
  return new UserError(code, `${what}. What was begun is completed as soon as these files can be written.`, place);
}

/** Completes what a crash left of the prompt, or drops it where somebody has written something else since. Call it with the prompt's lock. */
export async function completeLeft(workspace: Workspace, promptId: string, disk: DiskOptions, held: Held): Promise<void> {
  const name = intentName(promptId);
  const text = await readPending(workspace.root, name, LARGEST_INTENT);
  if (text === undefined) return;
  const act = parseAct(Intent, text);
  if (act?.promptId === promptId && isBaseline(act)) await carryOut(workspace, act, disk, held);
  else await removePending(workspace, name, disk); // never ours: ours are whole
}

const LARGEST_INTENT = 256 * 1024 * 1024;

/** Whether what would be written is a baseline of this prompt and model. */
function isBaseline({ promptId, baseline }: Intent): boolean {
  if (!baseline || baseline.text === null) return true;
  try {
    const read = decodeBaseline(baseline.text, '');
    return read.promptId === promptId && read.model === baseline.model;
  } catch {
    return false;
  }
}

/** Each step may have been done before. False when the baseline is neither as it was nor as it shall be: the act is dropped then. */
async function carryOut(workspace: Workspace, act: Intent, disk: DiskOptions, held: Held): Promise<boolean> {
  const { promptId, baseline, records, takesBack } = act;
  await held();
  const isDone = !baseline || (await putBaseline(workspace, act, baseline, disk));
  await held();
  if (isDone) {
    await appendReviews(workspace, promptId, records, disk);
    if (baseline?.moved) await removeMoved(workspace, baseline.moved, baseline.model, disk);
    if (takesBack !== undefined) await removePending(workspace, takesBack, disk);
  }
  await held();
  await removeIntent(workspace, act, disk);
  return isDone;
}

async function putBaseline(
  workspace: Workspace,
  { promptId, records }: Intent,
  { model, oldHash, text, after }: NonNullable<Intent['baseline']>,
  disk: DiskOptions,
): Promise<boolean> {
  const path = baselinePath(promptId, model);
  for (let tries = 1; ; tries++) {
    const current = await readOwn(workspace, path);
    const hash = hashOf(current);
    if (hash === hashOf(text ?? undefined)) return true;
    if (hash !== oldHash)
      return (records.length > 0 && (await holdsRecords(workspace, promptId, records))) || holdsEntries(current, path, after);
    try {
      await replaceFile(workspace, path, oldHash, text, disk);
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'conflict') || tries === MOST_TRIES) throw error;
    }
  }
}

const MOST_TRIES = 5;

/** Whether the entries were changed as they shall be, and others since. */
function holdsEntries(text: string | undefined, path: string, after: NonNullable<Intent['baseline']>['after']): boolean {
  if (text === undefined || !after.length) return false;
  try {
    const baseline = decodeBaseline(text, path);
    return after.every(({ caseId, hash }) => entryHash(wholeEntry(baseline, caseId)) === hash);
  } catch {
    return false;
  }
}

/** Puts the old baseline back after a failure; false when that failed too, or when everything had been written already. */
async function takeBack(
  workspace: Workspace,
  { promptId, baseline, records }: Intent,
  old: string | undefined,
  disk: DiskOptions,
): Promise<boolean> {
  try {
    if (records.length && (await holdsRecords(workspace, promptId, records))) return false;
    if (!baseline) return true;
    const path = baselinePath(promptId, baseline.model);
    const hash = hashOf(await readOwn(workspace, path));
    if (hash !== baseline.oldHash && hash === hashOf(baseline.text ?? undefined))
      await replaceFile(workspace, path, hash, old ?? null, disk);
    return true;
  } catch {
    return false;
  }
}

async function removeMoved(
  workspace: Workspace,
  { promptId, hash }: NonNullable<NonNullable<Intent['baseline']>['moved']>,
  model: string,
  disk: DiskOptions,
): Promise<void> {
  try {
    await replaceFile(workspace, baselinePath(promptId, model), hash, null, disk);
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'conflict')) throw error; // gone, or written anew: theirs
  }
}

/** Only this act's: another's may stand there when this process was held up for long. */
async function removeIntent(workspace: Workspace, { id, promptId }: Intent, disk: DiskOptions): Promise<void> {
  const name = intentName(promptId);
  const text = await readPending(workspace.root, name, LARGEST_INTENT);
  if (text !== undefined && parseAct(Intent, text)?.id === id) await removePending(workspace, name, disk);
}

function hashOf(text: string | undefined): string | null {
  return text === undefined ? null : hashText(text);
}
