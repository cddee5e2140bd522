import { parsePromptAt, promptIdOf, severalPrompts } from '../prompts-schema/index.ts';
import type { ReadResult, Workspace } from '../workspace/index.ts';
import { type GatheredFacts, type GatherOptions, gatherFactsAndFiles } from './facts.ts';
import { gatherIncluded } from './included.ts';

/**
 * Every prompt of a file with what is known of it: one for most formats. Of a file of several that holds none, the file as a whole stands
 * for them, so that what is wrong in it can be told. `path` is root-relative, `text` what the file holds or shall hold.
 */
export async function gatherPrompts(
  workspace: Workspace,
  path: string,
  text: string,
  options: GatherOptions,
): Promise<readonly GatheredFacts[]> {
  const whole = parsePromptAt(path, text);
  const read = async (written: string): Promise<ReadResult> => {
    const found = workspace.resolve(path, written);
    return found === undefined
      ? { ok: false, path: written, reason: 'outside', message: `${written} leads outside the folder; only files inside it are read.` }
      : workspace.read(found);
  };
  const { included } = await gatherIncluded(path, whole, read);
  const prompts = severalPrompts(path, text, included)?.prompts ?? [];
  const own = included ? { ...options, included } : options;
  if (prompts.length === 0) return [await gatherFactsAndFiles(workspace, whole, path, own)];
  return Promise.all(prompts.map(({ name, document }) => gatherFactsAndFiles(workspace, document(), promptIdOf(path, name), own)));
}
