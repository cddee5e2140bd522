import type { Issue } from '../parse/issue.ts';
import { parseJsonTree } from '../parse/jsonTree.ts';
import type { PositionedNode } from '../parse/positioned.ts';
import { parseYamlTree } from '../parse/yamlTree.ts';
import { LineIndex } from '../text/lineIndex.ts';
import { type Delimiter, readCsv } from './csv.ts';
import type { Dataset, DatasetFormat } from './dataset.ts';
import { readJsonl } from './jsonl.ts';
import { RowBuilder } from './rowBuilder.ts';

/** Formats of dataset files; `inline` is `testData` in a prompt file. */
export type DatasetFileFormat = Exclude<DatasetFormat, 'inline'>;

export interface DatasetOptions {
  /** Of a CSV; found out from the header when not given. */
  readonly delimiter?: Delimiter;
  /** A file that holds one map is one case; else a dataset is a list. */
  readonly oneCase?: boolean;
}

/** The largest dataset that is read, in UTF-16 units; YAML ones are held to the limit of YAML files. */
export const MAX_DATASET_LENGTH = 64_000_000;

/** The format that a file of this name is in, or undefined when datasets do not come in such files. */
export function datasetFormatOf(path: string): DatasetFileFormat | undefined {
  return EXTENSIONS.get(/\.[^.\\/]*$/.exec(path)?.[0].toLowerCase() ?? '');
}

/** Reads any text whatever as a dataset: bad rows are issues, the others are read. Never throws. */
export function readDataset(text: string, format: DatasetFormat, options: DatasetOptions = {}): Dataset {
  const issues: Issue[] = [];
  const builder = new RowBuilder(issues);
  if (text.length > MAX_DATASET_LENGTH)
    issues.push({
      code: 'schema.too-large',
      message: 'The dataset is larger than 64 MB. Split it into several files.',
      range: { start: 0, end: 0 },
    });
  else if (format === 'jsonl') readJsonl(text, builder, issues);
  else if (format === 'csv') readCsv(text, builder, issues, options.delimiter);
  else if (format === 'json') readJson(text, builder, issues, options.oneCase ?? false);
  else readYaml(text, builder, issues, options.oneCase ?? false);
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  if (!builder.rows.length && !issues.length)
    issues.push({ code: 'dataset.empty', message: 'The dataset has no cases.', range: { start, end: Math.min(text.length, start + 1) } });
  return { format, rows: builder.rows, columns: builder.columns, issues, lines: new LineIndex(text) };
}

/** A dataset has more keys and values than a prompt of the same size. */
export const MAX_YAML_LEXEMES = 300_000;

const EXTENSIONS: ReadonlyMap<string, DatasetFileFormat> = new Map([
  ['.jsonl', 'jsonl'],
  ['.ndjson', 'jsonl'],
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.json', 'json'],
]);

function readYaml(text: string, builder: RowBuilder, issues: Issue[], oneCase: boolean): void {
  const { tree, issues: found } = parseYamlTree(text, MAX_YAML_LEXEMES);
  issues.push(...found);
  if (tree) readNodes(tree, builder, issues, oneCase);
}

function readJson(text: string, builder: RowBuilder, issues: Issue[], oneCase: boolean): void {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  if (!text.slice(start).trim()) return;
  const read = parseJsonTree(text, start);
  if (read.ok) readNodes(read.node, builder, issues, oneCase);
  else
    issues.push({
      code: read.message.startsWith('nested') ? 'schema.too-deep' : 'schema.invalid-json',
      message: `The dataset is not valid JSON: ${read.message}.`,
      range: { start: Math.min(read.at, text.length), end: Math.min(read.at + 1, text.length) },
    });
}

function readNodes(root: PositionedNode, builder: RowBuilder, issues: Issue[], oneCase: boolean): void {
  if (oneCase && root.kind === 'map') builder.addNode(root);
  else if (root.kind === 'list') for (const item of root.items) builder.addNode(item);
  else
    issues.push({
      code: 'schema.wrong-type',
      message: `A dataset is a list of maps, one for each case; this is ${root.kind === 'map' ? 'a map' : 'a single value'}.`,
      range: { start: root.range.start, end: Math.min(root.range.end, root.range.start + 1) },
    });
}
