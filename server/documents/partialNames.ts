import { isPartialFile } from '../../prompts-schema/index.ts';
import { findFiles } from '../../workspace/index.ts';
import type { Place } from './roots.ts';

/** The names under which a prompt file can put in the partials of its root, nearest first. */
export async function partialNamesFor({ workspace, path }: Place): Promise<readonly string[]> {
  const files = await findFiles(workspace.root, isPartialFile);
  const named = files.map((file) => nameOf(file, path));
  return named.sort((a, b) => b.depth - a.depth || (a.name < b.name ? -1 : 1)).map(({ name }) => name);
}

/** The name under which a prompt puts in a partial; both paths from the root. */
export function partialNameFor(file: string, promptPath: string): string {
  return nameOf(file, promptPath).name;
}

/** Seen from the deepest folder that holds both: `shared/style` for `shared/_style.prompt`. */
function nameOf(file: string, promptPath: string): { readonly name: string; readonly depth: number } {
  const folders = file.split('/').slice(0, -1);
  const own = promptPath.split('/').slice(0, -1);
  let depth = 0;
  while (depth < folders.length && folders[depth] === own[depth]) depth++;
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/^_|\.prompt$/gi, '');
  return { name: [...folders.slice(depth), stem].join('/'), depth };
}
