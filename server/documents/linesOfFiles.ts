import { LineIndex } from '../../prompts-schema/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** The lines of those files that can be read, by root-relative path. */
export async function linesOfFiles(workspace: Workspace | undefined, paths: readonly string[]): Promise<ReadonlyMap<string, LineIndex>> {
  if (!workspace) return new Map();
  const read = await Promise.all(paths.map(async (path) => [path, await workspace.read(path)] as const));
  return new Map(read.flatMap(([path, file]) => (file.ok ? [[path, new LineIndex(file.text)] as const] : [])));
}
