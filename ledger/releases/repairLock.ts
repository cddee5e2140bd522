import { compareSemver, encodeLock, fingerprintOf, lockPath, parseLock, type Release, splitPromptId } from '../../prompts-schema/index.ts';
import type { PromptHistory, ReleaseResult } from '../../protocol/index.ts';
import { requireCapability, UserError } from '../../safety/index.ts';
import { hashText, type Workspace, writeAtomic } from '../../workspace/index.ts';
import { readOwn } from '../baselines/baselineFile.ts';
import { openVersion } from '../git/gitVersion.ts';
import { loadPrompt } from '../loadPrompt.ts';
import { fileHashes, requireFingerprinted } from './fileHashes.ts';
import { mergedLock, planRepair, promptsToRepair, type RepairPlan, repairedLock, testTitles, type WantedRelease } from './planRepair.ts';
import { withReleaseLock } from './releaseLock.ts';
import type { ReleaseContext } from './releasePrompt.ts';
import { testedByRuns } from './testedByRuns.ts';

/** What a repair takes: also the history of a prompt, as git tells it. */
export interface RepairContext extends ReleaseContext {
  readonly historyOf: (workspace: Workspace, promptId: string) => Promise<Pick<PromptHistory, 'entries' | 'shallow'>>;
}

/**
 * Makes a lock file anew: a merge conflict from its two sides; everything else from the releases that are sealed and, for the others, from the
 * commits in which their versions began, tested with what the stored evals say. What could not be kept is in the message. UserError where the
 * file is of a newer format, or nothing of it can be told.
 */
export async function repairLock(context: RepairContext, promptId: string): Promise<ReleaseResult> {
  const { workspace, disk = {} } = context;
  requireCapability(workspace.capabilities, 'write', 'repair a lock file');
  return withReleaseLock(workspace, promptId, disk, async () => {
    const path = lockPath(promptId);
    const text = await readOwn(workspace, path);
    if (text === undefined) throw new UserError('usage', `There is no ${path} to repair. Release the prompt: that makes one.`);
    const parsed = parseLock(text);
    if (parsed.status === 'newer') throw new UserError('configuration', parsed.message, { file: path });
    if (parsed.status === 'read' && !parsed.unsealed.length)
      return { tested: [], files: [], message: `${path} is sound: there was nothing to repair.` };
    const write = (lock: Parameters<typeof encodeLock>[0]): Promise<string> =>
      writeAtomic(workspace, path, encodeLock(lock), { ...disk, expectedHash: hashText(text) });
    const merged = mergedLock(text);
    if (merged) {
      await write(merged);
      return { tested: [], files: [path], message: `Merged both sides of ${path}: ${counted(merged.releases.length)}.` };
    }
    const histories = await Promise.all(promptsToRepair(text, promptId).map(async (id) => [id, await historyIn(context, id)] as const));
    const plan = planRepair(text, new Map(histories.map(([id, { entries }]) => [id, entries])));
    if (plan.undecided.length) throw undecided(path, plan.undecided);
    const found = await Promise.all(plan.wanted.map((wanted) => derive(context, wanted)));
    const derived = found.flatMap((one) => (typeof one === 'string' ? [] : [one]));
    const lock = repairedLock(plan.kept, derived);
    const shallow = histories.some(([, history]) => history.shallow);
    const [why] = histories.flatMap(([, history]) => history.why ?? []);
    if (!lock.releases.length) throw nothingFound(path, shallow, why);
    await write(lock);
    const lost = [...plan.lost, ...found.filter((one) => typeof one === 'string')];
    const vouched = new Set(derived.flatMap(testTitles));
    const dropped = plan.dropped.filter((title) => !vouched.has(title));
    return { tested: [], files: [path], message: sentence(path, { ...plan, lost, dropped }, derived, shallow, why) };
  });
}

/** The release of a version as its commit has it, or its title where it cannot be made out. */
async function derive({ workspace, store }: RepairContext, { promptId, version, entry }: WantedRelease): Promise<Release | string> {
  const { name } = splitPromptId(promptId);
  const then = openVersion(workspace, { commit: entry.commit, short: entry.commit.slice(0, 7), at: entry.at });
  const idThen = name === undefined ? entry.path : `${entry.path}#${name}`;
  const title = name === undefined ? version : `${version} of ${name}`;
  try {
    const read = await then.read(entry.path);
    const loaded = await loadPrompt(then, idThen);
    requireFingerprinted(loaded);
    const { fingerprint, parts } = fingerprintOf(loaded.document, loaded.facts);
    const prompt = { text: loaded.document.text, byteOrderMark: read.ok && read.byteOrderMark === true };
    return {
      prompt: name,
      version,
      fingerprint,
      parts,
      files: await fileHashes(then, loaded, prompt),
      released: entry.at.slice(0, 10),
      tested: await testedByRuns(store, promptId, fingerprint),
    };
  } catch (error) {
    if (error instanceof UserError) return title;
    throw error;
  }
}

interface KnownHistory extends Pick<PromptHistory, 'entries' | 'shallow'> {
  /** Why there is none. */
  readonly why?: string;
}

/** What is sealed can be kept without git, too. */
async function historyIn({ workspace, historyOf }: RepairContext, promptId: string): Promise<KnownHistory> {
  try {
    return await historyOf(workspace, promptId);
  } catch (error) {
    if (error instanceof UserError) return { entries: [], shallow: false, why: error.message };
    throw error;
  }
}

function undecided(path: string, versions: readonly string[]): UserError {
  return new UserError(
    'configuration',
    `Two different prompts were released as ${versions.join(', ')}, and git has neither of them under that version. Remove one of the two by hand, markers included, then repair again.`,
    { file: path },
  );
}

function nothingFound(path: string, shallow: boolean, why: string | undefined): UserError {
  if (why !== undefined) return new UserError('configuration', `Nothing in it is sealed, and git cannot be asked: ${why}`, { file: path });
  const next = shallow
    ? 'The clone is shallow: fetch more of its history (git fetch --unshallow), then repair again.'
    : 'Restore it from git, or remove it and release the prompt again.';
  return new UserError('configuration', `Nothing in it is sealed, and git knows no version of this prompt. ${next}`, { file: path });
}

function sentence(
  path: string,
  { kept, lost, dropped, replaced }: RepairPlan,
  derived: readonly Release[],
  shallow: boolean,
  why: string | undefined,
): string {
  const versions = [...derived].sort((a, b) => compareSemver(a.version, b.version)).map(({ version }) => version);
  const parts = [
    `Repaired ${path}: kept ${counted(kept.length)}${versions.length ? `, made ${versions.join(', ')} anew from git` : ''}.`,
    dropped.length ? `Tests that nothing vouches for are gone: ${[...new Set(dropped)].join('; ')}.` : '',
    replaced.length ? `Left out, because git has another prompt under that version: ${replaced.join('; ')}.` : '',
    lost.length ? `Not found in git, and gone: ${lost.join(', ')}.` : '',
    lost.length && shallow ? 'The clone is shallow; more of its history may have them.' : '',
    why === undefined ? '' : `Git could not be asked: ${why}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function counted(releases: number): string {
  return releases === 1 ? 'one release' : `${releases} releases`;
}
