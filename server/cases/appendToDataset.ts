import {
  type DatasetFileFormat,
  type InputField,
  type ListNode,
  type PositionedNode,
  parseJsonTree,
  parseYamlTree,
  readDataset,
} from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import { appendCsvCase } from './appendCsvCase.ts';
import { appendJsonCase, appendJsonlCase } from './appendJsonCase.ts';
import { appendYamlItem } from './appendYamlCase.ts';
import { newCase, type TextInsertion } from './newCase.ts';

/** The edit that adds a typed-in case to a dataset file, in that file's own style. `file` is its path for messages. */
export function appendToDataset(
  file: string,
  text: string,
  format: DatasetFileFormat,
  variables: Readonly<Record<string, string>>,
  inputs: readonly InputField[] | undefined,
): TextInsertion {
  const row = newCase(variables, inputs, readDataset(text, format).rows);
  switch (format) {
    case 'jsonl':
      return appendJsonlCase(text, row);
    case 'csv':
      return appendCsvCase(file, text, row);
    case 'json': {
      const read = text.trim() === '' ? undefined : parseJsonTree(text, text.startsWith('\uFEFF') ? 1 : 0);
      const list = read === undefined ? EMPTY_LIST(text) : listOf(file, read.ok ? read.node : undefined);
      const edit = appendJsonCase(
        text,
        list.range,
        list.items.map(({ range }) => range),
        row,
      );
      return read === undefined ? { ...edit, newText: `${edit.newText}\n` } : edit;
    }
    case 'yaml': {
      const { tree } = parseYamlTree(text);
      return appendYamlItem(text, tree === undefined ? EMPTY_LIST(text) : listOf(file, tree), row);
    }
  }
}

const EMPTY_LIST = (text: string): ListNode => ({ kind: 'list', items: [], range: { start: text.length, end: text.length } });

function listOf(file: string, node: PositionedNode | undefined): ListNode {
  if (node?.kind === 'list') return node;
  throw new UserError('usage', 'The dataset is not a list of cases, so that none can be added. Correct the file first.', { file });
}
