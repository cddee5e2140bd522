import { stringify } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../safety/index.ts';
import type { DatasetRow } from '../dataset/dataset.ts';
import type { PromptDocument } from '../document.ts';
import type { PromptFacts } from '../facts.ts';
import { parseNative } from '../formats/native/parseNative.ts';
import { PARAMETERS, parameterOf } from '../schemas/parameters.ts';
import { renderPrompt } from '../template/render.ts';
import { type ConversionNote, type Converted, NotConvertible } from './converted.ts';
import { type ConvertedMessages, convertMessages } from './convertMessages.ts';
import { evaluatorsJson } from './evaluatorJson.ts';
import { lostKeys } from './lostKeys.ts';

/** A prompt with what a conversion looks at. */
export interface ToConvert {
  readonly document: PromptDocument;
  readonly facts: Pick<PromptFacts, 'partials'>;
  /** All cases: those of the dataset and those in the file. */
  readonly cases: readonly DatasetRow[];
  /** A path as the prompt writes it, as the converted file has to write it. */
  readonly relocate: (path: string) => string;
}

/**
 * The native form of a prompt. Its messages are those of the original for every case; what is more than a variable in them becomes a variable that
 * takes the text. What could not be carried over is in the notes. Refused where values decide who speaks, or where something would be sent otherwise.
 */
export function convertPrompt({ document, facts, cases: all, relocate }: ToConvert): Converted {
  if (document.format === 'native') return { status: 'native' };
  const cases = all.filter(({ refused }) => refused === undefined); // their issues say why they are left out
  const first = converted({ document, facts, cases, relocate }, false);
  // what differs are mostly the blank lines around a variable that is blank
  return first.status === 'refused' && document.format === 'prompty'
    ? better(first, converted({ document, facts, cases, relocate }, true))
    : first;
}

function better(first: Converted, second: Converted): Converted {
  return second.status === 'converted' ? second : first;
}

function converted({ document, facts, cases, relocate }: ToConvert, blankEnds: boolean): Converted {
  try {
    const messages = convertMessages(document, facts.partials, blankEnds);
    const notes = [...messages.notes];
    const keepsDataset =
      document.dataset !== undefined && cases.every(({ variables }) => alike(variables, messages.variablesOf(variables)));
    const rows = (keepsDataset ? (document.testData ?? []) : cases).map((row) => rowJson(row, messages));
    const value = nativeValue(document, messages, { rows, keepsDataset }, relocate, notes, cases);
    const text = stringify(value, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false });
    const problem = differenceOf(document, facts, cases, text);
    if (problem) return { status: 'refused', ...problem };
    return { status: 'converted', text, notes: inOrder([...notes, ...lostKeys(document), ...issueNotes(document)]) };
  } catch (error) {
    if (error instanceof NotConvertible) return { status: 'refused', message: error.message, range: error.range };
    throw error;
  }
}

function nativeValue(
  document: PromptDocument,
  messages: ConvertedMessages,
  { rows, keepsDataset }: { readonly rows: readonly JsonObject[]; readonly keepsDataset: boolean },
  relocate: (path: string) => string,
  notes: ConversionNote[],
  cases: readonly DatasetRow[],
): JsonObject {
  const { list, notes: unwritten } = evaluatorsJson(
    document.evaluators,
    cases.map(({ id }) => id),
  );
  notes.push(...unwritten);
  if (document.dataset && !keepsDataset)
    notes.push({
      range: document.dataset.range,
      message: `The cases of \`${document.dataset.value}\` are in the file itself now, as their values are others.`,
    });
  if (document.moreModels?.length)
    notes.push({
      range: undefined,
      message: `One prompt has one model: ${document.moreModels.join(', ')} left out. Run it with --model for others.`,
    });
  const some = cases.filter(({ models }) => models);
  if (some[0])
    notes.push({
      range: some[0].range,
      message: `A native file sends every case to its model: ${some.length} of them ${some.length === 1 ? 'was' : 'were'} for some models only.`,
    });
  const settings = Object.fromEntries(SETTINGS.flatMap((key) => (document[key] ? [[key, document[key].value] as const] : [])));
  return compact({
    name: document.name?.value,
    description: document.description?.value,
    version: document.version?.value,
    model: document.model?.value,
    modelParameters: parametersJson(document, notes),
    inputs: inputsJson(document, messages, cases.length > 0, notes),
    messages: messages.messages.map((message) => ({ ...message })),
    responseFormat: document.responseFormat?.value,
    jsonSchema: schemaJson(document, relocate),
    tools: toolsJson(document, relocate, notes),
    dataset: document.dataset && keepsDataset ? relocate(document.dataset.value) : undefined,
    testData: rows.length ? [...rows] : undefined,
    evaluators: list.length ? [...list] : undefined,
    ...settings,
  });
}

