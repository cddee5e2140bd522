import { isJsonObject, type Json } from '../../safety/index.ts';
import { asObject, lineEndOf, type TextInsertion } from './newCase.ts';

type Row = readonly (readonly [string, Json])[];

/** A further line of a JSONL file, spaced as its last line is. */
export function appendJsonlCase(text: string, row: Row): TextInsertion {
  const eol = lineEndOf(text);
  const last = text.trimEnd();
  const spaced = /^[^\n]*"\s*:\s/.test(last.slice(last.lastIndexOf('\n') + 1));
  const line = spaced ? spacedJson(asObject(row)) : JSON.stringify(asObject(row));
  const end = text.length;
  const before = text === '' || text.endsWith('\n') ? '' : eol;
  return { start: end, end, newText: `${before}${line}${eol}` };
}

/**
 * A further element of a JSON array, indented as the file is. `list` is the span of the array, `items` those of its elements.
 */
export function appendJsonCase(
  text: string,
  list: { readonly start: number; readonly end: number },
  items: readonly { readonly start: number; readonly end: number }[],
  row: Row,
): TextInsertion {
  const eol = lineEndOf(text);
  const last = items.at(-1);
  if (!last) return { start: list.start, end: list.end, newText: `[${eol}${indented(asObject(row), '  ', '  ', eol)}${eol}]` };
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const margin = text.slice(lineStart, last.start);
  if (margin.trim() !== '') return { start: last.end, end: last.end, newText: `, ${spacedJson(asObject(row))}` };
  const body = text.slice(last.start, last.end).includes('\n')
    ? indented(asObject(row), margin, unitOf(text, last.start, margin), eol)
    : margin + spacedJson(asObject(row));
  return { start: last.end, end: last.end, newText: `,${eol}${body}` };
}

/** JSON on one line with a space after colons and commas, as people write it. */
export function spacedJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${spacedJson(item)}`);
  return entries.length ? `{ ${entries.join(', ')} }` : '{}';
}

function indented(value: Json, margin: string, unit: string, eol: string): string {
  return JSON.stringify(value, undefined, unit)
    .split('\n')
    .map((line) => margin + line)
    .join(eol);
}

function unitOf(text: string, start: number, margin: string): string {
  const inner = /\n([ \t]+)\S/.exec(text.slice(start));
  const unit = inner?.[1]?.startsWith(margin) ? inner[1].slice(margin.length) : '';
  return unit || '  ';
}
