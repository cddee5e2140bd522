import type { LineIndex, PromptDocument, PromptFacts, Range } from '../../prompts-schema/index.ts';
import type { LocatedText, LocateParams } from '../../protocol/index.ts';
import { caseRows } from '../documents/caseRows.ts';

/** Where a case or an evaluator is written; undefined when it is not there any more. `datasetUri` is the address of the dataset in `facts`. */
export function locate(
  document: PromptDocument,
  facts: PromptFacts,
  { uri, target }: LocateParams,
  datasetUri: string | undefined,
): LocatedText | undefined {
  if (target.kind === 'evaluator') return at(uri, document.lines, document.evaluators[target.index]?.range);
  const dataset = facts.dataset?.status === 'read' ? facts.dataset.value : undefined;
  const row = caseRows(document, facts).find(({ id }) => id === target.caseId);
  if (row?.from === 'dataset') return dataset && datasetUri !== undefined ? at(datasetUri, dataset.lines, row.range) : undefined;
  return at(uri, document.lines, row?.range);
}

function at(uri: string, lines: LineIndex, range: Range | undefined): LocatedText | undefined {
  return range && { uri, ...lines.positionAt(range.start) };
}
