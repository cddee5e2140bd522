import { isJsonObject, type JsonObject, ownValue } from '../../../safety/index.ts';
import type { NamedSchema, OutputSchema } from '../../document.ts';
import { contentMap } from '../../parse/contentMap.ts';
import { parseJsonTree } from '../../parse/jsonTree.ts';
import type { ScalarNode } from '../../parse/positioned.ts';
import { toJson } from '../../parse/tree.ts';
import type { Range } from '../../text/range.ts';
import { type Fields, fileReferenceOf } from './fields.ts';

/** `jsonSchema`: JSON text as GitHub's files have it, an inline map, or `{ file: … }`; either the API's wrapper or the bare schema. */
export function readOutputSchema(fields: Fields, promptName: string | undefined): OutputSchema | undefined {
  const entry = fields.entry('jsonSchema');
  if (!entry) return undefined;
  const { value } = entry;
  const file = fileReferenceOf(value);
  if (file) return { kind: 'file', path: file, range: value.range };
  if (value.kind === 'scalar' && typeof value.value === 'string') return readJsonText(fields, value, value.value, promptName);
  if (value.kind !== 'map') {
    fields.wrongType(entry, 'a JSON Schema');
    return undefined;
  }
  return named(fields, toJson(value) as JsonObject, value.range, promptName);
}

/** The schema that a file or a `jsonSchema` holds, with the API's wrapper around it or bare; a text says what is missing. */
export function namedSchemaOf(value: JsonObject, promptName?: string): NamedSchema | { readonly missing: 'name' | 'schema' } {
  if (!isWrapper(value)) return { name: schemaName(promptName), strict: undefined, schema: value };
  const schema = ownValue(value, 'schema');
  const name = ownValue(value, 'name');
  const strict = ownValue(value, 'strict');
  if (!isJsonObject(schema)) return { missing: 'schema' };
  if (typeof name !== 'string' || !name) return { missing: 'name' };
  return { name, strict: typeof strict === 'boolean' ? strict : undefined, schema };
}

/** The name of a schema that has none, in the form the APIs take: letters, digits, `_` and `-`, at most 64. */
function schemaName(promptName: string | undefined): string {
  const name = (promptName ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 64);
  return name || 'answer';
}

/** The API's wrapper has `schema`, or `name` and `strict` without any word of a schema. */
function isWrapper(value: JsonObject): boolean {
  if (isJsonObject(ownValue(value, 'schema'))) return true;
  return !SCHEMA_WORDS.some((word) => Object.hasOwn(value, word)) && WRAPPER_WORDS.some((word) => Object.hasOwn(value, word));
}

const WRAPPER_WORDS = ['schema', 'name', 'strict'];
const SCHEMA_WORDS = ['type', 'properties', 'anyOf', 'oneOf', 'allOf', '$ref', '$schema', 'enum', 'const', 'items'];

function readJsonText(fields: Fields, node: ScalarNode, text: string, promptName: string | undefined): OutputSchema | undefined {
  const entry = fields.entry('jsonSchema');
  const read = parseJsonTree(text);
  const range = fields.visible(node.range, entry);
  if (!read.ok) {
    const path = /^[^\s{}"]+\.json$/i.test(text.trim());
    const start = contentMap(fields.file, node).fileOffset(read.at);
    fields.issues.push({
      code: 'schema.invalid-json',
      message: path
        ? `A schema in another file is named as { file: ${text.trim()} }.`
        : `\`jsonSchema\` is not valid JSON: ${read.message}.`,
      range: path || start >= range.end ? range : { start, end: Math.min(start + 1, range.end) },
      ...(path ? { data: { file: text.trim() } } : {}),
    });
    return undefined;
  }
  const value = toJson(read.node);
  if (!isJsonObject(value)) {
    fields.issues.push({
      code: 'schema.wrong-type',
      message: '`jsonSchema` holds a JSON object: the schema, or `name` and `schema`.',
      range,
    });
    return undefined;
  }
  return named(fields, value, range, promptName);
}

function named(fields: Fields, value: JsonObject, range: Range, promptName: string | undefined): OutputSchema | undefined {
  const found = namedSchemaOf(value, promptName);
  if (!('missing' in found)) return { kind: 'inline', value: found, range };
  fields.issues.push({
    code: 'schema.missing-key',
    message: `\`jsonSchema\` needs \`${found.missing}\`: it holds \`name\` and \`schema\` (and \`strict\`), or is the schema itself.`,
    range: fields.entry('jsonSchema')?.keyRange ?? range,
    data: { key: found.missing },
  });
  return undefined;
}
