import { lockPath } from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import { ensureStateFolder, nodeFileSystem, takePoliteLock, type Workspace } from '../../workspace/index.ts';
import { type DiskOptions, notDone } from '../baselines/baselineFile.ts';

/**
 * Does something while no other process writes the lock file of this prompt, or a version into its file. It is politeness: every write compares
 * and swaps all the same. UserError `conflict` when another process does not finish.
 */
export async function withReleaseLock<T>(workspace: Workspace, promptId: string, disk: DiskOptions, work: () => Promise<T>): Promise<T> {
  const { fileSystem = nodeFileSystem, patienceMs } = disk;
  const path = lockPath(promptId);
  const folder = await ensureStateFolder(workspace, ['locks'], fileSystem);
  const lock = await takePoliteLock(fileSystem, folder, `${workspace.root}\nreleases in ${path}`, patienceMs).catch((error: unknown) => {
    throw notDone(`${path} could not be written`, error);
  });
  if (!lock) throw new UserError('conflict', `Another Evenkeel process is writing ${path}. Try again when it has finished.`);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
