import {
  encodeLock,
  LineIndex,
  type LockFile,
  lockPath,
  MAX_YAML_LENGTH,
  type ParsedLock,
  parseLock,
  releaseTitle,
} from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import { hashText, type Workspace, writeAtomic } from '../../workspace/index.ts';
import { type DiskOptions, readOwn } from '../baselines/baselineFile.ts';
import { withReleaseLock } from './releaseLock.ts';

/** A lock file as it is on disk. */
export interface StoredLock {
  readonly path: string;
  /** Undefined where there is no file. */
  readonly text: string | undefined;
  readonly lock: LockFile;
}

/** The lock file to be written anew; no releases where there is none. UserError where it is damaged, edited by hand or of a newer format. */
export async function openLock(workspace: Workspace, promptId: string): Promise<StoredLock> {
  const path = lockPath(promptId);
  const text = await readOwn(workspace, path);
  if (text === undefined) return { path, text, lock: { releases: [] } };
  const parsed = parseLock(text);
  requireSound(parsed, path, text);
  return { path, text, lock: parsed.lock };
}

/** Puts releases in the place of those that were read; false where they are the same. UserError `conflict` when somebody else wrote in between. */
export async function replaceLock(
  workspace: Workspace,
  { path, text }: StoredLock,
  lock: LockFile,
  disk: DiskOptions = {},
): Promise<boolean> {
  const next = encodeLock(lock);
  if (next.length > MAX_YAML_LENGTH)
    throw new UserError(
      'usage',
      `${path} would be larger than 1 MB and could not be read again; it is unchanged. Move the oldest releases to a file of another name.`,
    );
  if (next === text) return false;
  await writeAtomic(workspace, path, next, { ...disk, expectedHash: text === undefined ? null : hashText(text) });
  return true;
}

/**
 * Changes the lock file of a prompt: `change` gets what is there and gives what shall be, or undefined when nothing is to be done; where somebody
 * else wrote in between it is asked again. Gives whether something was written.
 */
export async function changeLock(
  workspace: Workspace,
  promptId: string,
  change: (lock: LockFile) => LockFile | undefined,
  disk: DiskOptions = {},
): Promise<boolean> {
  return withReleaseLock(workspace, promptId, disk, async () => {
    for (let tries = 1; ; tries++) {
      const stored = await openLock(workspace, promptId);
      const next = change(stored.lock);
      if (!next) return false;
      try {
        return await replaceLock(workspace, stored, next, disk);
      } catch (error) {
        if (!(error instanceof UserError && error.code === 'conflict') || tries === MOST_TRIES) throw error;
      }
    }
  });
}

const MOST_TRIES = 5;

/** UserError with place where the lock file cannot be gone on from. */
function requireSound(parsed: ParsedLock, path: string, text: string): asserts parsed is Extract<ParsedLock, { readonly status: 'read' }> {
  const refuse = (message: string, at: number): never => {
    throw new UserError('configuration', message, { file: path, line: new LineIndex(text).lineNumber(at) });
  };
  if (parsed.status === 'newer') refuse(parsed.message, parsed.range.start);
  else if (parsed.status !== 'read') refuse(`${parsed.message} ${REPAIR}`, parsed.range.start);
  else if (parsed.unsealed[0])
    refuse(`Release ${releaseTitle(parsed.unsealed[0])} was edited by hand. ${REPAIR}`, parsed.unsealed[0].range.start);
}

const REPAIR = 'Repair the lock file first (`evenkeel release --repair`, or the quick fix in the prompt).';
