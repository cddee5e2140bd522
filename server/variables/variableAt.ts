import {
  columnRanges,
  csvRecords,
  datasetFormatOf,
  isPartialFile,
  type PositionedNode,
  parseJsonTree,
  parseYamlTree,
  type Range,
  sniffDelimiter,
  templateOccurrences,
  variableOccurrences,
} from '../../prompts-schema/index.ts';
import { touches } from '../positions.ts';
import type { AnyFile } from './anyFile.ts';

/** A variable's name at a place of some file. */
export interface NamedPlace {
  readonly name: string;
  readonly range: Range;
}

/** The variable that is named at an offset: in a prompt, a partial, or a dataset (its header, or a key of a row). */
export function variableAt(file: AnyFile, offset: number): NamedPlace | undefined {
  if (file.prompt) return variableOccurrences(file.prompt.document).find(({ range }) => touches(range, offset));
  const { text, path } = file;
  if (isPartialFile(path)) return templateOccurrences(text, 'handlebars').find(({ range }) => touches(range, offset));
  const name = columnAt(path, text, offset);
  const range =
    name === undefined ? undefined : columnRanges(text, datasetFormatOf(path) ?? 'jsonl', name).find((one) => touches(one, offset));
  return name !== undefined && range ? { name, range } : undefined;
}

function columnAt(path: string, text: string, offset: number): string | undefined {
  switch (datasetFormatOf(path)) {
    case 'csv': {
      const header = csvRecords(text, sniffDelimiter(text)).next().value;
      return header?.cells.find(({ range }) => touches(range, offset))?.value.trim();
    }
    case 'jsonl': {
      const start = text.lastIndexOf('\n', offset - 1) + 1;
      const end = text.indexOf('\n', offset);
      const read = parseJsonTree(text, start, end < 0 ? text.length : end);
      return read.ok ? keyAt(read.node, offset) : undefined;
    }
    case 'json': {
      const read = parseJsonTree(text, text.startsWith('\uFEFF') ? 1 : 0);
      return read.ok ? keyOfRow(read.node, offset) : undefined;
    }
    case 'yaml':
      return keyOfRow(parseYamlTree(text).tree, offset);
    default:
      return undefined;
  }
}

function keyOfRow(node: PositionedNode | undefined, offset: number): string | undefined {
  const row = node?.kind === 'list' ? node.items.find(({ range }) => touches(range, offset)) : node;
  return row && keyAt(row, offset);
}

function keyAt(row: PositionedNode, offset: number): string | undefined {
  return row.kind === 'map' ? row.entries.find(({ keyRange }) => touches(keyRange, offset))?.key : undefined;
}
