import { posix } from 'node:path';
import type { PromptHistory } from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { openObjects } from '../git/objectReader.ts';
import { findRepository } from '../git/repository.ts';

/** A file's text in a commit; `path` is root-relative. Undefined where it is not there or no text. Needs the capability `processes`. */
export async function readTextAt(workspace: Workspace, commit: string, path: string): Promise<string | undefined> {
  return (await readFirstAt(workspace, commit, [path]))?.text;
}

/** The prompt's text in any commit, under the path that it had there: one of those that its history knows. */
export async function readPromptAt(
  workspace: Workspace,
  { entries }: PromptHistory,
  commit: string,
  path: string,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const own = entries.find((entry) => entry.commit === commit);
  return readFirstAt(workspace, commit, [...new Set([...(own ? [own.path] : []), path, ...entries.map((entry) => entry.path)])]);
}

async function readFirstAt(
  workspace: Workspace,
  commit: string,
  paths: readonly string[],
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const { prefix } = await findRepository(workspace);
  const objects = openObjects(workspace.root, workspace.capabilities);
  try {
    for (const path of paths) {
      const object = await objects.read(`${commit}:${posix.join(prefix, path)}`);
      if (object?.type !== 'blob' || !object.bytes || object.bytes.includes(0)) continue;
      try {
        return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(object.bytes) };
      } catch {
        // not UTF-8: perhaps under another path
      }
    }
    return undefined;
  } finally {
    objects.close();
  }
}
