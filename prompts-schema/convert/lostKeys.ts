import type { PromptDocument, PromptFormat } from '../document.ts';
import { isOwnKey } from '../formats/ownFields.ts';
import type { ConversionNote } from './converted.ts';

/** Keys whose meaning a native file has; what else stands at the top of the settings is told to be left out. */
const CARRIED: Readonly<Partial<Record<PromptFormat, readonly string[]>>> = {
  prompty: ['$schema', 'kind', 'name', 'description', 'model', 'inputs', 'inputSchema', 'outputs', 'outputSchema', 'sample', 'tools', 'template', 'parameters'],
  dotprompt: ['name', 'description', 'model', 'config', 'input', 'output', 'tools', 'toolDefs'],
};

/** Settings of other programs that stand in the file. A promptfoo config is a whole evaluation: what it is besides a prompt is not told. */
export function lostKeys({ format, tree, issues }: PromptDocument): readonly ConversionNote[] {
  const carried = CARRIED[format];
  if (!carried || tree?.kind !== 'map') return [];
  return tree.entries
    .filter(({ key, keyRange }) => !carried.includes(key) && !isOwnKey(key) && !issues.some(({ range }) => range.start === keyRange.start))
    .map(({ key, keyRange }) => ({ range: keyRange, message: `\`${key}\` is left out: a native file has no such key.` }));
}
