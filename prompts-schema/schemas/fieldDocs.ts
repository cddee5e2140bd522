import * as z from 'zod';
import type { PromptFormat } from '../document.ts';
import { unwrap } from '../parse/checkSchema.ts';
import { configSchema } from './configFile.ts';
import { dotpromptSchema, promptySchema } from './frontMatterFiles.ts';
import { promptFileSchema } from './promptFile.ts';
import { promptfooSchema } from './promptfooFile.ts';

/** What a key is for, from the same schemas that check it. */
export interface FieldDoc {
  /** Keys with dots, `[]` for the items of a list, `*` for a name that people choose: `evaluators[].path`, `inputs.*.type`. */
  readonly path: string;
  /** One or two sentences of Markdown. */
  readonly doc: string;
  /** What its value is, in words: `text`, `list of maps`, `whole number, 1 or more`. */
  readonly type: string;
  /** The values it may have, when they can be listed; booleans among them. */
  readonly values: readonly string[];
  readonly required: boolean;
}

/** Docs of every key of a native prompt file, by path. */
export const FIELD_DOCS: ReadonlyMap<string, FieldDoc> = collect(promptFileSchema);

/** Docs of every key of evenkeel.yml, by path. */
export const CONFIG_FIELD_DOCS: ReadonlyMap<string, FieldDoc> = collect(configSchema);

/** Docs of every key of the settings of a prompt file, by path. Made when they are first asked for. */
export function fieldDocsOf(format: PromptFormat): ReadonlyMap<string, FieldDoc> {
  const schema = SCHEMAS[format];
  if (!schema) return FIELD_DOCS;
  const known = OTHER_DOCS.get(format) ?? collect(schema);
  OTHER_DOCS.set(format, known);
  return known;
}

const SCHEMAS: { readonly [format in PromptFormat]: z.ZodType | undefined } = {
  native: undefined,
  dotprompt: dotpromptSchema,
  prompty: promptySchema,
  promptfoo: promptfooSchema,
};

const OTHER_DOCS = new Map<PromptFormat, ReadonlyMap<string, FieldDoc>>();

/** The doc of a place in a file; names that people choose are found under `*`. */
export function fieldDoc(path: readonly (string | number)[], docs: ReadonlyMap<string, FieldDoc> = FIELD_DOCS): FieldDoc | undefined {
  const written = docPath(path, docs);
  return written === undefined ? undefined : docs.get(written);
}

/** The docs of the keys that a map at this place may have, in the order of the schema. */
export function childDocs(
  path: readonly (string | number)[],
  docs: ReadonlyMap<string, FieldDoc> = FIELD_DOCS,
): readonly (FieldDoc & { readonly key: string })[] {
  const parent = docPath(path, docs);
  if (parent === undefined) return [];
  const start = parent ? `${parent}.` : '';
  return [...docs.values()].flatMap((doc) => {
    const key = doc.path.startsWith(start) ? doc.path.slice(start.length) : '';
    return key && key !== '*' && !/[.[]/.test(key) ? [{ ...doc, key }] : [];
  });
}

/** The path as the docs write it, or undefined where no such place exists. */
function docPath(path: readonly (string | number)[], docs: ReadonlyMap<string, FieldDoc>): string | undefined {
  let at = '';
  for (const step of path) {
    const named = typeof step === 'number' ? `${at}[]` : at ? `${at}.${step}` : step;
    const any = at ? `${at}.*` : '*';
    if (docs.has(named)) at = named;
    else if (typeof step === 'string' && docs.has(any)) at = any;
    else return undefined;
  }
  return at;
}

function collect(schema: z.ZodType): ReadonlyMap<string, FieldDoc> {
  const docs = new Map<string, FieldDoc>();
  visit(schema, '', docs);
  return docs;
}

function visit(schema: z.ZodType, path: string, docs: Map<string, FieldDoc>): void {
  for (const option of unwrap(schema)) {
    if (option instanceof z.ZodObject) {
      const shape: { readonly [key: string]: z.ZodType } = option.shape;
      for (const [key, field] of Object.entries(shape)) enter(field, path ? `${path}.${key}` : key, docs);
    } else if (option instanceof z.ZodArray && !isAnyJson(option.element as z.ZodType))
      enter(option.element as z.ZodType, `${path}[]`, docs);
    else if (option instanceof z.ZodRecord && !isAnyJson(option.valueType as z.ZodType))
      enter(option.valueType as z.ZodType, `${path}.*`, docs);
  }
}

function enter(field: z.ZodType, path: string, docs: Map<string, FieldDoc>): void {
  if (docs.has(path)) return;
  const options = unwrap(field);
  docs.set(path, {
    path,
    doc: descriptionOf(field),
    type: [...new Set(options.map(typeWords))].join(' or '),
    values: options.some((option) => option instanceof z.ZodString) ? options.flatMap(examplesOf) : options.flatMap(valuesOf),
    required: !field.safeParse(undefined).success,
  });
  visit(field, path, docs);
}

/** The outermost description; `.optional()` and the like hide it from `description`. */
function descriptionOf(schema: z.ZodType): string {
  if (schema.description) return schema.description;
  const inner =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable
      ? (schema.unwrap() as z.ZodType)
      : undefined;
  if (inner) return descriptionOf(inner);
  return unwrap(schema).find((option) => option.description)?.description ?? '';
}

/** `z.json()` is the only lazy schema here. */
function isAnyJson(schema: z.ZodType): boolean {
  return schema instanceof z.ZodLazy;
}

function valuesOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String);
  if (schema instanceof z.ZodBoolean) return ['true', 'false'];
  return examplesOf(schema);
}

/** Enumerated words beside free text, and examples. */
function examplesOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  const examples = schema.meta()?.examples;
  return Array.isArray(examples) ? examples.map(String) : [];
}

function typeWords(schema: z.ZodType): string {
  if (schema instanceof z.ZodString) return 'text';
  if (schema instanceof z.ZodNumber) return numberWords(schema);
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodNull) return 'nothing';
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral)
    return valuesOf(schema)
      .map((value) => `\`${value}\``)
      .join(', ');
  if (schema instanceof z.ZodArray)
    return isAnyJson(schema.element as z.ZodType) ? 'list' : `list of ${plural(unwrap(schema.element as z.ZodType))}`;
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) {
    const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    return keys.length === 1 ? `{ ${keys[0]}: … }` : 'map';
  }
  return 'any value';
}

function plural(options: readonly z.ZodType[]): string {
  const words = [...new Set(options.map(typeWords))];
  return words.length === 1 && (words[0] === 'map' || words[0] === 'text' || words[0] === 'number') ? `${words[0]}s` : words.join(' or ');
}

function numberWords(schema: z.ZodNumber): string {
  const whole = schema.format === 'safeint';
  const least = bounded(schema.minValue);
  const most = bounded(schema.maxValue);
  const range =
    least !== undefined && most !== undefined
      ? `, ${least} to ${most}`
      : least !== undefined
        ? `, ${least} or more`
        : most !== undefined
          ? `, ${most} or less`
          : '';
  return `${whole ? 'whole number' : 'number'}${range}`;
}

function bounded(value: number | null): number | undefined {
  return value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
}
