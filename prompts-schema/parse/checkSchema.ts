import * as z from 'zod';
import type { Json } from '../../safety/index.ts';
import { nearest } from '../text/nearest.ts';
import type { Range } from '../text/range.ts';
import type { Issue } from './issue.ts';
import type { PositionedNode } from './positioned.ts';
import { entryOf, toJson } from './tree.ts';

z.config({ jitless: true }); // no `new Function`

/** Where a schema refused something: the keys that lead there, and whether it is a key that has no place there. */
export interface Refusal {
  readonly path: readonly (string | number)[];
  readonly unknownKey: boolean;
}

/** What a value that is checked by schema alone has wrong, with places; `refusals` says the same without. */
export interface Checked {
  readonly issues: readonly Issue[];
  readonly refusals: readonly Refusal[];
}

/** Holds a node against a schema. `at` are the keys that lead to the node, for messages. */
export function checkSchema(
  node: PositionedNode,
  schema: z.ZodType,
  at: readonly (string | number)[] = [],
  value: Json = toJson(node),
): Checked {
  const result = schema.safeParse(value);
  if (result.success) return { issues: [], refusals: [] };
  const issues: Issue[] = [];
  const refusals: Refusal[] = [];
  for (const found of result.error.issues.flatMap((issue) => innermost(issue, []))) {
    const path = found.path;
    const target = resolve(node, path);
    if (found.issue.code === 'unrecognized_keys') {
      const map = target.node;
      const known = knownKeys(schema, path);
      for (const key of found.issue.keys) {
        const entry = map?.kind === 'map' ? entryOf(map, key) : undefined;
        issues.push(unknownKeyIssue(key, entry?.keyRange ?? target.range, known, [...at, ...path]));
        refusals.push({ path: [...path, key], unknownKey: true });
      }
      continue;
    }
    issues.push(valueIssue(found.issue, target, [...at, ...path]));
    refusals.push({ path, unknownKey: false });
  }
  return { issues, refusals };
}

/** The issue for a key that has no place; with what it may be a slip of in `data.nearest`. */
export function unknownKeyIssue(key: string, range: Range, known: Iterable<string>, at: readonly (string | number)[]): Issue {
  const near = nearest(key, known);
  const place = at.length ? ` in \`${pathText(at)}\`` : '';
  return {
    code: 'schema.unknown-key',
    message: near ? `\`${key}\` is not known${place}. Did you mean \`${near}\`?` : `\`${key}\` is not known${place}.`,
    range,
    data: near ? { key, nearest: near } : { key },
  };
}

/** Keys and list places as people write them: `evaluators[0].path`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index ? `.${step}` : step)).join('');
}

type ZodIssue = z.core.$ZodIssue;

interface Found {
  readonly issue: ZodIssue;
  readonly path: readonly (string | number)[];
}

/** Of a union the alternative that got furthest: the one whose complaint lies deepest. */
function innermost(issue: ZodIssue, before: readonly (string | number)[]): readonly Found[] {
  const path = [...before, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'invalid_union') {
    const deeper = issue.errors
      .map((errors) => errors.flatMap((error) => innermost(error, path)))
      .filter((found) => found.length && found.every((one) => one.path.length > path.length || one.issue.code === 'unrecognized_keys'));
    const first = deeper[0];
    if (first) return first;
    // none goes deeper: the alternative that has the right type and a wrong value says most
    const alternatives = issue.errors.filter((errors) => errors.every(({ code }) => code !== 'invalid_type' && code !== 'invalid_union'));
    const best = alternatives.find((errors) => errors.every(({ code }) => code !== 'invalid_value')) ?? alternatives[0];
    if (best?.length) return best.flatMap((error) => innermost(error, path));
  }
  return [{ issue, path }];
}

