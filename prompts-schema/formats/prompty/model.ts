import { isJsonObject, ownValue } from '../../../safety/index.ts';
import type { Parameter, PromptDocument } from '../../document.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapEntry, MapNode } from '../../parse/positioned.ts';
import { entryOf, toJson } from '../../parse/tree.ts';
import type { Located } from '../../text/range.ts';
import { namedSchemaOf } from '../native/outputSchema.ts';
import { parametersOf } from '../native/parameters.ts';
import { environmentIssue, fileIssue, referenceOf } from './references.ts';

/** What a `model:` says. */
export type ReadModel = Pick<PromptDocument, 'model' | 'parameters' | 'responseFormat' | 'outputSchema' | 'tools'>;

/** `model` of both versions: a name, or a map of what is called, where, and with which parameters. */
export function readModel(front: MapNode, promptName: string | undefined, issues: Issue[]): ReadModel {
  const nothing: ReadModel = { model: undefined, parameters: [], responseFormat: undefined, outputSchema: undefined, tools: undefined };
  const entry = entryOf(front, 'model');
  if (!entry) return nothing;
  const reference = referenceOf(entry);
  if (reference?.kind === 'file') issues.push(fileIssue('The model', reference.path));
  if (entry.value.kind === 'scalar') return { ...nothing, model: reference ? nameOf(entry, undefined, issues) : plainName(entry) };
  if (entry.value.kind !== 'map') return nothing;
  checkApi(entry.value, issues);
  const entries = [...settingEntries(entry.value, 'parameters', issues), ...settingEntries(entry.value, 'options', issues)];
  const extra = entries.find(({ key }) => key === 'additionalProperties');
  const all = [...entries, ...(extra?.value.kind === 'map' ? extra.value.entries : [])];
  return {
    model: modelName(entry.value, issues),
    parameters: parameters(all, issues),
    ...responseFormat(all, promptName),
    tools: toolsOf(all),
  };
}

/** Settings of a call that say nothing of the answer, and those that are read on their own. */
const NOT_PARAMETERS: ReadonlySet<string> = new Set([
  ...[
    'stream',
    'stream_options',
    'tools',
    'tool_choice',
    'tools_choice',
    'response_format',
    'additionalProperties',
    'allowMultipleToolCalls',
  ],
]);

function parameters(entries: readonly MapEntry[], issues: Issue[]): readonly Parameter[] {
  return parametersOf(
    entries.filter(({ key }) => !NOT_PARAMETERS.has(key)),
    issues,
    'model',
    false,
  );
}

function plainName({ value }: MapEntry): Located<string> | undefined {
  return value.kind === 'scalar' && typeof value.value === 'string' ? { value: value.value, range: value.range } : undefined;
}

/** `azure_deployment`, `name` or `model` of version 1 by its `type`; `id` and `provider` of version 2. */
function modelName(model: MapNode, issues: Issue[]): Located<string> | undefined {
  const id = entryOf(model, 'id');
  const provider = entryOf(model, 'provider')?.value;
  if (id) return nameOf(id, provider?.kind === 'scalar' && typeof provider.value === 'string' ? provider.value : undefined, issues);
  const entry = entryOf(model, 'configuration') ?? entryOf(model, 'connection');
  if (!entry) return undefined;
  const reference = referenceOf(entry);
  if (reference?.kind === 'file') issues.push(fileIssue('The model', reference.path));
  if (entry.value.kind !== 'map') return undefined;
  for (const [key, prefix] of NAMES) {
    const found = entryOf(entry.value, key);
    if (found) return nameOf(found, prefix, issues);
  }
  const type = entryOf(entry.value, 'type')?.value;
  const name = entryOf(entry.value, type?.kind === 'scalar' && type.value === 'openai' ? 'name' : 'model');
  return name && nameOf(name, type?.kind === 'scalar' && type.value === 'openai' ? 'openai' : undefined, issues);
}

const NAMES: readonly (readonly [key: string, provider: string])[] = [['azure_deployment', 'azure-openai']];

/** Providers as the files write them, as ours. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['azure', 'azure-openai'],
  ['azure_openai', 'azure-openai'],
  ['azureopenai', 'azure-openai'],
]);

function nameOf(entry: MapEntry, provider: string | undefined, issues: Issue[]): Located<string> | undefined {
  const reference = referenceOf(entry);
  if (reference?.kind === 'file') return undefined;
  if (reference?.kind === 'env' && reference.fallback === undefined) {
    issues.push(environmentIssue('The model', reference.name, entry));
    return undefined;
  }
  const written = reference?.fallback ?? plainName(entry)?.value;
  if (written === undefined || written === '') return undefined;
  const prefix = provider && (PROVIDERS.get(provider) ?? provider);
  return { value: prefix && !written.includes('/') ? `${prefix}/${written}` : written, range: entry.value.range };
}

function settingEntries(model: MapNode, key: string, issues: Issue[]): readonly MapEntry[] {
  const entry = entryOf(model, key);
  const reference = entry && referenceOf(entry);
  if (reference?.kind === 'file') issues.push(fileIssue('Parameters', reference.path));
  if (entry?.value.kind !== 'map') return [];
  return entry.value.entries.filter((own) => {
    const inner = referenceOf(own);
    if (inner?.kind === 'env') issues.push(environmentIssue(`\`${own.key}\``, inner.name, own));
    if (inner?.kind === 'file' && own.key !== 'tools') issues.push(fileIssue(`\`${own.key}\``, inner.path));
    return !inner || (inner.kind === 'file' && own.key === 'tools');
  });
}

function responseFormat(
  entries: readonly MapEntry[],
  promptName: string | undefined,
): Pick<PromptDocument, 'responseFormat' | 'outputSchema'> {
  const entry = entries.find(({ key }) => key === 'response_format');
  const value = entry && toJson(entry.value);
  const type = isJsonObject(value) ? ownValue(value, 'type') : value;
  if (!entry || (type !== 'json_object' && type !== 'json_schema' && type !== 'text'))
    return { responseFormat: undefined, outputSchema: undefined };
  const wrapper = isJsonObject(value) ? ownValue(value, 'json_schema') : undefined;
  const named = isJsonObject(wrapper) ? namedSchemaOf(wrapper, promptName) : undefined;
  const schema = named && !('missing' in named) ? named : undefined;
  return {
    responseFormat: { value: type === 'json_schema' && !schema ? 'json_object' : type, range: entry.value.range },
    outputSchema: schema && { kind: 'inline', value: schema, range: entry.value.range },
  };
}

function toolsOf(entries: readonly MapEntry[]): PromptDocument['tools'] {
  const entry = entries.find(({ key }) => key === 'tools');
  if (!entry) return undefined;
  const reference = referenceOf(entry);
  if (reference?.kind === 'file') return { kind: 'file', path: reference.path, range: entry.value.range };
  return entry.value.kind === 'list' ? { kind: 'inline', value: toJson(entry.value), range: entry.value.range } : undefined;
}

function checkApi(model: MapNode, issues: Issue[]): void {
  for (const key of ['api', 'apiType']) {
    const value = entryOf(model, key)?.value;
    if (value?.kind !== 'scalar' || value.value === null || SENT.has(String(value.value))) continue;
    issues.push({
      code: 'schema.unsupported-value',
      message: `Prompts of the kind \`${String(value.value)}\` are not run here, only chats; the template is checked all the same.`,
      range: value.range,
      data: { api: String(value.value) },
    });
  }
}

const SENT: ReadonlySet<string> = new Set(['chat', 'responses', 'response']);
