import { type LockFile, lockPath, mergeTested, type Release, releasesOf, type TestedWith } from '../../prompts-schema/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { DiskOptions } from '../baselines/baselineFile.ts';
import { changeLock } from './lockFileStore.ts';

/** The release of a lock file that an entry went into, or was taken out of. */
export interface RecordedTest {
  readonly version: string;
  /** Root-relative path of the lock file. */
  readonly path: string;
}

/**
 * Notes in the lock file that the release of this fingerprint was tested. Where several versions have it, the newest is meant. Undefined, and
 * nothing is written, when there is no such release or the lock says so already; doing it twice is doing it once. UserError when the lock file
 * is damaged.
 */
export async function recordTested(
  workspace: Workspace,
  promptId: string,
  { fingerprint }: { readonly fingerprint: string },
  test: TestedWith,
  disk: DiskOptions = {},
): Promise<RecordedTest | undefined> {
  return changeTested(workspace, promptId, fingerprint, (tested) => (has(tested, test) ? tested : mergeTested(tested, [test])), disk);
}

/** Takes an accepted review out again, when the review was taken back. */
export async function forgetReview(
  workspace: Workspace,
  promptId: string,
  { fingerprint, run }: { readonly fingerprint: string; readonly run: string },
  disk: DiskOptions = {},
): Promise<RecordedTest | undefined> {
  return changeTested(
    workspace,
    promptId,
    fingerprint,
    (tested) => tested.filter(({ how, run: of }) => how !== 'review' || of !== run),
    disk,
  );
}

async function changeTested(
  workspace: Workspace,
  promptId: string,
  fingerprint: string,
  change: (tested: readonly TestedWith[]) => readonly TestedWith[],
  disk: DiskOptions,
): Promise<RecordedTest | undefined> {
  const path = lockPath(promptId);
  if (!(await workspace.stat(path))) return undefined;
  let changed: Release | undefined;
  await changeLock(
    workspace,
    promptId,
    (lock): LockFile | undefined => {
      const release = releasesOf(lock, promptId).findLast((one) => one.fingerprint === fingerprint);
      const tested = release && change(release.tested);
      const isSame = !tested || (tested.length === release.tested.length && tested.every((test) => release.tested.includes(test)));
      changed = isSame ? undefined : release;
      return isSame ? undefined : { releases: lock.releases.map((one) => (one === release ? { ...one, tested } : one)) };
    },
    disk,
  );
  return changed && { version: changed.version, path };
}

/** The same run counts once, on whatever day it is told. */
function has(tested: readonly TestedWith[], { model, run, how }: TestedWith): boolean {
  return tested.some((test) => test.model === model && test.run === run && test.how === how);
}