function resolve(
  root: PositionedNode,
  path: readonly (string | number)[],
): { readonly node: PositionedNode | undefined; readonly range: Range } {
  let node: PositionedNode | undefined = root;
  let range = root.range;
  for (const step of path) {
    if (node?.kind === 'map') {
      const entry = entryOf(node, String(step));
      if (!entry) return { node: undefined, range };
      node = entry.value;
      range = node.range.start === node.range.end ? entry.keyRange : node.range;
    } else if (node?.kind === 'list') {
      node = node.items[Number(step)];
      if (!node) return { node: undefined, range };
      range = node.range;
    } else return { node: undefined, range };
  }
  return { node, range };
}

function valueIssue(
  issue: ZodIssue,
  target: { readonly node: PositionedNode | undefined; readonly range: Range },
  path: readonly (string | number)[],
): Issue {
  const name = path.length ? `\`${pathText(path)}\`` : 'The file';
  const { range } = target;
  if (!target.node && (issue.code === 'invalid_type' || issue.code === 'invalid_value'))
    return { code: 'schema.missing-key', message: `${name} is missing.`, range };
  switch (issue.code) {
    case 'invalid_type':
      return {
        code: 'schema.wrong-type',
        message: `${name} takes ${TYPE_WORDS[issue.expected] ?? issue.expected}${foundText(target.node)}.`,
        range,
      };
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = target.node?.kind === 'scalar' ? nearest(String(target.node.value), values) : undefined;
      return {
        code: 'schema.wrong-value',
        message: `${name} is one of ${values.join(', ')}${foundText(target.node)}.`,
        range,
        data: near ? { allowed: values, nearest: near } : { allowed: values },
      };
    }
    case 'too_small':
      return {
        code: 'schema.wrong-value',
        message: `${name} is at least ${String(issue.minimum)}${COUNTED[issue.origin] ?? ''}${foundText(target.node)}.`,
        range,
      };
    case 'too_big':
      return {
        code: 'schema.wrong-value',
        message: `${name} is at most ${String(issue.maximum)}${COUNTED[issue.origin] ?? ''}${foundText(target.node)}.`,
        range,
      };
    case 'invalid_union':
      return { code: 'schema.wrong-type', message: `${name} has a form that is not understood${foundText(target.node)}.`, range };
    case 'custom': // a schema's own rule, whose message goes on from the name
      return { code: 'schema.wrong-value', message: `${name} ${issue.message}.`, range };
    default:
      return { code: 'schema.wrong-value', message: `${name} is not in the form that is expected${foundText(target.node)}.`, range };
  }
}

function foundText(node: PositionedNode | undefined): string {
  if (!node) return '';
  if (node.kind !== 'scalar') return `, not a ${node.kind}`;
  if (node.style === 'missing' || node.value === null) return '; there is no value';
  const text = String(node.value);
  return typeof node.value === 'string' ? `, not "${text.length > 40 ? `${text.slice(0, 40)}…` : text}"` : `, not ${text}`;
}

const TYPE_WORDS: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

const COUNTED: { readonly [origin: string]: string } = { array: ' long', string: ' characters long' };

/** The keys of the object schema that the path leads to; none when it is no object. */
function knownKeys(schema: z.ZodType, path: readonly (string | number)[]): readonly string[] {
  let options = unwrap(schema);
  for (const step of path) options = options.flatMap((option) => stepInto(option, step));
  return options.flatMap((option) => (option instanceof z.ZodObject ? Object.keys(option.shape) : []));
}

function stepInto(schema: z.ZodType, step: string | number): readonly z.ZodType[] {
  if (schema instanceof z.ZodObject) {
    const shape: { readonly [key: string]: z.ZodType } = schema.shape;
    const inner = Object.hasOwn(shape, step) ? shape[step] : undefined;
    return inner ? unwrap(inner) : [];
  }
  if (schema instanceof z.ZodArray) return unwrap(schema.element as z.ZodType);
  return schema instanceof z.ZodRecord ? unwrap(schema.valueType as z.ZodType) : [];
}

/** The schemas that a value may meet, without optional, default and union around them. */
export function unwrap(schema: z.ZodType): readonly z.ZodType[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  )
    return unwrap(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => unwrap(option as z.ZodType));
  return [schema];
}