const SETTINGS = ['tolerances', 'drift', 'decision', 'monitor', 'delivery'] as const;

function parametersJson({ parameters }: PromptDocument, notes: ConversionNote[]): JsonObject | undefined {
  const entries = parameters.flatMap(({ name, writtenName, value, keyRange }) => {
    const known = Object.hasOwn(PARAMETERS, name) ? parameterOf(name) : undefined;
    if (!known) notes.push({ range: keyRange, message: `The parameter \`${writtenName}\` is left out: a native file has no word for it.` });
    return known ? [[known.name, value] as const] : [];
  });
  return entries.length ? Object.fromEntries(entries) : undefined;
}

function inputsJson(
  document: PromptDocument,
  { kept, gone, added }: ConvertedMessages,
  hasCases: boolean,
  notes: ConversionNote[],
): JsonObject | undefined {
  const { inputs, defaults = {} } = document;
  if (!hasCases)
    for (const name of Object.keys(defaults))
      notes.push({
        range: inputs?.find((input) => input.name === name)?.range,
        message: `The default of \`${name}\` is left out: inputs of a native file have none.`,
      });
  if (!inputs) return undefined;
  const declared = inputs
    .filter(({ name }) => !gone.has(name))
    .map(({ name, type, trusted, description }) => [name, compact({ type: type ?? 'string', trusted, description })] as const);
  const missing = [...kept].filter((name) => !inputs.some((input) => input.name === name));
  return Object.fromEntries([...declared, ...[...missing, ...added].map((name) => [name, { type: 'string' }] as const)]);
}

function schemaJson({ outputSchema }: PromptDocument, relocate: (path: string) => string): Json | undefined {
  if (!outputSchema) return undefined;
  if (outputSchema.kind === 'file') return { file: relocate(outputSchema.path.value) };
  const { name, strict, schema } = outputSchema.value;
  return compact({ name, strict, schema });
}

function toolsJson({ tools }: PromptDocument, relocate: (path: string) => string, notes: ConversionNote[]): Json | undefined {
  if (!tools) return undefined;
  if (tools.kind === 'file') return { file: relocate(tools.path.value) };
  if (Array.isArray(tools.value) && tools.value.every((tool: Json) => isJsonObject(tool))) return tools.value;
  notes.push({ range: tools.range, message: 'The tools are left out: they are no list of definitions.' });
  return undefined;
}

function rowJson(row: DatasetRow, { variablesOf }: ConvertedMessages): JsonObject {
  const variables = variablesOf(row.variables);
  return { ...(row.idIsOwn ? { id: row.id } : {}), ...variables, ...(row.expected === undefined ? {} : { expected: row.expected }) };
}

/** Whether the converted text is a sound prompt that sends the same for every case; where not, what is wrong. */
function differenceOf(
  document: PromptDocument,
  { partials }: Pick<PromptFacts, 'partials'>,
  cases: readonly DatasetRow[],
  text: string,
): { readonly message: string; readonly range: undefined } | undefined {
  const native = parseNative(text);
  const [issue] = native.issues;
  if (issue)
    return {
      message: `The native form of it would not be sound (line ${native.lines.lineNumber(issue.range.start)}: ${issue.message}).`,
      range: undefined,
    };
  for (const [at, { id, variables }] of cases.entries()) {
    const before = renderPrompt(document, variables, partials);
    if (before.problem || before.tooLarge) continue;
    const after = renderPrompt(native, native.dataset ? variables : (native.testData?.[at]?.variables ?? {}));
    if (JSON.stringify(before.messages) !== JSON.stringify(after.messages))
      return { message: `The native form would send something else for the case “${id}”.`, range: undefined };
  }
  return undefined;
}

/** The same names with the same values. */
function alike(a: JsonObject, b: JsonObject): boolean {
  return (
    Object.keys(a).length === Object.keys(b).length &&
    Object.entries(a).every(([name, value]) => Object.hasOwn(b, name) && b[name] === value)
  );
}

/** What the reader could not take, with its words. */
function issueNotes({ issues }: PromptDocument): readonly ConversionNote[] {
  return issues.map(({ range, message }) => ({ range, message }));
}

function inOrder(notes: readonly ConversionNote[]): readonly ConversionNote[] {
  return [...notes].sort((a, b) => (a.range?.start ?? 0) - (b.range?.start ?? 0));
}

function compact(value: { readonly [key: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as const])));
}
