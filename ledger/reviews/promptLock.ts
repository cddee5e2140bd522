import { UserError } from '../../safety/index.ts';
import { ensureStateFolder, nodeFileSystem, takePoliteLock, type Workspace } from '../../workspace/index.ts';
import { type DiskOptions, notDone } from '../baselines/baselineFile.ts';
import { baselinesFolder, reviewsPath } from '../baselines/baselinePath.ts';
import { statPending } from '../comparisons/pendingFiles.ts';
import { intentName } from './act.ts';
import { type Held, TryAgain } from './held.ts';
import { completeLeft } from './performAct.ts';

/**
 * Does something while no other process changes the baselines or reviews of this prompt, after what a crash left is completed. The lock
 * is politeness: every write compares and swaps all the same, and who lost it stops. UserError `conflict` when another process does not
 * finish.
 */
export async function withPromptLock<T>(
  workspace: Workspace,
  promptId: string,
  disk: DiskOptions,
  work: (held: Held) => Promise<T>,
): Promise<T> {
  const { fileSystem = nodeFileSystem, patienceMs } = disk;
  const folder = await ensureStateFolder(workspace, ['locks'], fileSystem);
  const orSay = <R>(step: Promise<R>): Promise<R> =>
    step.catch((error: unknown) => {
      throw notDone(`${reviewsPath(promptId)} could not be written`, error);
    });
  const lock = await orSay(takePoliteLock(fileSystem, folder, `${workspace.root}\nreviews of ${promptId}`, patienceMs));
  if (!lock)
    throw new UserError('conflict', `Another Evenkeel process is writing in ${baselinesFolder(promptId)}. Try again when it has finished.`);
  try {
    const held: Held = async () => {
      if (!(await orSay(lock.isMine()))) throw new TryAgain(promptId);
    };
    await completeLeft(workspace, promptId, disk, held);
    return await work(held);
  } finally {
    await lock.release();
  }
}

/**
 * For readers: completes what a crash left of the prompt's reviews, or waits until who is at it has finished. Where that cannot be, for want
 * of trust or of a disk that can be written, what is there is what is read.
 */
export async function settle(workspace: Workspace, promptId: string, disk: DiskOptions = {}): Promise<void> {
  if (!workspace.capabilities.write || !(await statPending(workspace.root, intentName(promptId)))) return;
  try {
    await withPromptLock(workspace, promptId, disk, async () => {});
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}
