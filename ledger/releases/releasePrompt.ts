import {
  fingerprintOf,
  type LockFile,
  mergeTested,
  type Release,
  releasesOf,
  splitPromptId,
  versionWords,
  withVersion,
} from '../../prompts-schema/index.ts';
import type { Bump, ReleaseResult } from '../../protocol/index.ts';
import { requireCapability, UserError } from '../../safety/index.ts';
import { hashText, type Workspace, writeAtomic } from '../../workspace/index.ts';
import type { DiskOptions } from '../baselines/baselineFile.ts';
import { type LoadedPrompt, loadPrompt } from '../loadPrompt.ts';
import type { RunStore } from '../runs/record.ts';
import { fileHashes, type PromptText, requireFingerprinted, withMark } from './fileHashes.ts';
import { openLock, replaceLock } from './lockFileStore.ts';
import { planRelease } from './planRelease.ts';
import { withReleaseLock } from './releaseLock.ts';
import { testedByRuns } from './testedByRuns.ts';

/** What a release takes beside the prompt. */
export interface ReleaseContext {
  readonly workspace: Workspace;
  readonly store: Pick<RunStore, 'list' | 'read'>;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly disk?: DiskOptions;
}

/**
 * Releases a prompt: its version goes into its file, then the release into the lock file, tested with what the stored evals of this fingerprint say.
 * A process that dies in between leaves a version that is no release yet, and the next release of the kind makes it one. No model is called.
 * UserError where there is nothing to release, or the lock file is damaged.
 */
export async function releasePrompt(context: ReleaseContext, promptId: string, bump: Bump): Promise<ReleaseResult> {
  const { workspace, disk = {} } = context;
  requireCapability(workspace.capabilities, 'write', 'release a prompt');
  return withReleaseLock(workspace, promptId, disk, async () => {
    const { file } = splitPromptId(promptId);
    const read = await workspace.read(file);
    const loaded = await loadPrompt(workspace, promptId, { today: context.today, ...(read.ok ? { text: read.text } : {}) });
    requireFingerprinted(loaded);
    const stored = await openLock(workspace, promptId);
    const plan = planRelease(loaded, stored.lock, bump);
    const version = plan.kind === 'new' ? plan.version : plan.release.version;
    const old: PromptText = { text: loaded.document.text, byteOrderMark: read.ok && read.byteOrderMark === true };
    const { fingerprint, parts } = fingerprintOf(loaded.document, loaded.facts);
    const fresh: PromptText = { ...old, text: await textWith(workspace, loaded, version, fingerprint) };
    const tests = await testedByRuns(context.store, promptId, fingerprint);
    const release: Release =
      plan.kind === 'new'
        ? {
            prompt: splitPromptId(promptId).name,
            version,
            fingerprint,
            parts,
            files: await fileHashes(workspace, loaded, fresh),
            released: dayAfter(stored.lock, promptId, context.today),
            tested: tests,
          }
        : { ...plan.release, tested: mergeTested(plan.release.tested, tests) };
    const writesPrompt = fresh.text !== old.text;
    const lock = withRelease(stored.lock, plan.kind === 'new' ? undefined : plan.release, release);
    if (writesPrompt) await writeAtomic(workspace, file, withMark(fresh), { ...disk, expectedHash: hashText(old.text) });
    const wroteLock = await orPutBack(workspace, file, old, fresh, disk, () => replaceLock(workspace, stored, lock, disk));
    const files = [...(writesPrompt ? [file] : []), ...(wroteLock ? [stored.path] : [])];
    return { version, fingerprint, tested: release.tested.map(({ model }) => model), files, message: sentence(plan.kind, release, files) };
  });
}

/** The prompt's text under that version. It is read again: an edit that gives another prompt, or another version, is none. */
async function textWith(workspace: Workspace, { promptId, document }: LoadedPrompt, version: string, fingerprint: string): Promise<string> {
  if (document.version?.value === version) return document.text;
  const text = withVersion(document, version);
  const read = text === undefined ? undefined : await loadPrompt(workspace, promptId, { text }).catch(orNothing);
  if (
    text !== undefined &&
    read?.document.version?.value === version &&
    fingerprintOf(read.document, read.facts).fingerprint === fingerprint
  )
    return text;
  throw new UserError(
    'usage',
    `There is no place for a version in this file. Write \`${versionWords(document, version)}\` into it, then release it as written.`,
    { file: promptId, line: 1 },
  );
}

function orNothing(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
}

/** Never before the release that it follows, also where another machine's clock was ahead: the newest stands last. */
function dayAfter(lock: LockFile, promptId: string, today: string): string {
  const newest = releasesOf(lock, promptId).at(-1)?.released ?? '';
  return newest > today ? newest : today;
}

function withRelease({ releases }: LockFile, old: Release | undefined, release: Release): LockFile {
  return { releases: old ? releases.map((one) => (one === old ? release : one)) : [...releases, release] };
}

/** The second of two writes; when it fails, the first is taken back, unless somebody has written since. */
async function orPutBack<T>(
  workspace: Workspace,
  file: string,
  old: PromptText,
  fresh: PromptText,
  disk: DiskOptions,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (fresh.text !== old.text)
      await writeAtomic(workspace, file, withMark(old), { ...disk, expectedHash: hashText(fresh.text) }).catch(() => {});
    throw error; // a version that could not be taken back is one that is no release yet
  }
}

function sentence(kind: 'new' | 'finish' | 'again', { version, tested }: Release, files: readonly string[]): string {
  const models = tested.map(({ model }) => model).join(', ');
  const tests = models === '' ? 'It is not tested with any model yet: run the eval, then release it as written.' : `Tested with ${models}.`;
  if (kind === 'new') return `Released ${version}. ${tests}`;
  if (kind === 'finish') return `${version} was released already; the file names it now. ${tests}`;
  return files.length
    ? `${version} was released already; its tests are up to date now. ${tests}`
    : `${version} was released already. ${tests}`;
}
