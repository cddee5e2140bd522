import type { JsonPathStep } from '../../prompts-schema/index.ts';
import { isJsonObject, type Json, type JsonObject, ownValue } from '../../safety/index.ts';
import { localReference } from './subschemas.ts';

/** Where a path leads in a schema. */
export type PathInSchema =
  /** Schemas that describe what it selects; of several one holds. */
  | { readonly state: 'described'; readonly schemas: readonly JsonObject[] }
  /** The schema leaves open what is there. */
  | { readonly state: 'open' }
  /** No answer that the schema allows has it: the step that fails, and the names there are instead. `closed` where others are forbidden. */
  | { readonly state: 'absent'; readonly step: number; readonly names: readonly string[]; readonly closed: boolean };

/** Follows the steps of a path through a schema, through references within it and all branches of a choice. */
export function pathInSchema(root: JsonObject, steps: readonly JsonPathStep[]): PathInSchema {
  let at: readonly JsonObject[] = branches(root, root);
  for (const [index, step] of steps.entries()) {
    const results = at.map((schema) => stepInto(schema, step));
    if (results.includes('open')) return { state: 'open' };
    const next = [...new Set(results.flatMap((result) => (typeof result === 'object' ? branches(result, root) : [])))];
    if (next.length === 0) {
      const names = at.flatMap((schema) => (step.kind === 'name' ? Object.keys(mapOf(schema, 'properties') ?? {}) : []));
      return { state: 'absent', step: index, names: [...new Set(names)], closed: at.every(isClosed) };
    }
    at = next;
  }
  return { state: 'described', schemas: at };
}

/** A schema's own branches: what its reference leads to, and what it chooses among; each once, however references go round. */
function branches(schema: JsonObject, root: JsonObject, seen = new Set<JsonObject>()): readonly JsonObject[] {
  if (seen.has(schema)) return seen.size === 1 ? [{}] : [];
  seen.add(schema);
  const reference = ownValue(schema, '$ref');
  if (typeof reference === 'string') {
    const target = localReference(root, reference);
    return target ? branches(target, root, seen) : [{}];
  }
  if (ownValue(schema, 'allOf') !== undefined) return [{}]; // several at once: nothing is concluded
  const choices = [ownValue(schema, 'anyOf'), ownValue(schema, 'oneOf')].flatMap((list) =>
    Array.isArray(list) ? (list as readonly Json[]) : [],
  );
  const own = mapOf(schema, 'properties') || choices.length === 0 ? [schema] : [];
  return [...own, ...choices.filter(isJsonObject).flatMap((choice) => branches(choice, root, seen))];
}

function stepInto(schema: JsonObject, step: JsonPathStep): JsonObject | 'open' | 'absent' {
  const types = typesOf(schema);
  const may = (type: string): boolean => types.length === 0 || types.includes(type);
  if (step.kind === 'name') {
    if (!may('object')) return 'absent';
    const properties = mapOf(schema, 'properties');
    const found = properties && ownValue(properties, step.name);
    if (isJsonObject(found)) return found;
    if (found === true || properties === undefined) return 'open';
    const others = ownValue(schema, 'additionalProperties');
    const open = others === true || isJsonObject(others) || ownValue(schema, 'patternProperties') !== undefined;
    return open ? 'open' : 'absent';
  }
  const items = ownValue(schema, 'items');
  if (may('array') && isJsonObject(items)) return items;
  if (may('array') && (types.length > 0 || items !== undefined)) return 'open';
  if (step.kind === 'all' && may('object')) return 'open';
  return types.length > 0 ? 'absent' : 'open';
}

/** Whether properties beyond those named are forbidden. */
function isClosed(schema: JsonObject): boolean {
  const types = typesOf(schema);
  return ownValue(schema, 'additionalProperties') === false || (types.length > 0 && !types.includes('object'));
}

/** The types a schema allows; empty where it does not say. */
export function typesOf(schema: JsonObject): readonly string[] {
  const type = ownValue(schema, 'type');
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? (type as readonly Json[]).filter((one) => typeof one === 'string') : [];
}

function mapOf(schema: JsonObject, key: string): JsonObject | undefined {
  const map = ownValue(schema, key);
  return isJsonObject(map) ? map : undefined;
}
