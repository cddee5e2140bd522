import { isRecord, type Json, own, ownNumber, ownString } from '../json.ts';
import { type Choice, type Shape, type ShapeField, stringShape } from './shapes.ts';

/**
 * Reduces a JSON Schema to a shape. Understands type (also a list with null), enum, const, oneOf and anyOf of constants or with
 * null, the first of other alternatives, allOf merged, local $ref, items, properties, bounds, format and pattern. Anything else
 * becomes a plain string. Never throws; recursion stops at depth 12.
 */
export function readSchema(schema: unknown): Shape {
  return read(schema, schema, 0);
}

const MAX_DEPTH = 12;

function read(node: unknown, root: unknown, depth: number): Shape {
  if (!isRecord(node) || depth > MAX_DEPTH) return stringShape('');
  const resolved = resolve(node, root, depth);
  const description = [ownString(resolved, 'title'), ownString(resolved, 'description')].filter(Boolean).join('. ');
  const alternatives = own(resolved, 'oneOf') ?? own(resolved, 'anyOf');
  if (Array.isArray(alternatives) && alternatives.length > 0) return readAlternatives(alternatives, root, depth, description);
  const types = typesOf(resolved);
  const nullable = types.includes('null') && types.length > 1;
  const base = { description, nullable };
  const values = own(resolved, 'enum');
  if (Array.isArray(values) && values.length > 0) return choiceShape(values, base);
  if (Object.hasOwn(resolved, 'const')) return choiceShape([own(resolved, 'const')], base);
  switch (types.find((type) => type !== 'null') ?? types[0]) {
    case 'object':
      return { ...base, kind: 'object', fields: readFields(resolved, root, depth) };
    case 'array':
      return {
        ...base,
        kind: 'array',
        items: read(own(resolved, 'items'), root, depth + 1),
        minItems: ownNumber(resolved, 'minItems') ?? 0,
        maxItems: ownNumber(resolved, 'maxItems') ?? Number.POSITIVE_INFINITY,
      };
    case 'number':
    case 'integer':
      return { ...base, kind: 'number', integer: types.includes('integer'), minimum: lowest(resolved), maximum: highest(resolved) };
    case 'boolean':
      return { ...base, kind: 'boolean' };
    case 'null':
      return { ...base, kind: 'null' };
    default:
      return {
        ...base,
        kind: 'string',
        format: ownString(resolved, 'format') ?? '',
        pattern: ownString(resolved, 'pattern') ?? '',
        minLength: ownNumber(resolved, 'minLength') ?? 0,
        maxLength: ownNumber(resolved, 'maxLength') ?? Number.POSITIVE_INFINITY,
      };
  }
}

function resolve(node: Readonly<Record<string, unknown>>, root: unknown, depth: number): Readonly<Record<string, unknown>> {
  let current = node;
  for (let hops = 0; hops < MAX_DEPTH - depth; hops++) {
    const reference = ownString(current, '$ref');
    if (reference === undefined) break;
    const target = follow(root, reference);
    if (!isRecord(target)) break;
    const { $ref: _, ...beside } = current;
    current = { ...target, ...beside };
  }
  const parts = own(current, 'allOf');
  if (!Array.isArray(parts)) return current;
  const { allOf: _, ...beside } = current;
  const merged: Record<string, unknown> = {};
  for (const part of [...parts, beside]) if (isRecord(part)) Object.assign(merged, depth < MAX_DEPTH ? resolve(part, root, depth + 1) : {});
  return merged;
}

function follow(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  let node = root;
  for (const part of reference.split('/').slice(1)) node = own(node, part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return node;
}

function readAlternatives(alternatives: readonly unknown[], root: unknown, depth: number, description: string): Shape {
  const shapes = alternatives.map((alternative) => read(alternative, root, depth + 1));
  const real = shapes.filter((shape) => shape.kind !== 'null');
  const nullable = real.length < shapes.length;
  const first = real[0];
  if (!first) return { kind: 'null', description, nullable: true };
  if (real.every((shape) => shape.kind === 'choice')) {
    const choices = real.flatMap((shape) =>
      shape.choices.map((choice) => (shape.choices.length === 1 ? { ...choice, description: shape.description } : choice)),
    );
    return { kind: 'choice', choices, description, nullable };
  }
  return { ...first, description: description || first.description, nullable: nullable || first.nullable };
}

function typesOf(node: Readonly<Record<string, unknown>>): readonly string[] {
  const type = own(node, 'type');
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((entry) => typeof entry === 'string');
  if (isRecord(own(node, 'properties'))) return ['object'];
  return Object.hasOwn(node, 'items') ? ['array'] : ['string'];
}

function choiceShape(values: readonly unknown[], base: { readonly description: string; readonly nullable: boolean }): Shape {
  const choices: Choice[] = [];
  for (const value of values)
    if (value !== null && typeof value !== 'undefined')
      choices.push({ value: value as Json, name: typeof value === 'string' ? value : JSON.stringify(value), description: '' });
  if (choices.length === 0) return { ...base, kind: 'null' };
  return { ...base, kind: 'choice', choices, nullable: base.nullable || values.includes(null) };
}

function readFields(node: Readonly<Record<string, unknown>>, root: unknown, depth: number): readonly ShapeField[] {
  const properties = own(node, 'properties');
  if (!isRecord(properties)) return [];
  const required = own(node, 'required');
  const names = new Set(Array.isArray(required) ? required : []);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    shape: read(property, root, depth + 1),
    required: names.has(name),
  }));
}

function lowest(node: Readonly<Record<string, unknown>>): number | undefined {
  return ownNumber(node, 'minimum') ?? ownNumber(node, 'exclusiveMinimum');
}

function highest(node: Readonly<Record<string, unknown>>): number | undefined {
  return ownNumber(node, 'maximum') ?? ownNumber(node, 'exclusiveMaximum');
}
