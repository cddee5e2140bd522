import { isJsonObject, type Json, type JsonObject, ownValue } from '../../safety/index.ts';

/** A schema inside a schema, and the keys that lead to it. */
export interface Subschema {
  readonly schema: JsonObject;
  readonly path: readonly (string | number)[];
  /** Objects and lists around it, from 0. */
  readonly depth: number;
}

/** The schema and every schema written inside it; references are not followed, so that each is met once. At most 5,000. */
export function subschemas(root: JsonObject): readonly Subschema[] {
  const found: Subschema[] = [];
  const visit = (value: Json | undefined, path: readonly (string | number)[], depth: number): void => {
    if (!isJsonObject(value) || found.length >= MOST) return;
    found.push({ schema: value, path, depth });
    for (const key of IN_MAPS) {
      const map = ownValue(value, key);
      if (isJsonObject(map))
        for (const [name, inner] of Object.entries(map)) visit(inner, [...path, key, name], depth + (key === 'properties' ? 1 : 0));
    }
    for (const key of IN_LISTS) {
      const list = ownValue(value, key);
      if (Array.isArray(list)) (list as readonly Json[]).forEach((inner, at) => void visit(inner, [...path, key, at], depth));
    }
    for (const key of ALONE) visit(ownValue(value, key), [...path, key], depth + (key === 'items' ? 1 : 0));
  };
  visit(root, [], 0);
  return found;
}

/** What a `$ref` within the document leads to; undefined where it leads elsewhere or nowhere. */
export function localReference(root: JsonObject, reference: string): JsonObject | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let at: Json | undefined = root;
  for (const step of reference.slice(2).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = isJsonObject(at) ? ownValue(at, key) : Array.isArray(at) ? (at as readonly Json[])[Number(key)] : undefined;
  }
  return isJsonObject(at) ? at : undefined;
}

const MOST = 5000;
const IN_MAPS = ['properties', 'patternProperties', '$defs', 'definitions'] as const;
const IN_LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const;
const ALONE = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains'] as const;
