import type { PromptDocument, PromptFacts } from '../../prompts-schema/index.ts';
import { isJsonObject, type Json, type JsonObject, ownValue } from '../../safety/index.ts';
import { caseRows } from '../documents/caseRows.ts';
import type { Suggestion } from './suggestion.ts';

/** Paths into the answer that its schema has: `$.team`, `$.tags[*]`. Only `$` where no schema is known. */
export function answerPaths(document: PromptDocument, facts: PromptFacts): readonly Suggestion[] {
  const found = new Map<string, string | undefined>([['$', undefined]]);
  const schema = schemaOf(document, facts);
  if (schema) walkSchema(schema, schema, '$', 0, found);
  return [...found].map(([path, detail]) => value(path, detail));
}

/** What `{ case: … }` may name: the columns of the rows, and steps into their maps. */
export function casePaths(document: PromptDocument, facts: PromptFacts): readonly Suggestion[] {
  const found = new Map<string, string | undefined>();
  const rows = caseRows(document, facts).slice(0, ROWS_LOOKED_AT);
  for (const { expected, variables } of rows) {
    if (expected !== undefined) walkValue(expected, 'expected', 0, found);
    for (const [name, inner] of Object.entries(variables)) if (PLAIN.test(name)) walkValue(inner, name, 0, found);
  }
  if (rows.length > 0) found.set('id', 'the case’s id');
  return [...found].map(([path, detail]) => value(path, detail));
}

const ROWS_LOOKED_AT = 20;
const MOST_PATHS = 200;
const DEEPEST = 5;

/** Names that a path writes as they are. */
const PLAIN = /^[\p{L}\p{N}_$-]+$/u;

function value(label: string, detail: string | undefined): Suggestion {
  return { label, kind: 'value', insert: label, snippet: false, ...(detail === undefined ? {} : { detail }) };
}

function schemaOf({ outputSchema }: PromptDocument, facts: PromptFacts): JsonObject | undefined {
  if (outputSchema?.kind === 'inline') return outputSchema.value.schema;
  return facts.outputSchema?.status === 'read' ? facts.outputSchema.value.schema : undefined;
}

function walkSchema(schema: JsonObject, root: JsonObject, path: string, depth: number, found: Map<string, string | undefined>): void {
  if (depth > DEEPEST || found.size >= MOST_PATHS) return;
  const properties = ownValue(schema, 'properties');
  if (isJsonObject(properties))
    for (const [name, inner] of Object.entries(properties)) {
      if (!isJsonObject(inner)) continue;
      const step = `${path}${PLAIN.test(name) ? `.${name}` : `['${name.replace(/[\\']/g, '\\$&')}']`}`;
      const target = targetOf(inner, root);
      found.set(step, typeWords(target));
      walkSchema(target, root, step, depth + 1, found);
    }
  const items = ownValue(schema, 'items');
  if (isJsonObject(items)) {
    const target = targetOf(items, root);
    found.set(`${path}[*]`, typeWords(target));
    walkSchema(target, root, `${path}[*]`, depth + 1, found);
  }
}

/** What a reference within the schema leads to, one step. */
function targetOf(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = ownValue(schema, '$ref');
  const [, group = '', name = ''] = typeof reference === 'string' ? (/^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference) ?? []) : [];
  const definitions = group ? ownValue(root, group) : undefined;
  const target = isJsonObject(definitions) ? ownValue(definitions, name) : undefined;
  return isJsonObject(target) ? target : schema;
}

function typeWords(schema: JsonObject): string | undefined {
  const options = ownValue(schema, 'enum');
  if (Array.isArray(options)) return (options as readonly Json[]).slice(0, 8).map(String).join(' | ');
  const type = ownValue(schema, 'type');
  return typeof type === 'string' ? type : Array.isArray(type) ? (type as readonly Json[]).map(String).join(' | ') : undefined;
}

function walkValue(at: Json, path: string, depth: number, found: Map<string, string | undefined>): void {
  if (found.size >= MOST_PATHS) return;
  if (!found.has(path)) found.set(path, Array.isArray(at) ? 'list' : at === null ? 'null' : typeof at === 'object' ? 'map' : typeof at);
  if (depth >= DEEPEST || !isJsonObject(at)) return;
  for (const [name, inner] of Object.entries(at)) if (PLAIN.test(name)) walkValue(inner, `${path}.${name}`, depth + 1, found);
}
