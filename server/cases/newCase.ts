import type { DatasetRow, InputField } from '../../prompts-schema/index.ts';
import type { Json, JsonObject } from '../../safety/index.ts';

/** Text to put at one place of a file, by offsets of that file's own text. */
export interface TextInsertion {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A typed-in case as a row: declared types give numbers, booleans and structures back; names keep the order of the rows before it. */
export function newCase(
  variables: Readonly<Record<string, string>>,
  inputs: readonly InputField[] | undefined,
  rows: readonly DatasetRow[],
): readonly (readonly [string, Json])[] {
  const order = [...new Set([...(rows.at(-1) ? Object.keys(rows.at(-1)?.variables ?? {}) : []), ...Object.keys(variables)])];
  const values = order.flatMap((name): [string, Json][] => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return value === undefined ? [] : [[name, typedValue(value, inputs?.find((input) => input.name === name)?.type)]];
  });
  const id = nextId(rows);
  return id === undefined ? values : [['id', id], ...values];
}

/** The id that goes on a file's own numbering; undefined where the rows carry no ids of their own. */
export function nextId(rows: readonly DatasetRow[]): string | undefined {
  const last = rows.at(-1);
  if (!last || !rows.every((row) => row.idIsOwn)) return undefined;
  const taken = new Set(rows.map((row) => row.id));
  const numbered = /^(.*?)(\d+)$/.exec(last.id);
  const prefix = numbered ? (numbered[1] ?? '') : 'case-';
  const width = numbered ? (numbered[2] ?? '').length : 1;
  let number = numbered ? Number(numbered[2]) : rows.length;
  for (;;) {
    const id = `${prefix}${String(++number).padStart(width, '0')}`;
    if (!taken.has(id)) return id;
  }
}

function typedValue(text: string, type: InputField['type']): Json {
  if (type === undefined || type === 'string') return text;
  try {
    const value = JSON.parse(text) as Json;
    const actual = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
    return actual === type ? value : text;
  } catch {
    return text; // what was typed is kept as it is; the schema's own finding says what is wrong with it
  }
}

/** The row as an object with these keys as its own, whatever they are called. */
export function asObject(row: readonly (readonly [string, Json])[]): JsonObject {
  return Object.fromEntries(row);
}

/** The line end a text uses. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
