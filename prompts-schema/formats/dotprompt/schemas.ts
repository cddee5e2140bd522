import { isJsonObject, type JsonObject } from '../../../safety/index.ts';
import type { InputField, NamedSchema, OutputSchema, PromptDocument, ResponseFormat } from '../../document.ts';
import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { MapNode } from '../../parse/positioned.ts';
import { toJson } from '../../parse/tree.ts';
import type { Located } from '../../text/range.ts';
import { Fields } from '../native/fields.ts';
import { namedSchemaOf } from '../native/outputSchema.ts';
import { readSchema, type SchemaProperty } from './picoschema.ts';

/** `input`: what the template takes, and what it takes where a case says nothing. */
export interface ReadInput {
  /** Undefined where the file does not say which there are. */
  readonly inputs: readonly InputField[] | undefined;
  readonly defaults: JsonObject | undefined;
  readonly defaultsNode: MapNode | undefined;
}

export function readInput(fields: Fields): ReadInput {
  const own = mapUnder(fields, 'input', ['schema', 'default']);
  if (!own) return { inputs: undefined, defaults: undefined, defaultsNode: undefined };
  const node = own.entry('default')?.value;
  if (node && node.kind !== 'map' && !(node.kind === 'scalar' && node.value === null))
    own.wrongType(own.entry('default'), 'a map of input names');
  const defaultsNode = node?.kind === 'map' ? node : undefined;
  const given = defaultsNode && toJson(defaultsNode);
  const defaults = isJsonObject(given) ? given : undefined;
  const schemaEntry = own.entry('schema');
  const schema = schemaEntry && readSchema(schemaEntry.value, fields.issues);
  const inputs = schema?.properties?.map((property) => inputOf(property, defaults));
  const rest = inputs && defaultsNode ? defaultsNode.entries.filter(({ key }) => !inputs.some(({ name }) => name === key)) : [];
  const undeclared = rest.map(
    ({ key, keyRange, range }): InputField => ({ ...NOTHING_SAID, name: key, nameRange: keyRange, range, required: false }),
  );
  return { inputs: inputs && [...inputs, ...undeclared], defaults, defaultsNode };
}

/** `output`: the form of the answer and its schema. */
export function readOutput(fields: Fields, promptName: string | undefined): Pick<PromptDocument, 'responseFormat' | 'outputSchema'> {
  const own = mapUnder(fields, 'output', ['format', 'schema', 'contentType', 'constrained', 'instructions', 'jsonSchema']);
  const format = own?.text('format');
  const schemaEntry = own?.entry('schema');
  const schema = schemaEntry && readSchema(schemaEntry.value, fields.issues);
  const named = schema && namedSchemaOf(schema.schema, promptName);
  const outputSchema: OutputSchema | undefined =
    schemaEntry && named && !('missing' in named) && isObjectSchema(named)
      ? { kind: 'inline', value: named, range: schemaEntry.value.range }
      : undefined;
  return { responseFormat: format && responseFormatOf(format), outputSchema: wantsJson(format) ? outputSchema : undefined };
}

const NOTHING_SAID = { type: undefined, trusted: undefined, description: undefined } as const;

const TYPES: ReadonlyMap<string, NonNullable<InputField['type']>> = new Map([
  ['string', 'string'],
  ['number', 'number'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
  ['object', 'object'],
  ['array', 'array'],
]);

function inputOf({ name, nameRange, range, schema, required }: SchemaProperty, defaults: JsonObject | undefined): InputField {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return {
    name,
    nameRange,
    range,
    type: typeof type === 'string' ? TYPES.get(type) : undefined,
    trusted: undefined,
    description: typeof schema.description === 'string' ? schema.description : undefined,
    required: required && !(defaults && Object.hasOwn(defaults, name)),
  };
}

/** The APIs take objects alone as the schema of an answer. */
function isObjectSchema({ schema }: NamedSchema): boolean {
  return schema.type === 'object' || schema.type === undefined;
}

/** A schema asks for JSON, unless the format says that the answer is something else. */
function wantsJson(format: Located<string> | undefined): boolean {
  return format === undefined || format.value === 'json';
}

/** Formats such as `csv` are instructions of the application; to the API they are text. */
function responseFormatOf({ value, range }: Located<string>): Located<ResponseFormat> {
  return { value: value === 'json' ? 'json_object' : 'text', range };
}

function mapUnder(fields: Fields, key: string, known: readonly string[]): Fields | undefined {
  const entry = fields.entry(key);
  if (!entry) return undefined;
  if (entry.value.kind !== 'map') {
    if (entry.value.kind !== 'scalar' || entry.value.value !== null) fields.wrongType(entry, 'a map');
    return undefined;
  }
  for (const { key: inner, keyRange } of entry.value.entries)
    if (!known.includes(inner)) fields.issues.push(unknownKeyIssue(inner, keyRange, known, [key]));
  return new Fields(fields.file, entry.value, fields.issues, key);
}
