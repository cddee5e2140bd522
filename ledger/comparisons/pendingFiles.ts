import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { requireCapability, UserError } from '../../safety/index.ts';
import {
  ensureStateFolder,
  errorCode,
  nodeFileSystem,
  STATE_FOLDER,
  type Workspace,
  type WriteOptions,
  writeAtomic,
} from '../../workspace/index.ts';
import { type DiskOptions, notDone } from '../baselines/baselineFile.ts';

/** The root-relative path of a file in `.evenkeel/pending/`, as messages show it. */
export function pendingPath(name: string): string {
  return `${STATE_FOLDER}/${PENDING}/${name}`;
}

/** Names of the regular files in `.evenkeel/pending/`; none where a link stands on the way. */
export async function listPending(root: string): Promise<readonly string[]> {
  if (!(await isRealFolder(root))) return [];
  const entries = await readdir(join(root, STATE_FOLDER, PENDING), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** Bytes of a file, and a text that changes whenever it is replaced. */
export interface PendingStamp {
  readonly size: number;
  readonly stamp: string;
}

/** Undefined where there is no such regular file. */
export async function statPending(root: string, name: string): Promise<PendingStamp | undefined> {
  if (!(await isRealFolder(root))) return undefined;
  const stats = await lstat(join(root, STATE_FOLDER, PENDING, name)).catch(() => undefined);
  return stats?.isFile() ? { size: stats.size, stamp: `${stats.mtimeMs} ${stats.size} ${stats.ino}` } : undefined;
}

/** The text of a file that no link stands for; undefined where there is none. UserError where it is larger than `most` bytes. */
export async function readPending(root: string, name: string, most: number): Promise<string | undefined> {
  if (!(await isRealFolder(root))) return undefined;
  let file: FileHandle;
  try {
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
    file = await open(join(root, STATE_FOLDER, PENDING, name), flags);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error))) return undefined;
    throw new UserError('incomplete', `${pendingPath(name)} cannot be read (${errorCode(error)}).`);
  }
  try {
    const stats = await file.stat();
    if (!stats.isFile()) return undefined;
    if (stats.size > most) throw new UserError('incomplete', `${pendingPath(name)} is larger than ${most / 1024 / 1024} MB. Remove it.`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Durable when it resolves; replaces a file of that name, never what a link points to. */
export async function writePending(
  workspace: Pick<Workspace, 'root' | 'capabilities'>,
  name: string,
  text: string,
  options: WriteOptions = {},
): Promise<void> {
  const folder = await ensureStateFolder(workspace, [PENDING], options.fileSystem);
  const there = await lstat(join(folder, name)).catch(() => undefined);
  if (there && !there.isFile())
    throw new UserError('configuration', `${pendingPath(name)} is not a file of Evenkeel's. Remove it, then try again.`);
  await writeAtomic(workspace, pendingPath(name), text, options);
}

/** Does nothing where there is no such file. */
export async function removePending(
  workspace: Pick<Workspace, 'root' | 'capabilities'>,
  name: string,
  { fileSystem = nodeFileSystem }: DiskOptions = {},
): Promise<void> {
  requireCapability(workspace.capabilities, 'write', `remove ${pendingPath(name)}`);
  if (!(await isRealFolder(workspace.root))) return;
  const folder = join(workspace.root, STATE_FOLDER, PENDING);
  try {
    await fileSystem.unlink(join(folder, name));
    await fileSystem.syncFolder(folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw notDone(`${pendingPath(name)} could not be removed`, error);
  }
}

const PENDING = 'pending';

/** Whether `.evenkeel/pending/` is a folder and no link. */
async function isRealFolder(root: string): Promise<boolean> {
  for (const path of [join(root, STATE_FOLDER), join(root, STATE_FOLDER, PENDING)]) {
    const stats = await lstat(path).catch(() => undefined);
    if (!stats?.isDirectory()) return false;
  }
  return true;
}
