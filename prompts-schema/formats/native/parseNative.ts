import type { PromptDocument } from '../../document.ts';
import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode, PositionedNode } from '../../parse/positioned.ts';
import { withoutConsequences } from '../../parse/withoutConsequences.ts';
import { parseYamlTree } from '../../parse/yamlTree.ts';
import { PROMPT_KEYS, RESPONSE_FORMATS } from '../../schemas/promptFile.ts';
import { LineIndex } from '../../text/lineIndex.ts';
import type { Range } from '../../text/range.ts';
import { readEvaluators } from './evaluators.ts';
import { Fields } from './fields.ts';
import { readInputs } from './inputs.ts';
import { readMessages } from './messages.ts';
import { readOutputSchema } from './outputSchema.ts';
import { readParameters } from './parameters.ts';
import { readSettings } from './settings.ts';
import { readTestData } from './testData.ts';
import { readTools } from './tools.ts';
import { readVersion } from './version.ts';

/** Reads the native format: the grammar of GitHub Models' `.prompt.yml` files, and our fields. */
export function parseNative(text: string): PromptDocument {
  const { tree, issues: syntax } = parseYamlTree(text);
  const issues: Issue[] = [...syntax];
  const map: MapNode = tree?.kind === 'map' ? tree : { kind: 'map', entries: [], range: tree?.range ?? { start: 0, end: 0 } };
  const refused = tree === undefined && syntax.length > 0;
  if (!refused) checkShape(text, tree, map, issues);
  const fields = new Fields(text, map, issues);
  const lines = new LineIndex(text);

  const name = fields.lenientText('name');
  const messages = readMessages(fields);
  const responseFormat = fields.choice('responseFormat', RESPONSE_FORMATS);
  const outputSchema = readOutputSchema(fields, name?.value);
  if (responseFormat?.value === 'json_schema' && !fields.entry('jsonSchema'))
    issues.push({
      code: 'schema.missing-key',
      message: '`responseFormat: json_schema` needs the schema of the answer. Add `jsonSchema`, or use `json_object`.',
      range: responseFormat.range,
      data: { key: 'jsonSchema' },
    });
  const { evaluators, evaluatorsRange } = readEvaluators(fields);
  const { testData, testDataRange } = readTestData(fields);
  return {
    format: 'native',
    dialect: 'github',
    text,
    lines,
    tree,
    name,
    description: fields.lenientText('description'),
    version: readVersion(fields),
    model: fields.lenientText('model'),
    parameters: readParameters(fields),
    inputs: readInputs(fields),
    messages,
    responseFormat,
    outputSchema,
    tools: readTools(fields),
    dataset: fields.pathText('dataset'),
    testData,
    testDataRange,
    evaluators,
    evaluatorsRange,
    ...readSettings(fields),
    issues: withoutConsequences(issues, lines).sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end),
  };
}

/** Whether it is a prompt at all, and the keys at its top. */
function checkShape(text: string, tree: PositionedNode | undefined, map: MapNode, issues: Issue[]): void {
  if (tree && tree.kind !== 'map') {
    issues.push({
      code: 'schema.not-a-prompt',
      message: `A prompt file is a map with a list of \`messages\`; this is ${tree.kind === 'list' ? 'a list' : 'a single value'}.`,
      range: firstLine(text, tree.range.start),
    });
    return;
  }
  const known = map.entries.filter((entry) => PROMPT_KEYS.includes(entry.key));
  const hasMessages = known.some((entry) => entry.key === 'messages');
  if (map.entries.length && !known.length) {
    issues.push({
      code: 'schema.not-a-prompt',
      message: 'None of these keys belongs to a prompt. A prompt file has `messages`, each with `role` and `content`.',
      range: map.entries[0]?.keyRange ?? map.range,
    });
    return;
  }
  for (const entry of map.entries) if (!known.includes(entry)) issues.push(unknownKeyIssue(entry.key, entry.keyRange, PROMPT_KEYS, []));
  if (!hasMessages)
    issues.push({
      code: 'schema.missing-key',
      message: 'A prompt needs `messages`: a list, each with `role` and `content`.',
      range: map.entries[0]?.keyRange ?? firstLine(text, 0),
      data: { key: 'messages' },
    });
}

function firstLine(text: string, from: number): Range {
  const found = text.slice(from, from + 200).search(/[\r\n]/);
  return { start: from, end: found < 0 ? Math.min(text.length, from + 200) : from + found };
}
