import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { requireCapability, UserError } from '../../safety/index.ts';
import {
  errorCode,
  type FileSystem,
  hashText,
  LARGEST_FILE,
  nodeFileSystem,
  type ReadResult,
  type Workspace,
  type WriteOptions,
  writeAtomic,
} from '../../workspace/index.ts';
import type { StoredBaseline } from './baseline.ts';
import { BASELINES_FOLDER, baselinesFolder } from './baselinePath.ts';
import { decodeBaseline } from './decodeBaseline.ts';

/** How files are written; tests put a disk that fails in its place. */
export type DiskOptions = Pick<WriteOptions, 'fileSystem' | 'patienceMs' | 'wait'>;

/** The baseline at a root-relative path; undefined where there is none. UserError where it cannot be read. */
export async function readBaselineFile(workspace: Workspace, path: string): Promise<StoredBaseline | undefined> {
  const text = await readOwn(workspace, path);
  return text === undefined ? undefined : { path, hash: hashText(text), baseline: decodeBaseline(text, path) };
}

/** The text of a file of ours in the root; undefined where there is none. UserError where it cannot be read. */
export async function readOwn(workspace: Workspace, path: string): Promise<string | undefined> {
  const read = await workspace.read(path);
  if (read.ok) return read.text;
  if (read.reason === 'missing') return undefined;
  throw cannotRead(read);
}

function cannotRead({ path, message }: Extract<ReadResult, { readonly ok: false }>): UserError {
  return new UserError('configuration', `${message} Restore it from git, or remove it.`, { file: path });
}

/**
 * Puts a text in the place of what `oldHash` says is there (null: nothing); a null text removes the file. Makes the folder for it.
 * UserError `conflict` when something else is there.
 */
export async function replaceFile(
  workspace: Workspace,
  path: string,
  oldHash: string | null,
  text: string | null,
  disk: DiskOptions = {},
): Promise<void> {
  if (text === null) return removeFile(workspace, path, oldHash, disk);
  if (Buffer.byteLength(text) > LARGEST_FILE)
    throw new UserError(
      'usage',
      `${path} would be larger than ${LARGEST_FILE / 1024 / 1024} MB and could not be read again. Keep fewer samples or cases; it is unchanged.`,
    );
  if (oldHash === null) await makeFolder(workspace, dirname(path), disk.fileSystem);
  await writeAtomic(workspace, path, text, { ...disk, expectedHash: oldHash });
}

async function removeFile(
  workspace: Workspace,
  path: string,
  oldHash: string | null,
  { fileSystem = nodeFileSystem }: DiskOptions,
): Promise<void> {
  requireCapability(workspace.capabilities, 'write', `remove ${path}`);
  const text = await readOwn(workspace, path);
  if ((text === undefined ? null : hashText(text)) !== oldHash)
    throw new UserError(
      'conflict',
      `${path} was changed by someone else in the meantime; it was not removed. Look at it, then repeat the change.`,
    );
  if (text === undefined) return;
  try {
    const real = await realpath(join(workspace.root, path)); // inside: it was read
    await fileSystem.unlink(real);
    await fileSystem.syncFolder(dirname(real));
  } catch (error) {
    throw notDone(`${path} could not be removed`, error);
  }
}

/** Makes the folder of baselines beside a prompt, where it is not there yet. */
async function makeFolder(workspace: Workspace, path: string, fileSystem: FileSystem = nodeFileSystem): Promise<void> {
  requireCapability(workspace.capabilities, 'write', `write ${path}`);
  try {
    const parent = await realpath(join(workspace.root, dirname(path)));
    if (parent !== (await realpath(workspace.root)) && workspace.relative(parent) === undefined)
      throw new UserError('configuration', `${path} leads outside the folder; Evenkeel writes only inside it.`);
    await fileSystem.makeFolder(join(parent, BASELINES_FOLDER));
    await fileSystem.syncFolder(parent);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw notDone(`${path} could not be made`, error);
  }
}

/** A failure of the disk in words; anything else as it is. */
export function notDone(what: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === '') return error;
  const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : code === 'EROFS' ? 'the disk is read-only' : code;
  return new UserError('incomplete', `${what}: ${why}. Nothing was changed. Mend that and try again.`);
}

/** Absolute path of a prompt's folder of baselines, if it is there and inside the root. */
export async function realBaselinesFolder(workspace: Workspace, promptId: string): Promise<string | undefined> {
  try {
    const real = await realpath(join(workspace.root, baselinesFolder(promptId)));
    return workspace.relative(real) === undefined ? undefined : real;
  } catch {
    return undefined;
  }
}
