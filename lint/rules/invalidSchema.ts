import { isJsonObject, type Json, type JsonObject, ownValue } from '../../safety/index.ts';
import { regexTrouble } from '../regex/regexTrouble.ts';
import type { Rule } from '../rule.ts';
import { typesOf } from '../schemas/pathInSchema.ts';
import { localReference, subschemas } from '../schemas/subschemas.ts';
import { explained } from './explained.ts';

const MESSAGES = `messages:
  - role: user
    content: "{{ticket}}"`;

/** A schema that means nothing, or that no answer can meet. */
export const invalidSchema: Rule = {
  code: 'output.invalid-schema',
  title: 'a schema of the answer that is not valid',
  severity: 'error',
  explain: explained(
    'The provider refuses the schema, or no answer can meet it: a type that JSON does not have, a required property that the schema forbids, a reference that leads nowhere, limits that exclude each other.',
    `${MESSAGES}
jsonSchema:
  type: object
  additionalProperties: false
  required: [teem]
  properties:
    team: { type: text }`,
    `${MESSAGES}
jsonSchema:
  type: object
  additionalProperties: false
  required: [team]
  properties:
    team: { type: string }`,
  ),
  check: ({ schema }) => {
    const inUse = schema();
    if (inUse === undefined) return [];
    const hits = subschemas(inUse.schema).flatMap(({ schema: part, path }) =>
      wrongIn(part, inUse.schema).map(({ key, message }) => ({
        range: inUse.placeOf([...path, key]),
        message: `${path.length > 0 ? `\`${path.join('.')}\`: ` : ''}${message}`,
        data: { path: [...path, key] },
      })),
    );
    return hits.slice(0, MOST_HITS);
  },
};

interface Wrong {
  readonly key: string;
  readonly message: string;
}

function wrongIn(schema: JsonObject, root: JsonObject): readonly Wrong[] {
  return [...wrongType(schema), ...wrongShape(schema), ...impossible(schema), ...wrongReference(schema, root), ...wrongPattern(schema)];
}

function wrongType(schema: JsonObject): readonly Wrong[] {
  const type = ownValue(schema, 'type');
  if (type === undefined) return [];
  const names = Array.isArray(type) ? (type as readonly Json[]) : [type];
  const bad = names.find((name) => typeof name !== 'string' || !TYPES.includes(name));
  if (bad === undefined && names.length > 0) return [];
  return [{ key: 'type', message: `JSON has no type ${JSON.stringify(bad ?? type)}. Write one of ${TYPES.join(', ')}.` }];
}

function wrongShape(schema: JsonObject): readonly Wrong[] {
  const wrong: Wrong[] = [];
  const must = (key: string, fits: (value: Json) => boolean, what: string): void => {
    const value = ownValue(schema, key);
    if (value !== undefined && !fits(value)) wrong.push({ key, message: `\`${key}\` has to be ${what}.` });
  };
  must('properties', (value) => isJsonObject(value) && Object.values(value).every(isSchema), 'a map of schemas');
  must('items', (value) => isSchema(value) || Array.isArray(value), 'a schema');
  must('required', (value) => isListOf(value, 'string'), 'a list of property names');
  must('enum', (value) => Array.isArray(value) && value.length > 0, 'a list with at least one value');
  for (const key of ['anyOf', 'oneOf', 'allOf'])
    must(key, (value) => Array.isArray(value) && value.length > 0 && (value as readonly Json[]).every(isSchema), 'a list of schemas');
  for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'])
    must(key, (value) => typeof value === 'number' || (key.startsWith('exclusive') && typeof value === 'boolean'), 'a number');
  for (const key of ['minLength', 'maxLength', 'minItems', 'maxItems'])
    must(key, (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0, 'a whole number from 0');
  return wrong;
}

function impossible(schema: JsonObject): readonly Wrong[] {
  const wrong: Wrong[] = [];
  const properties = ownValue(schema, 'properties');
  const required = ownValue(schema, 'required');
  if (isJsonObject(properties) && isListOf(required, 'string') && ownValue(schema, 'additionalProperties') === false) {
    const missing = required.filter((name) => !Object.hasOwn(properties, name as string));
    if (missing.length > 0 && ownValue(schema, 'patternProperties') === undefined)
      wrong.push({
        key: 'required',
        message: `\`required\` names ${missing.map((name) => `\`${String(name)}\``).join(', ')}, which \`properties\` does not have and \`additionalProperties: false\` forbids.`,
      });
  }
  for (const [low, high] of LIMITS) {
    const least = ownValue(schema, low);
    const most = ownValue(schema, high);
    if (typeof least === 'number' && typeof most === 'number' && least > most)
      wrong.push({ key: low, message: `\`${low}\` ${least} is more than \`${high}\` ${most}: no value fits.` });
  }
  const types = typesOf(schema);
  const values = ownValue(schema, 'enum');
  if (types.length > 0 && Array.isArray(values) && values.length > 0 && types.every((type) => TYPES.includes(type))) {
    const bad = (values as readonly Json[]).find((value) => !types.some((type) => isOfType(value, type)));
    if (bad !== undefined)
      wrong.push({ key: 'enum', message: `${JSON.stringify(bad)} in \`enum\` is not of the type ${types.join(' or ')}.` });
  }
  return wrong;
}

function wrongReference(schema: JsonObject, root: JsonObject): readonly Wrong[] {
  const reference = ownValue(schema, '$ref');
  if (typeof reference !== 'string' || !reference.startsWith('#') || localReference(root, reference)) return [];
  if (!/^#(?:\/|$)/.test(reference)) return []; // an anchor by name
  return [{ key: '$ref', message: `\`${reference}\` leads nowhere in this schema.` }];
}

function wrongPattern(schema: JsonObject): readonly Wrong[] {
  const pattern = ownValue(schema, 'pattern');
  const trouble = typeof pattern === 'string' ? regexTrouble(pattern) : undefined;
  return trouble ? [{ key: 'pattern', message: `The pattern cannot be used to check answers. ${trouble.message}` }] : [];
}

function isSchema(value: Json): boolean {
  return isJsonObject(value) || typeof value === 'boolean';
}

function isListOf(value: Json | undefined, type: 'string'): value is readonly Json[] {
  return Array.isArray(value) && (value as readonly Json[]).every((item) => typeof item === type);
}

function isOfType(value: Json, type: string): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

const TYPES: readonly string[] = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const LIMITS = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
] as const;
const MOST_HITS = 20;
