import { isJsonObject, type Json, type JsonObject, ownObject } from '../../../safety/index.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapEntry, MapNode, PositionedNode } from '../../parse/positioned.ts';
import { entryOf, toJson } from '../../parse/tree.ts';
import { nearest } from '../../text/nearest.ts';
import type { Range } from '../../text/range.ts';

/** A schema as JSON Schema, and its properties with their places. */
export interface ReadSchema {
  readonly schema: JsonObject;
  /** Undefined where the schema is no object, or is not in the file. */
  readonly properties: readonly SchemaProperty[] | undefined;
}

export interface SchemaProperty {
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly schema: JsonObject;
  readonly required: boolean;
}

/**
 * Reads what stands under `schema:` of a Dotprompt file: Picoschema, or JSON Schema where it has `type` or `properties`. Undefined when
 * it names a schema that the application defines, or cannot be read; issues say which.
 */
export function readSchema(node: PositionedNode, issues: Issue[]): ReadSchema | undefined {
  if (node.kind === 'scalar' && node.value === null) return undefined;
  if (node.kind === 'map') {
    const json = jsonSchemaOf(node);
    if (json) return { schema: json, properties: jsonProperties(node, json) };
  }
  const reader = new PicoReader(issues);
  const schema = reader.read(node, 0);
  if (!schema) return undefined;
  return { schema, properties: node.kind === 'map' ? reader.properties : undefined };
}

const SCALARS: readonly string[] = ['string', 'number', 'integer', 'boolean', 'null', 'any'];
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['str', 'string'],
  ['text', 'string'],
  ['int', 'integer'],
  ['float', 'number'],
  ['double', 'number'],
  ['bool', 'boolean'],
  ['date', 'string'],
  ['object', 'name(object)'],
  ['array', 'name(array): string'],
  ['list', 'name(array): string'],
]);

function jsonSchemaOf(node: MapNode): JsonObject | undefined {
  const type = entryOf(node, 'type')?.value;
  const value = toJson(node);
  if (!isJsonObject(value)) return undefined;
  if (type?.kind === 'scalar' && [...SCALARS, 'object', 'array'].includes(String(type.value))) return value;
  return entryOf(node, 'properties')?.value.kind === 'map' ? { ...value, type: 'object' } : undefined;
}

function jsonProperties(node: MapNode, schema: JsonObject): readonly SchemaProperty[] | undefined {
  const properties = entryOf(node, 'properties')?.value;
  if (properties?.kind !== 'map') return undefined;
  const required = Array.isArray(schema.required) ? (schema.required as readonly Json[]) : [];
  return properties.entries.map(({ key, keyRange, value, range }) => {
    const own = toJson(value);
    return { name: key, nameRange: keyRange, range, schema: isJsonObject(own) ? own : {}, required: required.includes(key) };
  });
}

class PicoReader {
  readonly #issues: Issue[];
  /** Of the outermost object. */
  readonly properties: SchemaProperty[] = [];

  constructor(issues: Issue[]) {
    this.#issues = issues;
  }

  read(node: PositionedNode, depth: number): JsonObject | undefined {
    if (node.kind === 'scalar') return this.#scalar(node.value, node.range);
    if (node.kind === 'map') return this.#object(node, depth);
    this.#wrong(node.range, 'Picoschema is made of maps and words; a list of values is written `name(enum): [A, B]`.');
    return undefined;
  }

