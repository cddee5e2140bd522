import { csvRecords, sniffDelimiter } from '../../prompts-schema/index.ts';
import { type Json, UserError } from '../../safety/index.ts';
import { lineEndOf, type TextInsertion } from './newCase.ts';

/** A further record of a CSV file, `file` in messages. A value that has no column is refused, as a header cannot grow by appending. */
export function appendCsvCase(file: string, text: string, row: readonly (readonly [string, Json])[]): TextInsertion {
  const delimiter = sniffDelimiter(text);
  const header =
    csvRecords(text, delimiter)
      .next()
      .value?.cells.map(({ value }) => value.trim()) ?? row.map(([name]) => name);
  const values = new Map(row);
  const homeless = [...values.keys()].filter((name) => name !== 'id' && !header.includes(name));
  if (homeless.length > 0)
    throw new UserError('usage', `The dataset has no column ${homeless.join(', ')}. Add it to the header, then save the case again.`, {
      file,
      line: 1,
    });
  const eol = lineEndOf(text);
  const record = header.map((name) => csvCell(values.get(name), delimiter)).join(delimiter);
  const empty = text.trim() === '';
  const start = empty ? `${header.map((name) => csvCell(name, delimiter)).join(delimiter)}${eol}` : text.endsWith('\n') ? '' : eol;
  return { start: empty ? 0 : text.length, end: text.length, newText: `${start}${record}${eol}` };
}

function csvCell(value: Json | undefined, delimiter: string): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
