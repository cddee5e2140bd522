import { isJsonObject, type Json } from '../../../safety/index.ts';

/** The path of an output that is one value: a text, a number, a label. */
export const ROOT_PATH = '$';

/** One scalar inside a list, with the value of its element's key field when the list is keyed (else ''). */
export interface ListEntry {
  readonly key: string;
  readonly value: Json;
}

/** What one output has at one path: a single value, or under a path with `[]` the values of all elements in their order. */
export type FieldValue = { readonly list: false; readonly value: Json } | { readonly list: true; readonly entries: readonly ListEntry[] };

/** The fields of one output by path, list indices written `[]` (`items[].price`). */
export type LeafFields = ReadonlyMap<string, FieldValue>;

/** For the path of a list (`items[]`), the field that tells its elements apart; absent when the list is not keyed. */
export type KeyOf = (listPath: string) => string | undefined;

/**
 * Walks a value down to its scalars. `{}` is a scalar; an empty list stands at its own path `items[]` until `alignEmptyLists` has seen the
 * other samples. Names that are not plain words are written `['like this']`.
 */
export function leafFields(value: Json, keyOf: KeyOf = () => undefined): LeafFields {
  const fields = new Map<string, FieldValue>();
  walk(value, '', false, '', { fields, keyOf });
  return fields;
}

/**
 * Gives a sample with an empty list the paths that other samples have inside that list, so that "no elements" is compared with their
 * elements instead of counting as a field of its own.
 */
export function alignEmptyLists(samples: readonly LeafFields[]): readonly LeafFields[] {
  const paths = new Set(samples.flatMap((fields) => [...fields.keys()]));
  return samples.map((fields) => {
    const aligned = new Map(fields);
    for (const [path, field] of fields) {
      if (!field.list || field.entries.length > 0) continue;
      const inner = [...paths].filter((other) => other !== path && other.startsWith(path));
      if (inner.length === 0) continue;
      if (!samples.some((other) => hasEntries(other.get(path)))) aligned.delete(path);
      for (const other of inner) if (!aligned.has(other)) aligned.set(other, { list: true, entries: [] });
    }
    return aligned;
  });
}

interface Walk {
  readonly fields: Map<string, FieldValue>;
  readonly keyOf: KeyOf;
}

function walk(value: Json, path: string, inList: boolean, key: string, context: Walk): void {
  if (Array.isArray(value)) {
    const listPath = `${path === '' ? ROOT_PATH : path}[]`;
    if (value.length === 0) push(context.fields, listPath);
    const keyField = context.keyOf(listPath);
    for (const element of value as readonly Json[]) walk(element, listPath, true, joinKeys(key, elementKey(element, keyField)), context);
    return;
  }
  const names = isJsonObject(value) ? Object.keys(value) : [];
  if (isJsonObject(value) && names.length > 0) {
    for (const name of names) walk(value[name] ?? null, joinPath(path, name), inList, key, context);
    return;
  }
  const place = path === '' ? ROOT_PATH : path;
  if (inList) push(context.fields, place, { key, value });
  else context.fields.set(place, { list: false, value });
}

function push(fields: Map<string, FieldValue>, path: string, ...entries: ListEntry[]): void {
  const known = fields.get(path);
  if (known?.list) (known.entries as ListEntry[]).push(...entries);
  else fields.set(path, { list: true, entries });
}

function hasEntries(field: FieldValue | undefined): boolean {
  return field?.list === true && field.entries.length > 0;
}

function joinPath(path: string, name: string): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name);
  if (!plain) return `${path === '' ? ROOT_PATH : path}['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
  return path === '' ? name : `${path}.${name}`;
}

function joinKeys(outer: string, own: string): string {
  return outer === '' ? own : `${outer}/${own}`;
}

function elementKey(element: Json, keyField: string | undefined): string {
  if (keyField === undefined || !isJsonObject(element) || !Object.hasOwn(element, keyField)) return '';
  return JSON.stringify(element[keyField]);
}
