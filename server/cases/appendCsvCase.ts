import { UserError, type Json } from '../../safety/index.ts';
import { lineEndOf, type TextInsertion } from './newCase.ts';

/** A further record of a CSV file. `header` are its column names in order; a value that has no column is refused, as a header cannot grow by appending. */
export function appendCsvCase(
  file: string,
  text: string,
  header: readonly string[],
  delimiter: string,
  row: readonly (readonly [string, Json])[],
): TextInsertion {
  const values = new Map(row);
  const homeless = [...values.keys()].filter((name) => name !== 'id' && !header.includes(name));
  if (homeless.length > 0)
    throw new UserError('usage', `The dataset has no column ${homeless.join(', ')}: add it to the header, then save the case again.`, { file, line: 1 });
  const eol = lineEndOf(text);
  const record = header.map((name) => csvCell(values.get(name), delimiter)).join(delimiter);
  const end = text.length;
  return { start: end, end, newText: `${text === '' || text.endsWith('\n') ? '' : eol}${record}${eol}` };
}

function csvCell(value: Json | undefined, delimiter: string): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
