import type { HistoryEntry, PromptHistory } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { readIndex } from './historyFile.ts';
import { readTextAt } from './textAt.ts';
import { updateHistory } from './updateHistory.ts';

/** A release's text in git, or why there is none. `message` says what to do. */
export type FoundRelease =
  | {
      readonly found: true;
      readonly commit: string;
      /** ISO time of the commit. */
      readonly at: string;
      /** Where the file was, root-relative; renamed since where it is not the prompt's. */
      readonly path: string;
      readonly text: string;
    }
  | { readonly found: false; readonly why: 'git' | 'shallow' | 'rewritten' | 'neverCommitted'; readonly message: string };

/** The newest commit whose prompt had this fingerprint, renames followed. `version` is for the message alone. Never throws a UserError. */
export async function findRelease(
  workspace: Workspace,
  promptId: string,
  { fingerprint, version }: { readonly fingerprint: string; readonly version?: string | undefined },
): Promise<FoundRelease> {
  const what = version === undefined ? 'this version' : `version ${version}`;
  const before = await readIndex(workspace, promptId);
  let history: PromptHistory;
  try {
    history = await updateHistory(workspace, promptId, {
      enough: (_, entries) => entries.some((entry) => entry.fingerprint === fingerprint),
    });
    const entry = history.entries.find((each) => each.fingerprint === fingerprint);
    const text = entry && (await readTextAt(workspace, entry.commit, entry.path));
    if (entry && text !== undefined) return { found: true, commit: entry.commit, at: entry.at, path: entry.path, text };
    if (entry) return { found: false, why: 'git', message: unreadable(what, entry) };
  } catch (error) {
    if (error instanceof UserError) return { found: false, why: 'git', message: error.message };
    throw error;
  }
  if (history.shallow)
    return {
      found: false,
      why: 'shallow',
      message: `The text of ${what} is not in this clone, which is shallow. Fetch the rest of the history: git fetch --unshallow.`,
    };
  if (before?.versions.some((known) => known.fingerprint === fingerprint))
    return {
      found: false,
      why: 'rewritten',
      message: `The text of ${what} was in the history, which has been rewritten since. Look for it in another branch or clone.`,
    };
  return {
    found: false,
    why: 'neverCommitted',
    message: `No commit of this branch has the text of ${what}: it was released without being committed, or on another branch. Commit a prompt together with its lock file.`,
  };
}

function unreadable(what: string, { commit, path }: HistoryEntry): string {
  return `git has ${what} in ${commit.slice(0, 7)}, but ${path} cannot be read there. Look at it with git show.`;
}