  #scalar(value: string | number | boolean | null, range: Range): JsonObject | undefined {
    if (value === null) return { type: 'null' };
    const [type, description] = described(String(value));
    if (type === 'any') return description === undefined ? {} : { description };
    if (SCALARS.includes(type)) return description === undefined ? { type } : { type, description };
    const word = { start: range.start, end: range.end };
    const list = /^(\w+)\[\]$/.exec(type);
    if (list) {
      this.#wrong(word, `\`${type}\` is no type of Picoschema. A list is written with the name: \`name(array): ${list[1]}\`.`);
      return undefined;
    }
    const instead = OTHER_NAMES.get(type.toLowerCase()) ?? nearest(type, SCALARS);
    if (instead || !/^[A-Za-z_][\w.-]*$/.test(type)) {
      this.#issues.push({
        code: 'schema.wrong-value',
        message: instead
          ? `\`${type}\` is no type of Picoschema. Write \`${instead}\`.`
          : `\`${type}\` is no type of Picoschema. Known are ${SCALARS.join(', ')}.`,
        range: word,
        ...(instead && description === undefined && SCALARS.includes(instead) ? { data: { nearest: instead } } : {}),
      });
      return undefined;
    }
    this.#issues.push({
      code: 'schema.unresolved-value',
      message: `The schema \`${type}\` is defined by the application, so that nothing here can be checked against it.`,
      range: word,
      data: { name: type },
    });
    return undefined;
  }

  #object(map: MapNode, depth: number): JsonObject {
    const properties: (readonly [string, JsonObject])[] = [];
    const required: string[] = [];
    let additional: Json = false;
    for (const entry of map.entries) {
      if (entry.key === '(*)') {
        additional = this.read(entry.value, depth + 1) ?? true;
        continue;
      }
      const [head = '', parenthesis] = splitKey(entry.key);
      const optional = head.endsWith('?');
      const name = optional ? head.slice(0, -1) : head;
      if (!optional) required.push(name);
      const schema = this.#property(entry, parenthesis, optional, depth);
      properties.push([name, schema]);
      if (depth === 0) this.properties.push({ name, nameRange: nameRange(entry, name), range: entry.range, schema, required: !optional });
    }
    return {
      type: 'object',
      properties: ownObject(properties),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: additional,
    };
  }

  #property(entry: MapEntry, parenthesis: string | undefined, optional: boolean, depth: number): JsonObject {
    if (parenthesis === undefined) return orNull(this.read(entry.value, depth + 1) ?? {}, optional);
    if (!parenthesis.endsWith(')')) {
      this.#wrong(entry.keyRange, `\`${entry.key}\` has an opening parenthesis and no closing one.`);
      return {};
    }
    const [type, description] = described(parenthesis.slice(0, -1));
    const said = description === undefined ? {} : { description };
    switch (type) {
      case 'array':
        return { ...orNull({ type: 'array', items: this.read(entry.value, depth + 1) ?? {} }, optional), ...said };
      case 'object':
        return { ...orNull(this.read(entry.value, depth + 1) ?? { type: 'object' }, optional), ...said };
      case 'enum': {
        const values = toJson(entry.value);
        if (!Array.isArray(values)) {
          this.#wrong(
            entry.value.range.start < entry.value.range.end ? entry.value.range : entry.keyRange,
            'An enum is a list: `name(enum): [A, B]`.',
          );
          return { ...said };
        }
        return { enum: optional && !values.includes(null) ? [...values, null] : values, ...said };
      }
      default: {
        const near = nearest(type, ['array', 'object', 'enum']);
        this.#wrong(
          entry.keyRange,
          `In parentheses stands array, object or enum, not \`${type}\`.${near ? ` Did you mean \`${near}\`?` : ''}`,
        );
        return {};
      }
    }
  }

  #wrong(range: Range, message: string): void {
    this.#issues.push({ code: 'schema.wrong-value', message, range });
  }
}

/** `type, what it is` */
function described(text: string): readonly [type: string, description: string | undefined] {
  const comma = text.indexOf(',');
  return comma < 0 ? [text.trim(), undefined] : [text.slice(0, comma).trim(), text.slice(comma + 1).replace(/^ +/, '')];
}

function splitKey(key: string): readonly [string, string | undefined] {
  const at = key.indexOf('(');
  return at < 0 ? [key, undefined] : [key.slice(0, at), key.slice(at + 1)];
}

function orNull(schema: JsonObject, optional: boolean): JsonObject {
  return optional && typeof schema.type === 'string' ? { ...schema, type: [schema.type, 'null'] } : schema;
}

/** The name within its key: without `?` and parentheses, and within quotes. */
function nameRange({ key, keyRange }: MapEntry, name: string): Range {
  const quote = keyRange.end - keyRange.start === key.length + 2 ? 1 : 0;
  return { start: keyRange.start + quote, end: Math.min(keyRange.end, keyRange.start + quote + name.length) };
}
