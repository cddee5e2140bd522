import type { EvenkeelConfig } from '../prompts-schema/index.ts';
import { fitsGlob } from './globs.ts';
import type { Workspace } from './workspace.ts';

/** The prompt files of a root that its evenkeel.yml takes for prompts: all, or those of `prompts.include`, without those of `prompts.exclude`. */
export async function wantedPrompts(workspace: Workspace, { prompts }: Pick<EvenkeelConfig, 'prompts'>): Promise<readonly string[]> {
  const { include, exclude } = prompts;
  const files = await workspace.promptFiles();
  return files.filter(
    (path) => (include.length === 0 || include.some((glob) => fitsGlob(path, glob))) && !exclude.some((glob) => fitsGlob(path, glob)),
  );
}
