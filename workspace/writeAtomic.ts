import { createHash, randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireCapability, UserError } from '../safety/index.ts';
import { errorCode, type FileSystem, nodeFileSystem, writeAll } from './fileSystem.ts';
import { confinePath, isInside } from './paths.ts';
import { type PoliteLock, takePoliteLock } from './politeLock.ts';
import { ensureStateFolder } from './stateFolder.ts';
import type { Workspace } from './workspace.ts';

export interface WriteOptions {
  /** `hashText` of what the file must hold now; null: there must be no file. Left out: whatever is there is replaced. */
  readonly expectedHash?: string | null;
  /** For tests. */
  readonly fileSystem?: FileSystem;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** For tests: how long another writer's lock is respected. */
  readonly patienceMs?: number;
}

/** SHA-256 of a text as `Workspace.read` gives it (no byte-order mark), in hex: the hash that `writeAtomic` compares. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * Replaces a text file inside the root so that a reader, also after a crash at any step, finds the old text or the new one, never a mixture.
 * `path` is root-relative; its folder must exist. Gives the new text's hash. UserError `conflict` when the file is not what
 * `expectedHash` says, `untrusted` when the workspace may not be written, `incomplete` when the disk is full or another program
 * holds the file (the message then names the temporary file that has the new text).
 */
export async function writeAtomic(
  workspace: Pick<Workspace, 'root' | 'capabilities'>,
  path: string,
  text: string,
  options: WriteOptions = {},
): Promise<string> {
  requireCapability(workspace.capabilities, 'write', `write ${path}`);
  const { expectedHash, fileSystem = nodeFileSystem, wait = sleep } = options;
  const target = await targetOf(workspace.root, path);
  if (expectedHash === undefined) {
    await replace(fileSystem, wait, target, path, text, async () => {});
    return hashText(text);
  }
  const lock = await lockFor(workspace, fileSystem, target, path, options.patienceMs);
  if (!lock) throw new UserError('conflict', `${path} is being written by another Evenkeel process. Try again when it has finished.`);
  try {
    await replace(fileSystem, wait, target, path, text, async () => {
      if (!(await isStill(fileSystem, lock, target, path, expectedHash))) throw conflict(path, expectedHash);
    });
  } finally {
    await lock.release();
  }
  return hashText(text);
}

async function lockFor(
  workspace: Pick<Workspace, 'root' | 'capabilities'>,
  fileSystem: FileSystem,
  target: string,
  shown: string,
  patienceMs: number | undefined,
): Promise<PoliteLock | undefined> {
  const folder = await ensureStateFolder(workspace, ['locks'], fileSystem);
  try {
    return await takePoliteLock(fileSystem, folder, target, patienceMs);
  } catch (error) {
    throw notWritten(shown, error);
  }
}

/** Waits between ten tries of the last rename, in milliseconds. Windows refuses it while a scanner or a reader holds the file. */
const RENAME_WAITS: readonly number[] = [10, 18, 32, 56, 100, 178, 316, 562, 1000];

/** The real path to replace: a link inside the root is written through, one that leads out is refused. */
async function targetOf(root: string, path: string): Promise<string> {
  const confined = confinePath(path);
  if (confined === undefined) throw outside(path);
  const realRoot = await realpath(root);
  const wanted = resolve(realRoot, confined);
  let folder: string;
  try {
    folder = await realpath(dirname(wanted));
  } catch (error) {
    throw new UserError(
      'configuration',
      `${path} cannot be written: its folder does not exist (${errorCode(error)}). Create the folder first.`,
    );
  }
  if (!isInside(realRoot, folder, sep)) throw outside(path);
  const inFolder = join(folder, basename(wanted));
  try {
    const real = await realpath(inFolder);
    if (!isInside(realRoot, real, sep)) throw outside(path);
    return real;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return inFolder;
    throw error;
  }
}

async function replace(
  fileSystem: FileSystem,
  wait: (milliseconds: number) => Promise<unknown>,
  target: string,
  shown: string,
  text: string,
  check: () => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  await orRemove(fileSystem, temporary, writeNew(fileSystem, temporary, await modeOf(fileSystem, target), shown, text));
  await orRemove(fileSystem, temporary, check());
  for (let tries = 0; !(await tryRename(fileSystem, temporary, target, shown, RENAME_WAITS[tries] === undefined)); tries++) {
    await wait(RENAME_WAITS[tries] ?? 0);
    await orRemove(fileSystem, temporary, check());
  }
  try {
    await fileSystem.syncFolder(dirname(target));
  } catch (error) {
    throw new UserError(
      'incomplete',
      `${shown} was replaced, but the disk reports an error (${errorCode(error)}): it may not last. Check the disk.`,
    );
  }
}

async function writeNew(fileSystem: FileSystem, path: string, mode: number | undefined, shown: string, text: string): Promise<void> {
  try {
    const file = await fileSystem.create(path, mode);
    try {
      await writeAll(file, Buffer.from(text, 'utf8'));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw notWritten(shown, error);
  }
}

/** False when another program holds the file and there are tries left. */
async function tryRename(fileSystem: FileSystem, temporary: string, target: string, shown: string, isLast: boolean): Promise<boolean> {
  try {
    await fileSystem.rename(temporary, target);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (!['EPERM', 'EACCES', 'EBUSY'].includes(code)) return orRemove(fileSystem, temporary, Promise.reject(notWritten(shown, error)));
    if (!isLast) return false;
    throw new UserError(
      'incomplete',
      `${shown} could not be replaced: another program holds it (${code}). It is unchanged; the new text is in ${temporary}. Close the other program and try again.`,
    );
  }
}

/** The step's result; when it fails, the temporary file goes first. */
async function orRemove<T>(fileSystem: FileSystem, temporary: string, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    await fileSystem.unlink(temporary).catch(() => {}); // gone or never made; the first error is the one to tell
    throw error;
  }
}

async function modeOf(fileSystem: FileSystem, target: string): Promise<number | undefined> {
  try {
    return await fileSystem.mode(target);
  } catch {
    return undefined;
  }
}

async function isStill(fileSystem: FileSystem, lock: PoliteLock, target: string, shown: string, expected: string | null): Promise<boolean> {
  try {
    return (await currentHash(fileSystem, target)) === expected && (await lock.isMine());
  } catch (error) {
    throw notWritten(shown, error);
  }
}

/** Null when there is no file; a text that no hash equals when the file is not UTF-8. */
async function currentHash(fileSystem: FileSystem, target: string): Promise<string | null> {
  try {
    return hashText(new TextDecoder('utf-8', { fatal: true }).decode(await fileSystem.read(target)));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    if (errorCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'not text';
    throw error;
  }
}

function conflict(path: string, expected: string | null): UserError {
  return new UserError(
    'conflict',
    expected === null
      ? `${path} exists already; it was not overwritten. Look at it, then try again.`
      : `${path} was changed by someone else in the meantime; it was not overwritten. Read it again, then repeat the change.`,
  );
}

function outside(path: string): UserError {
  return new UserError('configuration', `${path} leads outside the folder; Evenkeel writes only inside it.`);
}

function notWritten(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === '') return error;
  const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : code === 'EROFS' ? 'the disk is read-only' : code;
  return new UserError('incomplete', `${path} could not be written (${why}). It is unchanged. Mend that and try again.`);
}
