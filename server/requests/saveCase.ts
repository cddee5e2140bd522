import { datasetFormatOf, entryOf, ownEntry, type PositionedNode, type PromptDocument } from '../../prompts-schema/index.ts';
import type { SaveCaseParams, SaveCaseResult } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { appendToDataset } from '../cases/appendToDataset.ts';
import { addCases, appendYamlItem } from '../cases/appendYamlCase.ts';
import { asObject, newCase, type TextInsertion } from '../cases/newCase.ts';
import { fileOf } from '../documents/promptCache.ts';

/** The dataset that a case can be saved to: its address, its path for messages, and its text now. */
export interface DatasetText {
  readonly uri: string;
  readonly path: string;
  readonly text: string;
}

/**
 * The edit that saves an ad-hoc case: a row of the prompt's dataset, or an item of its `testData` where it has no dataset; a test of promptfoo.
 * Throws a UserError where the file is in no state to be added to.
 */
export function saveCase(document: PromptDocument, { uri, variables }: SaveCaseParams, dataset: DatasetText | undefined): SaveCaseResult {
  if (document.format === 'promptfoo') return result(fileOf(uri), testOf(document, variables));
  if (!dataset) return result(uri, inlineCase(document, variables));
  const format = datasetFormatOf(dataset.path);
  if (!format)
    throw new UserError('usage', 'The dataset is none of .jsonl, .csv, .yaml and .json. Name a file of one of these kinds first.', {
      file: dataset.path,
    });
  return result(dataset.uri, appendToDataset(dataset.path, dataset.text, format, variables, document.inputs));
}

function inlineCase(document: PromptDocument, variables: SaveCaseParams['variables']): TextInsertion {
  const row = newCase(variables, document.inputs, document.testData ?? []);
  const { format, tree } = document;
  if (format === 'native') return added(document, tree?.kind === 'map' ? entryOf(tree, 'testData')?.value : undefined, 'testData', [row]);
  if (tree?.kind !== 'map')
    throw new UserError('usage', 'This file has no settings in which a case could stand. Begin it with `---`, `name: …`, `---`.');
  const node = ownEntry(tree, 'testData')?.value;
  // the example of the file is its case as long as there is no other; it stays one
  const examples = (document.testData ?? []).map(({ variables: values }) => Object.entries(values));
  return added(document, node, 'evenkeel.testData', [...examples, row]);
}

/** A test with these values, for the prompts of the whole file. */
function testOf(document: PromptDocument, variables: SaveCaseParams['variables']): TextInsertion {
  const test = [['vars', asObject(newCase(variables, document.inputs, document.testData ?? []))]] as const;
  return added(document, document.tree?.kind === 'map' ? entryOf(document.tree, 'tests')?.value : undefined, 'tests', [test]);
}

/** A list that is there grows by the last of the rows; one that is not begins with all of them. */
function added({ text, tree }: PromptDocument, node: PositionedNode | undefined, key: string, rows: readonly Row[]): TextInsertion {
  const last = rows.at(-1);
  if (node?.kind === 'list' && last) return appendYamlItem(text, node, last);
  const missing = node?.kind === 'scalar' && node.value === null ? node : undefined;
  if (node && !missing)
    throw new UserError('usage', `\`${key}\` is not a list of cases in this file, so that none can be added. Write it there by hand.`);
  return addCases(text, tree, missing, key, rows);
}

type Row = Parameters<typeof appendYamlItem>[2];

function result(uri: string, { start, end, newText }: TextInsertion): SaveCaseResult {
  return { uri, range: { start, end }, newText };
}
