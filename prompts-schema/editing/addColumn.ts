import { csvRecords, sniffDelimiter } from '../dataset/csv.ts';
import { jsonLines } from '../dataset/jsonl.ts';
import type { DatasetFileFormat } from '../dataset/readDataset.ts';
import { MAX_YAML_LEXEMES } from '../dataset/readDataset.ts';
import { parseJsonTree } from '../parse/jsonTree.ts';
import type { MapNode, PositionedNode } from '../parse/positioned.ts';
import { entryOf } from '../parse/tree.ts';
import { parseYamlTree } from '../parse/yamlTree.ts';
import { lineStart } from '../text/lineStart.ts';
import type { Range } from '../text/range.ts';

/** One replaced span of a text. */
export interface TextChange {
  readonly range: Range;
  readonly newText: string;
}

/**
 * The changes that give every row of a dataset a column, empty, where a row has none yet. Undefined where the text has no rows that could
 * be changed, or is written in a way that has no clean place for it.
 */
export function addColumn(text: string, format: DatasetFileFormat, name: string): readonly TextChange[] | undefined {
  switch (format) {
    case 'csv':
      return toCsv(text, name);
    case 'jsonl':
      return toMaps(
        text,
        name,
        [...jsonLines(text)].map(({ start, end }) => treeOf(text, start, end)),
        'json',
      );
    case 'json':
      return toMaps(text, name, itemsOf(treeOf(text, text.startsWith('\uFEFF') ? 1 : 0, text.length)), 'json');
    case 'yaml':
      return toMaps(text, name, itemsOf(parseYamlTree(text, MAX_YAML_LEXEMES).tree), 'yaml');
  }
}

function toCsv(text: string, name: string): readonly TextChange[] | undefined {
  const delimiter = sniffDelimiter(text);
  const [header, ...rows] = csvRecords(text, delimiter);
  if (!header || header.cells.some(({ value }) => value.trim() === name)) return undefined;
  if ([header, ...rows].some(({ unclosed }) => unclosed)) return undefined;
  const cell = /[",;\t\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  return [
    { range: at(header.range.end), newText: `${delimiter}${cell}` },
    ...rows.map(({ range, cells }) => ({
      range: at(range.end),
      newText: delimiter.repeat(Math.max(0, header.cells.length - cells.length) + 1),
    })),
  ];
}

function toMaps(
  text: string,
  name: string,
  rows: readonly (PositionedNode | undefined)[],
  language: 'json' | 'yaml',
): readonly TextChange[] | undefined {
  const maps = rows.filter((row): row is MapNode => row?.kind === 'map' && !entryOf(row, name));
  if (maps.length === 0) return undefined;
  const changes = maps.map((row) => toMap(text, row, name, language));
  return changes.every((change) => change !== undefined) ? changes : undefined;
}

function toMap(text: string, row: MapNode, name: string, language: 'json' | 'yaml'): TextChange | undefined {
  const key = language === 'json' || !/^[A-Za-z_][\w-]*$/.test(name) ? JSON.stringify(name) : name;
  const last = row.entries.at(-1);
  if (text.charAt(row.range.start) === '{') {
    const pair = language === 'json' && !/"\s*:\s/.test(text.slice(row.range.start, row.range.end)) ? `${key}:""` : `${key}: ""`;
    const end = last ? last.range.start + text.slice(last.range.start, last.range.end).trimEnd().length : row.range.start + 1;
    const several = last !== undefined && text.slice(row.range.start, last.range.start).includes('\n');
    const margin = several && last ? text.slice(lineStart(text, last.range.start), last.range.start) : '';
    if (several) return margin.trim() === '' ? { range: at(end), newText: `,\n${margin}${pair}` } : undefined;
    const between = language === 'json' && pair.endsWith(':""') ? ',' : ', ';
    return { range: at(end), newText: last ? `${between}${pair}` : pair };
  }
  const [first] = row.entries;
  if (!first || !last) return undefined;
  const column = first.range.start - lineStart(text, first.range.start);
  const end = last.range.start + text.slice(last.range.start, last.range.end).trimEnd().length;
  return { range: at(end), newText: `\n${' '.repeat(column)}${key}: ""` };
}

function treeOf(text: string, start: number, end: number): PositionedNode | undefined {
  const read = parseJsonTree(text, start, end);
  return read.ok ? read.node : undefined;
}

function itemsOf(node: PositionedNode | undefined): readonly PositionedNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function at(offset: number): Range {
  return { start: offset, end: offset };
}
