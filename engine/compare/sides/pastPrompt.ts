import {
  findRelease,
  type GitVersion,
  type LoadedPrompt,
  loadPrompt,
  openVersion,
  resolveVersion,
  updateHistory,
} from '../../../ledger/index.ts';
import { fingerprintOf, promptFormatOf, promptIdOf, splitPromptId } from '../../../prompts-schema/index.ts';
import { UserError } from '../../../safety/index.ts';
import { requireRunnable } from '../../run/plan.ts';
import type { SideContext } from './resolveSide.ts';

/** A prompt as it was, ready to be run over the cases of today. */
export interface PastPrompt {
  readonly loaded: LoadedPrompt;
  /** Where its file was, root-relative. */
  readonly path: string;
}

/**
 * The prompt at a commit, under the path that it had there. UserError where it is not there or cannot be run.
 */
export async function promptAtCommit(
  version: GitVersion,
  { workspace, judged, today }: Pick<SideContext, 'workspace' | 'judged' | 'today'>,
  path?: string,
): Promise<PastPrompt> {
  const there = openVersion(workspace, version);
  const { file, name } = splitPromptId(judged.promptId);
  const found = path ?? (await pathAt(there, workspace, judged.promptId));
  const loaded = await loadPrompt(there, promptIdOf(found, name), { today });
  requireRunnable({ ...loaded, facts: { ...loaded.facts, dataset: judged.facts.dataset } });
  // Runs of it are this prompt's runs, wherever its file was; only a file of another format keeps its name, by which it is read again.
  const isSameFormat = promptFormatOf(found) === promptFormatOf(file);
  return { loaded: isSameFormat ? { ...loaded, promptId: judged.promptId } : loaded, path: found };
}

/** The prompt with a fingerprint: the one at hand, else the newest commit that has it. UserError that says why there is none. */
export async function promptOfFingerprint(
  fingerprint: string,
  version: string | undefined,
  context: Pick<SideContext, 'workspace' | 'judged' | 'today'>,
): Promise<PastPrompt> {
  const { workspace, judged } = context;
  if (fingerprintOf(judged.document, judged.facts).fingerprint === fingerprint)
    return { loaded: judged, path: splitPromptId(judged.promptId).file };
  const found = await findRelease(workspace, judged.promptId, { fingerprint, version });
  if (!found.found) throw new UserError('configuration', found.message, { file: judged.promptId });
  const { commit, at, path } = found;
  return promptAtCommit({ commit, short: commit.slice(0, SHORT_COMMIT), at }, context, path);
}

const SHORT_COMMIT = 7;

/** The commit that a source names; undefined where it is none, or not in this clone. */
export async function commitNamed(
  commit: string | undefined,
  { workspace }: Pick<SideContext, 'workspace'>,
): Promise<GitVersion | undefined> {
  // A name that moves, such as a branch, is no commit.
  if (commit === undefined || !/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
  try {
    return await resolveVersion(workspace, commit);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Today's path where the file is there, else the newest of its earlier ones that is. */
async function pathAt(there: SideContext['workspace'], workspace: SideContext['workspace'], promptId: string): Promise<string> {
  const { file } = splitPromptId(promptId);
  if ((await there.read(file)).ok) return file;
  const { entries } = await updateHistory(workspace, promptId);
  for (const path of new Set(entries.map((entry) => entry.path))) if ((await there.read(path)).ok) return path;
  return file;
}
