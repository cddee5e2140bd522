import { type EvenkeelConfig, parsePromptAt, promptFormatOf, splitPromptId } from '../../prompts-schema/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { fingerprintOf, gatherFactsAndFiles } from '../facts.ts';
import type { PromptNow } from './deployedRows.ts';

/** A prompt of the root as it is on disk; one that cannot be read is left out. Never throws. */
export async function promptNow(workspace: Workspace, promptId: string, config: EvenkeelConfig): Promise<PromptNow | undefined> {
  const { file: path } = splitPromptId(promptId);
  const file = promptFormatOf(path) && (await workspace.read(path));
  if (!file?.ok) return undefined;
  const written = { ...parsePromptAt(promptId, file.text), dataset: undefined, evaluators: [] };
  const { document, facts } = await gatherFactsAndFiles(workspace, written, promptId, { config, today: '' });
  return { promptId, name: document.name?.value ?? promptId, ...fingerprintOf(document, facts) };
}
