import type { MapNode, PromptDocument } from '../../prompts-schema/index.ts';
import { isJsonObject, type Json, type JsonObject, ownValue } from '../../safety/index.ts';
import { isFlow, lineStart } from '../edits/removeEntry.ts';
import type { Fix } from '../finding.ts';
import type { Rule, RuleContext, RuleHit } from '../rule.ts';
import { typesOf } from '../schemas/pathInSchema.ts';
import type { SchemaInUse } from '../schemas/schemaInUse.ts';
import { type Subschema, subschemas } from '../schemas/subschemas.ts';
import { explained } from './explained.ts';

const MESSAGES = `model: openai/gpt-6-luna
messages:
  - role: user
    content: "{{ticket}}"`;

/** A schema that the provider’s structured outputs refuse. */
export const schemaNotStrict: Rule = {
  code: 'output.not-strict',
  title: 'a schema that the provider’s structured outputs refuse',
  severity: 'warning',
  explain: explained(
    'With `strict: true` OpenAI takes only schemas whose objects all say `additionalProperties: false` and require every property, with an object at the root, at most 10 levels and 5,000 properties, and without `allOf`, `not`, `if` and the like. Anthropic’s structured outputs want closed objects too and know no limits on numbers and lengths. An optional field is written as a required one that may be `null`.',
    `${MESSAGES}
jsonSchema:
  name: triage
  strict: true
  schema:
    type: object
    required: [team]
    properties:
      team: { type: string }`,
    `${MESSAGES}
jsonSchema:
  name: triage
  strict: true
  schema:
    type: object
    additionalProperties: false
    required: [team]
    properties:
      team: { type: string }`,
  ),
  check: (context) => {
    const inUse = context.schema();
    const model = context.model();
    const platform = model?.found.normalized.platform;
    if (inUse === undefined || (model && platform === undefined)) return [];
    if (platform === 'anthropic') return ofAnthropic(inUse, context.document);
    return inUse.strict === true && (platform === undefined || STRICT.has(platform)) ? ofOpenAi(inUse, context) : [];
  },
};

function ofOpenAi(inUse: SchemaInUse, { document }: RuleContext): readonly RuleHit[] {
  const hits: RuleHit[] = [];
  const say = (path: Subschema['path'], message: string, fixes: readonly Fix[] = []): void => {
    if (hits.length < MOST_HITS) hits.push({ range: inUse.placeOf(path), message, data: { path: [...path] }, fixes });
  };
  const parts = subschemas(inUse.schema);
  if (!typesOf(inUse.schema).includes('object') || ownValue(inUse.schema, 'anyOf') !== undefined)
    if (ownValue(inUse.schema, '$ref') === undefined)
      say([], 'With `strict: true` the root of the schema has to be an object, not a choice. Put the value into a property.');
  for (const { schema, path, depth } of parts) {
    const properties = ownValue(schema, 'properties');
    if (typesOf(schema).includes('object') || isJsonObject(properties)) {
      if (ownValue(schema, 'additionalProperties') !== false)
        say(
          path,
          `${nameOf(path)} has to say \`additionalProperties: false\`: with \`strict: true\` OpenAI refuses the schema.`,
          closeObject(inUse, document, path),
        );
      const optional = optionalOf(schema, properties);
      if (optional.length > 0)
        say(
          [...path, 'properties', optional[0] ?? ''],
          `With \`strict: true\` every property is required, and ${list(optional)} ${optional.length > 1 ? 'are' : 'is'} not. Require ${optional.length > 1 ? 'them' : 'it'}, and let what may be missing be \`null\`.`,
        );
    }
    const unknown = UNSUPPORTED.find((key) => Object.hasOwn(schema, key));
    if (unknown) say([...path, unknown], `With \`strict: true\` OpenAI does not take \`${unknown}\`. Write the schema without it.`);
    if (depth > 10) say(path, 'With `strict: true` OpenAI takes at most 10 levels of nesting. Make the answer flatter.');
  }
  const count = parts.reduce((sum, { schema }) => sum + Object.keys(asMap(ownValue(schema, 'properties'))).length, 0);
  if (count > 5000)
    say([], `With \`strict: true\` OpenAI takes at most 5,000 properties; this schema has ${count.toLocaleString('en-US')}.`);
  return hits;
}

function ofAnthropic(inUse: SchemaInUse, document: PromptDocument): readonly RuleHit[] {
  const hits = subschemas(inUse.schema).flatMap(({ schema, path }): readonly RuleHit[] => {
    const found: RuleHit[] = [];
    if (typesOf(schema).includes('object') && ownValue(schema, 'additionalProperties') !== false)
      found.push({
        range: inUse.placeOf(path),
        message: `${nameOf(path)} has to say \`additionalProperties: false\`: Anthropic’s structured outputs refuse the schema.`,
        data: { path: [...path] },
        fixes: closeObject(inUse, document, path),
      });
    const limit = ANTHROPIC_UNSUPPORTED.find((key) => Object.hasOwn(schema, key));
    if (limit)
      found.push({
        range: inUse.placeOf([...path, limit]),
        message: `Anthropic’s structured outputs do not know \`${limit}\` and refuse the schema. Take it out; an evaluator can check the limit.`,
        data: { path: [...path, limit] },
      });
    return found;
  });
  return hits.slice(0, MOST_HITS);
}

function nameOf(path: Subschema['path']): string {
  if (path.length === 0) return 'The object at the root';
  const [parent, last] = path.slice(-2);
  if (last === undefined) return `The object in \`${String(parent)}\``;
  return last === 'items' ? `The object in \`${String(parent)}\`` : `The object \`${String(last)}\``;
}

function optionalOf(schema: JsonObject, properties: Json | undefined): readonly string[] {
  const required = ownValue(schema, 'required');
  const names = new Set(Array.isArray(required) ? (required as readonly Json[]) : []);
  return Object.keys(asMap(properties)).filter((name) => !names.has(name));
}

function asMap(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `\`${name}\``);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}

/** Writes `additionalProperties: false` behind the object's `type`, where the schema is written in YAML. */
function closeObject(inUse: SchemaInUse, { text }: PromptDocument, path: Subschema['path']): readonly Fix[] {
  const node = inUse.nodeOf(path);
  if (node?.kind !== 'map') return [];
  const edit = insertion(node, text);
  return edit ? [{ title: 'Write `additionalProperties: false`', preferred: true, byHand: true, edits: [edit] }] : [];
}

function insertion(node: MapNode, text: string): Fix['edits'][number] | undefined {
  const others = node.entries.find(({ key }) => key === 'additionalProperties');
  if (others) return { range: others.value.range, newText: 'false' };
  const first = node.entries[0];
  if (first === undefined) return undefined;
  const at = { start: first.keyRange.start, end: first.keyRange.start };
  if (isFlow(text, node)) return { range: at, newText: 'additionalProperties: false, ' };
  const indent = text.slice(lineStart(text, at.start), at.start);
  return /^ *$/.test(indent) ? { range: at, newText: `additionalProperties: false\n${indent}` } : undefined;
}

const STRICT: ReadonlySet<string> = new Set(['openai', 'azure-openai']);
const UNSUPPORTED = ['allOf', 'not', 'dependentRequired', 'dependentSchemas', 'if', 'then', 'else', 'patternProperties'] as const;
const ANTHROPIC_UNSUPPORTED = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
] as const;
const MOST_HITS = 20;
