import { parsePromptAt, promptIdOf, severalPrompts } from '../prompts-schema/index.ts';
import type { Workspace } from '../workspace/index.ts';
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
  const { included } = await gatherIncluded(workspace, path, whole);
  const prompts = severalPrompts(path, text, included)?.prompts ?? [];
  const own = included ? { ...options, included } : options;
  if (prompts.length === 0) return [await gatherFactsAndFiles(workspace, whole, path, own)];
  return Promise.all(prompts.map(({ name, document }) => gatherFactsAndFiles(workspace, document(), promptIdOf(path, name), own)));
}
