import { type Json, type JsonObject, ownObject } from '../../../safety/index.ts';
import type { InputField } from '../../document.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapEntry, MapNode, PositionedNode, ScalarNode } from '../../parse/positioned.ts';
import { entryOf, toJson } from '../../parse/tree.ts';
import { nearest } from '../../text/nearest.ts';
import type { Range } from '../../text/range.ts';

/** One property of `inputs`, `outputs` or a tool's parameters. */
export interface Property {
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  /** As written: `string`, `list`, `thread` …; undefined when not said. */
  readonly kind: string | undefined;
  readonly kindRange: Range;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly default: PositionedNode | undefined;
  /** `sample` of version 1, `example` of version 2. */
  readonly sample: PositionedNode | undefined;
  readonly node: PositionedNode;
}

/** Properties as a map of names, as a list of maps with `name`, or under `properties:`. A bare value is a default. */
export function readProperties(node: PositionedNode): readonly Property[] {
  if (node.kind === 'list')
    return node.items.flatMap((item) => {
      const name = item.kind === 'map' ? entryOf(item, 'name') : undefined;
      if (item.kind !== 'map' || name?.value.kind !== 'scalar' || name.value.value === null) return [];
      return [propertyOf(String(name.value.value), name.value.range, item.range, item)];
    });
  if (node.kind !== 'map') return [];
  const inner = entryOf(node, 'properties');
  if (inner && (inner.value.kind === 'list' || node.entries.length === 1)) return readProperties(inner.value);
  return node.entries.map(({ key, keyRange, range, value }) => propertyOf(key, keyRange, range, value));
}

/** Kinds that no message can carry as text. */
export const RICH_KINDS: readonly string[] = ['thread', 'image', 'file', 'audio'];

const TYPES: ReadonlyMap<string, NonNullable<InputField['type']>> = new Map([
  ['string', 'string'],
  ['text', 'string'],
  ['number', 'number'],
  ['integer', 'number'],
  ['int', 'number'],
  ['float', 'number'],
  ['double', 'number'],
  ['boolean', 'boolean'],
  ['bool', 'boolean'],
  ['array', 'array'],
  ['list', 'array'],
  ['object', 'object'],
  ['dict', 'object'],
]);

/** Properties as inputs; a kind that does not exist or cannot be sent is an issue. */
export function inputsOf(properties: readonly Property[], issues: Issue[]): readonly InputField[] {
  return properties.map(({ name, nameRange, range, kind, kindRange, description, required, default: fallback }) => {
    if (kind !== undefined && RICH_KINDS.includes(kind))
      issues.push({
        code: 'schema.unsupported-value',
        message: `Only text is sent here: an input of the kind \`${kind}\` is put in as text${kind === 'thread' ? ', and its turns are no messages' : ''}.`,
        range: kindRange,
        data: { kind },
      });
    else if (kind !== undefined && !TYPES.has(kind)) {
      const near = nearest(kind, [...TYPES.keys(), ...RICH_KINDS]);
      issues.push({
        code: 'schema.wrong-value',
        message: `No input is of the kind \`${kind}\`.${near ? ` Did you mean \`${near}\`?` : ''}`,
        range: kindRange,
        ...(near ? { data: { nearest: near } } : {}),
      });
    }
    return {
      name,
      nameRange,
      range,
      type: kind === undefined ? undefined : TYPES.get(kind),
      trusted: undefined,
      description,
      required: required && !fallback,
    };
  });
}

/** Properties as a JSON Schema of an object. */
export function objectSchema(properties: readonly Property[]): JsonObject {
  const required = properties.filter((property) => property.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: ownObject(properties.map((property) => [property.name, propertySchema(property)] as const)),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function propertySchema({ kind, description, node }: Property): JsonObject {
  const said = description === undefined ? {} : { description };
  const values = node.kind === 'map' ? entryOf(node, 'enumValues')?.value : undefined;
  const allowed: Json | undefined = values && toJson(values);
  const items = node.kind === 'map' ? entryOf(node, 'items')?.value : undefined;
  const inner = node.kind === 'map' ? entryOf(node, 'properties')?.value : undefined;
  const type = JSON_TYPES.get(kind ?? 'string') ?? 'string';
  const nested = type === 'object' && inner ? objectSchema(readProperties(inner)) : { type };
  return {
    ...nested,
    ...said,
    ...(type === 'array' && items ? { items: propertySchema(propertyOf('', items.range, items.range, items)) } : {}),
    ...(Array.isArray(allowed) ? { enum: allowed } : {}),
  };
}

const JSON_TYPES: ReadonlyMap<string, string> = new Map([
  ['number', 'number'],
  ['float', 'number'],
  ['double', 'number'],
  ['integer', 'integer'],
  ['int', 'integer'],
  ['boolean', 'boolean'],
  ['bool', 'boolean'],
  ['array', 'array'],
  ['list', 'array'],
  ['object', 'object'],
  ['dict', 'object'],
]);

/** The values that a file gives for its inputs, each as sample, else as default: what its author tries the prompt with. */
export function sampleMap(properties: readonly Property[], range: Range): MapNode | undefined {
  const entries = properties.flatMap(({ name, nameRange, sample, default: fallback }): readonly MapEntry[] => {
    const value = sample ?? fallback;
    return value
      ? [{ key: name, keyRange: nameRange, value, range: { start: nameRange.start, end: Math.max(nameRange.end, value.range.end) } }]
      : [];
  });
  return entries.length > 0 ? { kind: 'map', entries, range } : undefined;
}

/** The defaults of the inputs. */
export function defaultsOf(properties: readonly Property[]): JsonObject | undefined {
  const given = properties.flatMap((property) => (property.default ? [[property.name, toJson(property.default)] as const] : []));
  return given.length > 0 ? ownObject(given) : undefined;
}

const PROPERTY_KEYS: readonly string[] = [
  'type',
  'kind',
  'description',
  'default',
  'sample',
  'example',
  'required',
  'is_required',
  'enumValues',
  'items',
  'properties',
  'name',
  'strict',
  'json_schema',
];

function propertyOf(name: string, nameRange: Range, range: Range, node: PositionedNode): Property {
  const base = { name, nameRange, range, node };
  const described = node.kind === 'map' && node.entries.some(({ key }) => PROPERTY_KEYS.includes(key));
  if (!described || node.kind !== 'map') {
    const said = node.kind === 'scalar' && node.value === null ? undefined : node;
    return {
      ...base,
      kind: kindOf(said),
      kindRange: node.range,
      description: undefined,
      required: false,
      default: said,
      sample: undefined,
    };
  }
  const kind = textOf(node, 'kind') ?? textOf(node, 'type');
  const required = scalarOf(node, 'required') ?? scalarOf(node, 'is_required');
  return {
    ...base,
    kind: kind === undefined ? undefined : String(kind.value),
    kindRange: kind?.range ?? nameRange,
    description: textOf(node, 'description')?.value as string | undefined,
    required: required === true,
    default: entryOf(node, 'default')?.value,
    sample: entryOf(node, 'sample')?.value ?? entryOf(node, 'example')?.value,
  };
}

function kindOf(node: PositionedNode | undefined): string | undefined {
  if (!node) return undefined;
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'array' : 'object';
  return typeof node.value === 'string' ? 'string' : typeof node.value === 'number' ? 'number' : 'boolean';
}

function textOf(node: MapNode, key: string): ScalarNode | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value : undefined;
}

function scalarOf(node: MapNode, key: string): ScalarNode['value'] | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' ? value.value : undefined;
}
