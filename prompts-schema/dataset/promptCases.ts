import type { PromptDocument } from '../document.ts';
import { entryOf } from '../parse/tree.ts';
import type { Dataset, DatasetRow } from './dataset.ts';
import { RowBuilder } from './rowBuilder.ts';

/** One case of a prompt, and where it is written: the dataset's text or the prompt file's. */
export interface PromptCase extends DatasetRow {
  readonly from: 'dataset' | 'inline';
}

/** All cases of a prompt: those of its dataset first, then those of `testData`. An id that both use gets `-2` in the second. */
export function promptCases(document: PromptDocument, dataset: Dataset | undefined): readonly PromptCase[] {
  const ids = new Set<string>();
  const cases: PromptCase[] = [];
  const add = (row: DatasetRow, from: PromptCase['from']): void => {
    let id = row.id;
    for (let copy = 2; ids.has(id); copy++) id = `${row.id}-${copy}`;
    ids.add(id);
    cases.push({ ...row, id, from });
  };
  for (const row of dataset?.rows ?? []) add(row, 'dataset');
  for (const row of document.testData ?? []) add(row, 'inline');
  return cases;
}

/** `testData` as a dataset, with its columns; its issues are among the document's. Undefined when the file has none. */
export function inlineDataset(document: PromptDocument): Dataset | undefined {
  if (!document.testData) return undefined;
  const builder = new RowBuilder([]);
  const list = document.tree?.kind === 'map' ? entryOf(document.tree, 'testData')?.value : undefined;
  if (list?.kind === 'list') for (const item of list.items) builder.addNode(item);
  return { format: 'inline', rows: document.testData, columns: builder.columns, issues: [], lines: document.lines };
}
