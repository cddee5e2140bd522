import { posix } from 'node:path';
import { deployedPromptOf } from '../../ledger/index.ts';
import { splitPromptId } from '../../prompts-schema/index.ts';
import type { PointText } from '../../protocol/index.ts';
import { loadConfig, type Workspace } from '../../workspace/index.ts';

/** What a prompt's fingerprint is made of in a tree besides its own file: schema, tools, partials, texts; those that can be read. */
export async function otherFiles(tree: Workspace, promptId: string): Promise<PointText['files']> {
  const { config } = await loadConfig(tree);
  const [own, ...others] = (await deployedPromptOf(tree, promptId, config))?.files ?? [];
  const paths = [...new Set(others)].filter((path) => path !== own).slice(0, MOST_FILES);
  const folder = posix.dirname(splitPromptId(promptId).file);
  const read = await Promise.all(paths.map((path) => tree.read(path)));
  return read.flatMap((file, at) => (file.ok ? [{ name: posix.relative(folder, paths[at] ?? ''), text: file.text }] : []));
}

const MOST_FILES = 30;
