import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { requireCapability, UserError } from '../safety/index.ts';
import { errorCode, type FileSystem, nodeFileSystem, writeAll } from './fileSystem.ts';
import type { Workspace } from './workspace.ts';

/** Name of the folder below the root for what is not committed: runs, cache, pending, deployments. */
export const STATE_FOLDER = '.evenkeel';

/**
 * Makes `.evenkeel/` and the named folders in it (one level after the other) and gives the innermost one's absolute path. The folder ignores
 * itself, so that git never sees it. UserError when the workspace may not be written, or when a link or a file stands in its place.
 */
export async function ensureStateFolder(
  workspace: Pick<Workspace, 'root' | 'capabilities'>,
  names: readonly string[] = [],
  fileSystem: FileSystem = nodeFileSystem,
): Promise<string> {
  requireCapability(workspace.capabilities, 'write', `write to ${STATE_FOLDER}`);
  let folder = workspace.root;
  for (const [depth, name] of [STATE_FOLDER, ...names].entries()) {
    const parent = folder;
    folder = join(parent, name);
    await makeFolder(fileSystem, folder, parent);
    await requireRealFolder(folder, [STATE_FOLDER, ...names].slice(0, depth + 1).join('/'));
    if (depth === 0) await ignoreItself(fileSystem, folder);
  }
  return folder;
}

async function makeFolder(fileSystem: FileSystem, folder: string, parent: string): Promise<void> {
  try {
    await fileSystem.makeFolder(folder);
    await fileSystem.syncFolder(parent);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw notMade(folder, error);
  }
}

async function requireRealFolder(folder: string, shown: string): Promise<void> {
  const stats = await lstat(folder);
  if (!stats.isDirectory())
    throw new UserError(
      'configuration',
      `${shown} is not a folder but a ${stats.isSymbolicLink() ? 'link' : 'file'}; Evenkeel writes only inside the root. Remove it.`,
    );
}

async function ignoreItself(fileSystem: FileSystem, folder: string): Promise<void> {
  try {
    const file = await fileSystem.create(join(folder, '.gitignore'));
    try {
      await writeAll(file, Buffer.from('*\n'));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw notMade(folder, error);
  }
}

function notMade(folder: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === '') return error;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return isFull
    ? new UserError('incomplete', `Cannot write ${folder}: the disk is full. Free some space, then try again.`)
    : new UserError('configuration', `Cannot write ${folder} (${code}). Make it writable, then try again.`);
}
