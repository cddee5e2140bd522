import { parseNative } from '../formats/native/parseNative.ts';
import { parseJsonTree } from '../parse/jsonTree.ts';
import type { PositionedNode } from '../parse/positioned.ts';
import { entryOf } from '../parse/tree.ts';
import { parseYamlTree } from '../parse/yamlTree.ts';
import type { Range } from '../text/range.ts';
import { csvRecords, sniffDelimiter } from './csv.ts';
import type { DatasetFormat } from './dataset.ts';
import { jsonLines } from './jsonl.ts';
import { MAX_YAML_LEXEMES } from './readDataset.ts';

/**
 * Every place where the text of a dataset writes a column's name, without quotes around it: the header cell of a CSV, the key of each
 * row elsewhere; for `inline` the keys of `testData` in the text of a prompt file. What a rename has to replace.
 */
export function columnRanges(text: string, format: DatasetFormat, name: string): readonly Range[] {
  switch (format) {
    case 'csv': {
      const header = csvRecords(text, sniffDelimiter(text)).next().value;
      const cell = header?.cells.find(({ value }) => value.trim() === name);
      return cell ? [withoutQuotes(text, trimmed(text, cell.range))] : [];
    }
    case 'jsonl': {
      const written = JSON.stringify(name).slice(1, -1);
      let hit = -1;
      return [...jsonLines(text)].flatMap((line) => {
        if (hit < line.start) hit = indexOrEnd(text, written, line.start);
        if (hit >= line.end && !text.slice(line.start, line.end).includes('\\u')) return []; // most lines need no parsing
        const read = parseJsonTree(text, line.start, line.end);
        return read.ok ? keysOf(text, [read.node], name) : [];
      });
    }
    case 'json': {
      const read = parseJsonTree(text, text.startsWith('\uFEFF') ? 1 : 0);
      return read.ok ? keysOf(text, itemsOf(read.node), name) : [];
    }
    case 'yaml':
      return keysOf(text, itemsOf(parseYamlTree(text, MAX_YAML_LEXEMES).tree), name);
    case 'inline': {
      const { tree } = parseNative(text);
      return keysOf(text, itemsOf(tree?.kind === 'map' ? entryOf(tree, 'testData')?.value : undefined), name);
    }
  }
}

function indexOrEnd(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from);
  return found < 0 ? text.length : found;
}

/** A file that holds one map is one case. */
function itemsOf(node: PositionedNode | undefined): readonly PositionedNode[] {
  return node?.kind === 'list' ? node.items : node ? [node] : [];
}

function keysOf(text: string, rows: readonly PositionedNode[], name: string): readonly Range[] {
  const places = new Map<number, Range>(); // a row that an alias repeats is written once
  for (const row of rows) {
    if (row.kind !== 'map') continue;
    for (const { key, keyRange } of row.entries) if (key === name) places.set(keyRange.start, withoutQuotes(text, keyRange));
  }
  return [...places.values()];
}

function trimmed(text: string, { start, end }: Range): Range {
  const cell = text.slice(start, end);
  return { start: start + (cell.length - cell.trimStart().length), end: end - (cell.length - cell.trimEnd().length) };
}

function withoutQuotes(text: string, { start, end }: Range): Range {
  const quote = text.charAt(start);
  const quoted = (quote === '"' || quote === "'") && end - start >= 2 && text.charAt(end - 1) === quote;
  return quoted ? { start: start + 1, end: end - 1 } : { start, end };
}
