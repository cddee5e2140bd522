import { holdsSeveral, promptIdOf, severalPrompts } from '../prompts-schema/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { gatherIncluded } from './included.ts';

/** The ids of the prompts of a file, in its order: the file itself where it holds one, none where it holds none that can be told. */
export async function promptIdsIn(workspace: Workspace, file: string, text?: string): Promise<readonly string[]> {
  if (!holdsSeveral(file)) return [file];
  const read = text === undefined ? await workspace.read(file) : { ok: true as const, text };
  const whole = read.ok ? severalPrompts(file, read.text)?.whole : undefined;
  if (!read.ok || !whole) return [];
  // names of prompts may come from the files that hold them
  const { included } = await gatherIncluded(workspace, file, whole);
  return severalPrompts(file, read.text, included)?.prompts.map(({ name }) => promptIdOf(file, name)) ?? [];
}

/** The ids of every prompt under the root, file by file. */
export async function promptIds(workspace: Workspace, files?: readonly string[]): Promise<readonly string[]> {
  const all = files ?? (await workspace.promptFiles());
  return (await Promise.all(all.map((file) => promptIdsIn(workspace, file)))).flat();
}
