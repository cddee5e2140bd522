import type { DatasetRow, LineIndex, PromptDocument, PromptFacts, Range } from '../../prompts-schema/index.ts';
import type { LocatedText, LocateParams } from '../../protocol/index.ts';

/** Where a case or an evaluator is written; undefined when it is not there any more. `datasetUri` is the address of the dataset in `facts`. */
export function locate(
  document: PromptDocument,
  facts: PromptFacts,
  { uri, target }: LocateParams,
  datasetUri: string | undefined,
): LocatedText | undefined {
  if (target.kind === 'evaluator') return at(uri, document.lines, document.evaluators[target.index]?.range);
  const named = (row: DatasetRow): boolean => row.id === target.caseId;
  const dataset = facts.dataset?.status === 'read' ? facts.dataset.value : undefined;
  const row = dataset?.rows.find(named);
  if (dataset && row && datasetUri) return at(datasetUri, dataset.lines, row.range);
  return at(uri, document.lines, document.testData?.find(named)?.range);
}

function at(uri: string, lines: LineIndex, range: Range | undefined): LocatedText | undefined {
  return range && { uri, ...lines.positionAt(range.start) };
}
