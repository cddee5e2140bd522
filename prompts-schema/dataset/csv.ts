import { type Json, type JsonObject, MAX_DEPTH, ownObject } from '../../safety/index.ts';
import type { Issue } from '../parse/issue.ts';
import type { Range } from '../text/range.ts';
import type { RowBuilder } from './rowBuilder.ts';

export type Delimiter = ',' | ';' | '\t';

/** One cell: its text, and its place with quotes. */
export interface CsvCell {
  readonly value: string;
  readonly range: Range;
  readonly quoted: boolean;
}

export interface CsvRecord {
  readonly cells: readonly CsvCell[];
  readonly range: Range;
  /** A quote that is never closed took in the rest of the text. */
  readonly unclosed: boolean;
}

/**
 * CSV (RFC 4180, tolerantly): the first record is the header, values stay text, `expected.team` becomes a property of `expected`.
 * A row with too few or too many cells is kept and is an issue: missing cells are empty, surplus ones are left out.
 */
export function readCsv(text: string, builder: RowBuilder, issues: Issue[], delimiter: Delimiter = sniffDelimiter(text)): void {
  const records = csvRecords(text, delimiter);
  const first = records.next();
  if (first.done) return;
  const header = readHeader(first.value, builder, issues);
  if (first.value.unclosed) issues.push(unclosedIssue(first.value));
  for (const record of records) {
    if (record.unclosed) issues.push(unclosedIssue(record));
    if (record.cells.length !== first.value.cells.length)
      issues.push({
        code: 'dataset.ragged-row',
        message: `This row has ${record.cells.length} cells, the header has ${first.value.cells.length}. Is a delimiter missing, or a quote?`,
        range: record.range,
        data: { found: record.cells.length, expected: first.value.cells.length },
      });
    builder.add(
      recordOf(header, record),
      record.range,
      () => record.cells[header.findIndex(({ name }) => name === 'id')]?.range ?? record.range,
    );
  }
}

/** The comma, unless the header has none: then a semicolon or tab that it has. */
export function sniffDelimiter(text: string): Delimiter {
  const header = csvRecords(text, ',').next().value;
  if (!header || header.cells.length > 1) return ',';
  const line = text.slice(header.range.start, header.range.end);
  return line.includes(';') ? ';' : line.includes('\t') ? '\t' : ',';
}

/** The records of a CSV text; lines that hold nothing are skipped. */
export function* csvRecords(text: string, delimiter: Delimiter): Generator<CsvRecord, undefined> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const cells: CsvCell[] = [];
    const start = at;
    let unclosed = false;
    for (;;) {
      const read = readCell(text, at, delimiter);
      cells.push(read.cell);
      unclosed ||= read.unclosed;
      at = read.cell.range.end;
      if (text.charAt(at) !== delimiter) break;
      at++;
    }
    const range = { start, end: at };
    if (text.charCodeAt(at) === RETURN) at++;
    if (text.charCodeAt(at) === LINE_FEED) at++;
    if (range.end > range.start && (cells.length > 1 || cells[0]?.quoted || cells[0]?.value.trim())) yield { cells, range, unclosed };
  }
}

interface Column {
  readonly name: string;
  /** The keys in the case that the cell is put under; undefined for a column that is left out. */
  readonly path: readonly string[] | undefined;
}

function readHeader(record: CsvRecord, builder: RowBuilder, issues: Issue[]): readonly Column[] {
  const seen = new Set<string>();
  const nested = record.cells.some(({ value }) => value.trim().startsWith('expected.'));
  return record.cells.map(({ value, range }) => {
    const name = value.trim();
    if (!name) {
      if (record.cells.length > 1)
        issues.push({ code: 'dataset.invalid-row', message: 'A column without a name is left out. Name it, or remove it.', range });
      return { name, path: undefined };
    }
    if (seen.has(name) || (name === 'expected' && nested)) {
      issues.push({
        code: 'dataset.duplicate-column',
        message: seen.has(name)
          ? `A column "${name}" stands further left; this one is left out.`
          : 'The column `expected` is left out, because there are columns `expected.…` too. Keep one form.',
        range,
        data: { name },
      });
      return { name, path: undefined };
    }
    seen.add(name);
    if (name.startsWith('expected.')) {
      const path = name.split('.');
      if (path.length <= MAX_DEPTH) return { name, path };
      issues.push({
        code: 'schema.too-deep',
        message: `A column that nests more than ${MAX_DEPTH} levels deep is left out. Shorten its name.`,
        range,
      });
      return { name, path: undefined };
    }
    if (name !== 'id' && name !== 'expected') builder.addColumn(name, range);
    return { name, path: [name] };
  });
}

function recordOf(header: readonly Column[], record: CsvRecord): JsonObject {
  const flat: [string, Json][] = [];
  const nested = new Map<string, NestedValue>();
  header.forEach(({ path }, index) => {
    if (!path) return;
    const value = record.cells[index]?.value ?? '';
    const [name = '', ...inner] = path;
    if (inner.length) put(nested, inner, value);
    else flat.push([name, value]);
  });
  if (nested.size) flat.push(['expected', objectOf(nested)]);
  return ownObject(flat);
}

type NestedValue = string | Map<string, NestedValue>;

function put(into: Map<string, NestedValue>, path: readonly string[], value: string): void {
  const [name = '', ...inner] = path;
  if (!inner.length) {
    if (!into.has(name)) into.set(name, value);
    return;
  }
  let next = into.get(name);
  if (!(next instanceof Map)) {
    next = new Map();
    into.set(name, next);
  }
  put(next, inner, value);
}

function objectOf(map: ReadonlyMap<string, NestedValue>): JsonObject {
  return ownObject([...map].map(([name, value]) => [name, typeof value === 'string' ? value : objectOf(value)] as const));
}

function readCell(text: string, start: number, delimiter: Delimiter): { readonly cell: CsvCell; readonly unclosed: boolean } {
  if (text.charCodeAt(start) === QUOTE) {
    let value = '';
    for (let from = start + 1; ; ) {
      const close = text.indexOf('"', from);
      if (close < 0) return { cell: { value: value + text.slice(from), range: { start, end: text.length }, quoted: true }, unclosed: true };
      value += text.slice(from, close);
      if (text.charCodeAt(close + 1) === QUOTE) {
        value += '"';
        from = close + 2;
        continue;
      }
      const end = plainEnd(text, close + 1, delimiter); // text after the closing quote is taken along
      return { cell: { value: value + text.slice(close + 1, end).trimEnd(), range: { start, end }, quoted: true }, unclosed: false };
    }
  }
  const end = plainEnd(text, start, delimiter);
  return { cell: { value: text.slice(start, end), range: { start, end }, quoted: false }, unclosed: false };
}

function plainEnd(text: string, from: number, delimiter: Delimiter): number {
  const stop = delimiter.charCodeAt(0);
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === stop || code === LINE_FEED || code === RETURN) break;
  }
  return at;
}

function unclosedIssue({ range }: CsvRecord): Issue {
  return {
    code: 'dataset.invalid-row',
    message: 'A quote in this row is never closed, so that the rest of the file became one cell. Close it, or write "" for a quote.',
    range,
  };
}

const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;
