import { datasetFormatOf, entryOf, type PromptDocument } from '../../prompts-schema/index.ts';
import type { SaveCaseParams, SaveCaseResult } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { appendToDataset } from '../cases/appendToDataset.ts';
import { addTestData, appendYamlItem } from '../cases/appendYamlCase.ts';
import { newCase, type TextInsertion } from '../cases/newCase.ts';

/** The dataset that a case can be saved to: its address, its path for messages, and its text now. */
export interface DatasetText {
  readonly uri: string;
  readonly path: string;
  readonly text: string;
}

/**
 * The edit that saves an ad-hoc case: a row of the prompt's dataset, or an item of its `testData` where it has no dataset.
 * Throws a UserError where the file is in no state to be added to.
 */
export function saveCase(document: PromptDocument, { uri, variables }: SaveCaseParams, dataset: DatasetText | undefined): SaveCaseResult {
  if (document.format === 'promptfoo')
    throw new UserError('usage', 'Cases of a promptfoo configuration stand under `tests`. Write this one there by hand.');
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
  const node = document.tree?.kind === 'map' ? entryOf(document.tree, 'testData')?.value : undefined;
  if (node?.kind === 'list') return appendYamlItem(document.text, node, row);
  const missing = node?.kind === 'scalar' && node.value === null ? node : undefined;
  if (node && !missing)
    throw new UserError('usage', '`testData` is not a list of cases, so that none can be added. Correct the file first.');
  return addTestData(document.text, document.tree, missing, row);
}

function result(uri: string, { start, end, newText }: TextInsertion): SaveCaseResult {
  return { uri, range: { start, end }, newText };
}
