import { type EvenkeelConfig, isPartialFile, isPromptFile } from '../prompts-schema/index.ts';
import { findFiles } from './findPromptFiles.ts';
import { fitsGlob } from './globs.ts';
import type { Workspace } from './workspace.ts';

/** The prompt files of a root that its evenkeel.yml takes for prompts: all, or those of `prompts.include`, without those of `prompts.exclude`. */
export async function wantedPrompts(workspace: Workspace, config: Pick<EvenkeelConfig, 'prompts'>): Promise<readonly string[]> {
  return (await workspace.promptFiles()).filter(wantedBy(config));
}

/** The same with the partials among them, which are checked but are no prompts. Found in one look at the disk; of more than `most` the first ones. */
export function wantedTemplates(workspace: Workspace, config: Pick<EvenkeelConfig, 'prompts'>, most?: number): Promise<readonly string[]> {
  const isWanted = wantedBy(config);
  return findFiles(workspace.root, (path) => (isPromptFile(path) || isPartialFile(path)) && isWanted(path), most);
}

function wantedBy({ prompts: { include, exclude } }: Pick<EvenkeelConfig, 'prompts'>): (path: string) => boolean {
  return (path) => (include.length === 0 || include.some((glob) => fitsGlob(path, glob))) && !exclude.some((glob) => fitsGlob(path, glob));
}
