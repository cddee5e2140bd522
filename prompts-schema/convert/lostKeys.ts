import type { PromptDocument, PromptFormat } from '../document.ts';
import { isOwnKey } from '../formats/ownFields.ts';
import type { PositionedNode, ScalarNode } from '../parse/positioned.ts';
import type { ConversionNote } from './converted.ts';

/** Keys whose meaning a native file has; what else stands at the top of the settings is told to be left out. */
const CARRIED: Readonly<Partial<Record<PromptFormat, readonly string[]>>> = {
  prompty: [
    '$schema',
    'kind',
    'name',
    'description',
    'model',
    'inputs',
    'inputSchema',
    'outputs',
    'outputSchema',
    'sample',
    'tools',
    'template',
    'parameters',
  ],
  dotprompt: ['name', 'description', 'model', 'config', 'input', 'output', 'tools', 'toolDefs'],
};

/** Settings of other programs that stand in the file. A promptfoo config is a whole evaluation: what it is besides a prompt is not told. */
export function lostKeys({ format, tree, issues, version }: PromptDocument): readonly ConversionNote[] {
  const carried = CARRIED[format];
  if (!carried || tree?.kind !== 'map') return [];
  const told = (start: number): boolean => issues.some(({ range }) => range.start === start);
  const keys = tree.entries
    .filter(
      ({ key, keyRange, value }) => !carried.includes(key) && !isOwnKey(key) && !told(keyRange.start) && value.range !== version?.range,
    )
    .map(({ key, keyRange }) => ({ range: keyRange, message: `\`${key}\` is left out: a native file has no such key.` }));
  const environment = scalarsOf(tree).flatMap(({ range, value }) => {
    const named = typeof value === 'string' ? /\$\{env:[^}]*\}/.exec(value)?.[0] : undefined;
    if (named === undefined || told(range.start)) return [];
    return [
      {
        range,
        message: `\`${named}\` is left out: where a provider is reached and with which key stands in evenkeel.yml, under \`providers\`.`,
      },
    ];
  });
  return [...keys, ...environment];
}

function scalarsOf(node: PositionedNode): readonly ScalarNode[] {
  if (node.kind === 'scalar') return [node];
  return (node.kind === 'list' ? node.items : node.entries.map(({ value }) => value)).flatMap(scalarsOf);
}
