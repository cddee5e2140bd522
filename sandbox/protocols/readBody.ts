import type { Ask, AskMessage, AskTool } from '../answers/ask.ts';
import { isRecord, own, ownString } from '../json.ts';
import { findModel, SANDBOX_MODELS, type SandboxModel } from '../models.ts';
import type { HttpError } from './httpError.ts';

/** A request body in the sandbox's terms, or why it is refused. */
export type ReadResult = { readonly ask: Ask; readonly error?: undefined } | { readonly ask?: undefined; readonly error: HttpError };

/** Thrown inside a body reader to refuse the request; `refusing` turns it into a result, so it never leaves the protocols folder. */
export class Refusal extends Error {
  readonly httpError: HttpError;
  constructor(httpError: HttpError) {
    super(httpError.message);
    this.httpError = httpError;
  }
}

/** Runs a reader and returns its refusal as a value. */
export function refusing(read: () => Ask): ReadResult {
  try {
    return { ask: read() };
  } catch (error) {
    if (error instanceof Refusal) return { error: error.httpError };
    throw error;
  }
}

/** Refuses the body because of one field. */
export function invalid(field: string, problem: string): Refusal {
  return new Refusal({ status: 400, kind: 'invalid', message: `${field}: ${problem}`, field });
}

/** The body as an object; refuses text that is no JSON object. */
export function readObject(body: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Refusal({
      status: 400,
      kind: 'invalid',
      message: 'We could not parse the JSON body of your request: it is not valid JSON.',
      field: null,
    });
  }
  if (!isRecord(value)) throw new Refusal({ status: 400, kind: 'invalid', message: 'The body must be a JSON object.', field: null });
  return value;
}

/** The model of a body; unknown ones are refused with the list of known ones. */
export function readModel(body: Readonly<Record<string, unknown>>): SandboxModel {
  const id = ownString(body, 'model');
  if (id === undefined) throw invalid('model', 'a model id is required');
  const model = findModel(id);
  if (!model) throw new Refusal(unknownModel(id));
  return model;
}

/** The 404 of a model that does not exist. */
export function unknownModel(id: string): HttpError {
  return {
    status: 404,
    kind: 'no-model',
    message: `The model '${id}' does not exist. This sandbox has ${SANDBOX_MODELS.map((model) => model.id).join(', ')}.`,
    field: 'model',
  };
}

/** A number within bounds; undefined when absent or null. */
export function readNumber(body: Readonly<Record<string, unknown>>, field: string, least: number, most: number): number | undefined {
  const value = own(body, field);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw invalid(field, `must be a number from ${least} to ${Number.isFinite(most) ? most : 'any size'}`);
  return value;
}

/** A boolean; false when absent or null. */
export function readFlag(body: Readonly<Record<string, unknown>>, field: string): boolean {
  const value = own(body, field);
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw invalid(field, 'must be true or false');
  return value;
}

/** A list of objects; [] when absent or null. */
export function readList(body: Readonly<Record<string, unknown>>, field: string): readonly Readonly<Record<string, unknown>>[] {
  const value = own(body, field);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(field, 'must be a list');
  return value.map((entry, place) => {
    if (!isRecord(entry)) throw invalid(`${field}[${place}]`, 'must be an object');
    return entry;
  });
}

/** Texts of one field: a string, or a list of strings. */
export function readTexts(body: Readonly<Record<string, unknown>>, field: string): readonly string[] {
  const value = own(body, field);
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((entry, place) => {
    if (typeof entry !== 'string') throw invalid(`${field}[${place}]`, 'must be a string');
    return entry;
  });
}

/** The text of a message's content: a string, or text parts joined by empty lines. Parts that are not text are refused: the stand-in reads text only. */
export function readContent(content: unknown, field: string): string {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) throw invalid(field, 'must be a string or a list of content parts');
  const texts = content.map((part: unknown, place) => {
    const type = ownString(part, 'type');
    const text = ownString(part, 'text') ?? ownString(part, 'refusal');
    if (text !== undefined) return text;
    if (type === 'tool_result') return readContent(own(part, 'content'), `${field}[${place}].content`);
    if (type === 'tool_use') return JSON.stringify(own(part, 'input') ?? {});
    throw invalid(
      `${field}[${place}]`,
      type === undefined
        ? 'a content part needs a type and a text'
        : `parts of type '${type}' are not supported: this stand-in reads text only`,
    );
  });
  return texts.filter((text) => text !== '').join('\n\n');
}

/** Messages with roles; `roles` maps the protocol's role names to the sandbox's. */
export function readMessages(
  entries: readonly Readonly<Record<string, unknown>>[],
  field: string,
  roles: Readonly<Record<string, AskMessage['role']>>,
): readonly AskMessage[] {
  return entries.map((entry, place) => {
    const name = ownString(entry, 'role');
    const role = name !== undefined && Object.hasOwn(roles, name) ? roles[name] : undefined;
    if (role === undefined) throw invalid(`${field}[${place}].role`, `must be one of ${Object.keys(roles).join(', ')}`);
    if (own(entry, 'content') === undefined && role !== 'assistant') throw invalid(`${field}[${place}].content`, 'is required');
    return { role, text: readContent(own(entry, 'content'), `${field}[${place}].content`) };
  });
}

/** A tool's name, description and schema. */
export function readTool(tool: unknown, schemaField: string, field: string): AskTool {
  const name = ownString(tool, 'name');
  if (name === undefined || name === '') throw invalid(`${field}.name`, 'is required');
  return { name, description: ownString(tool, 'description') ?? '', schema: own(tool, schemaField) ?? { type: 'object', properties: {} } };
}
