import { isJsonObject, type Json, type JsonObject, ownValue } from '../../../safety/index.ts';
import type { PromptDocument } from '../../document.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapEntry, MapNode } from '../../parse/positioned.ts';
import { toJson } from '../../parse/tree.ts';
import { parameterOf } from '../../schemas/parameters.ts';
import { namedSchemaOf } from '../native/outputSchema.ts';
import { parametersOf } from '../native/parameters.ts';
import { namedFile } from './fileNames.ts';

/** What the `config` of a provider or a prompt says of a call. */
export type CallSettings = Pick<PromptDocument, 'parameters' | 'responseFormat' | 'outputSchema' | 'tools'>;

/** Reads the settings; of a key that several maps have the first counts. What would change an answer and is not sent is an issue, once. */
export function readCallSettings(maps: readonly (MapNode | undefined)[], promptName: string, issues: Issue[]): CallSettings {
  const entries: MapEntry[] = [];
  for (const map of maps) for (const entry of map?.entries ?? []) if (!entries.some(({ key }) => key === entry.key)) entries.push(entry);
  const known = entries.filter(({ key }) => parameterOf(key));
  const templated = known.filter(({ value }) => value.kind === 'scalar' && typeof value.value === 'string' && value.value.includes('{{'));
  reportUnsent(entries, issues);
  return {
    parameters: parametersOf(
      known.filter((entry) => !templated.includes(entry)),
      issues,
      'config',
      false,
    ),
    ...responseFormat(entries, promptName, issues),
    tools: toolsOf(entries, issues),
  };
}

/** Settings that change what the model answers, and have no place in a prompt of ours. */
const UNSENT: readonly string[] = [
  ...['instructions', 'systemPrompt', 'system', 'modalities', 'audio', 'mcp', 'tool_choice', 'toolConfig', 'passthrough', 'thinking'],
  ...['functionToolCallbacks', 'previous_response_id', 'web_search_options', 'logprobs', 'assistantId'],
];

function reportUnsent(entries: readonly MapEntry[], issues: Issue[]): void {
  const unsent = entries.filter(({ key }) => UNSENT.includes(key));
  const [first] = unsent;
  if (!first || issues.some(({ range }) => range.start === first.keyRange.start)) return;
  const names = unsent.map(({ key }) => `\`${key}\``).join(', ');
  issues.push({ code: 'schema.unsupported-value', message: `${names}: runs here call the model without it.`, range: first.keyRange });
}

function responseFormat(
  entries: readonly MapEntry[],
  promptName: string,
  issues: Issue[],
): Pick<CallSettings, 'responseFormat' | 'outputSchema'> {
  const nothing = { responseFormat: undefined, outputSchema: undefined };
  const entry = entries.find(({ key }) => key === 'response_format' || key === 'responseFormat');
  if (!entry) return nothing;
  const { range } = entry.value;
  const value = toJson(entry.value);
  if (typeof value === 'string' && namedFile(value)) {
    issues.push({ code: 'schema.unsupported-value', message: 'The form of the answer in another file is not read. Write it here.', range });
    return nothing;
  }
  const type = isJsonObject(value) ? ownValue(value, 'type') : value;
  if (type !== 'json_object' && type !== 'json_schema' && type !== 'text') return nothing;
  const wrapper = isJsonObject(value) ? (ownValue(value, 'json_schema') ?? value) : undefined;
  const schema = type === 'json_schema' && isJsonObject(wrapper) ? namedSchema(wrapper, promptName) : undefined;
  return {
    responseFormat: { value: type === 'json_schema' && !schema ? 'json_object' : type, range },
    outputSchema: schema && { kind: 'inline', value: schema, range },
  };
}

function namedSchema(wrapper: JsonObject, promptName: string) {
  const named = namedSchemaOf(wrapper, promptName);
  return 'missing' in named ? undefined : named;
}

/** `tools`, or the older `functions`: those that are functions with a name. */
function toolsOf(entries: readonly MapEntry[], issues: Issue[]): CallSettings['tools'] {
  const entry = entries.find(({ key }) => key === 'tools') ?? entries.find(({ key }) => key === 'functions');
  if (!entry) return undefined;
  const { value } = entry;
  const file = value.kind === 'scalar' && typeof value.value === 'string' ? namedFile(value.value) : undefined;
  if (file?.kind === 'file') return { kind: 'file', path: { value: file.path, range: value.range }, range: value.range };
  if (value.kind !== 'list') return undefined;
  const functions = value.items.filter((item) => isFunction(toJson(item)));
  const other = value.items.find((item) => !functions.includes(item));
  if (other && !issues.some(({ range }) => range.start === other.range.start))
    issues.push({ code: 'schema.unsupported-value', message: 'Only tools that are functions with a name are sent.', range: other.range });
  return functions.length > 0 ? { kind: 'inline', value: functions.map(toJson), range: value.range } : undefined;
}

function isFunction(tool: Json): boolean {
  const bare = isJsonObject(tool) && isJsonObject(ownValue(tool, 'function')) ? ownValue(tool, 'function') : tool;
  return isJsonObject(bare) && typeof ownValue(bare, 'name') === 'string' && !HOSTED.test(String(ownValue(bare, 'type') ?? ''));
}

/** Tools that the provider runs itself. */
const HOSTED = /^(?:web_search|web_fetch|code_execution|code_interpreter|file_search|computer|bash|text_editor|image_generation|mcp)/;
