import { isPartialFile, parsePrompt, promptFormatOf } from '../../prompts-schema/index.ts';
import { fileReferences } from '../documents/fileReferences.ts';
import type { OpenPrompt } from '../documents/promptCache.ts';
import { type Place, uriOf } from '../documents/roots.ts';
import type { Host } from '../handlers/host.ts';

/**
 * The prompts of a root that name a file: its dataset, a schema, or a partial that they put in. All prompt files are read, those that do
 * not have the file's name in their text no further than that.
 */
export async function promptsNaming(
  { cache }: Pick<Host, 'cache'>,
  { workspace }: Place,
  path: string,
  check: () => void,
): Promise<readonly OpenPrompt[]> {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const word = isPartialFile(path) ? base.replace(/^_|\.prompt$/gi, '') : base;
  const found: OpenPrompt[] = [];
  for (const promptPath of await workspace.promptFiles()) {
    const file = await workspace.read(promptPath);
    check();
    if (!file.ok || !file.text.includes(word)) continue;
    const document = parsePrompt(file.text, promptFormatOf(promptPath));
    const named = fileReferences(document).some(({ value }) => workspace.resolve(promptPath, value) === path);
    if (!named && !document.partials?.length) continue;
    const prompt = await cache.promptAnywhere(uriOf(workspace, promptPath));
    check();
    const puts = [...(prompt?.facts.partials?.values() ?? [])].some((partial) => partial.path === path);
    if (prompt && (named || puts)) found.push(prompt);
  }
  return found;
}
