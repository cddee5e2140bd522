import { type PromptCase, type PromptDocument, type PromptFacts, promptCases } from '../../prompts-schema/index.ts';

/** Every case of a prompt under the ids that a run gives them: the dataset's rows, then the file's own `testData`. */
export function caseRows(document: PromptDocument, facts: PromptFacts): readonly PromptCase[] {
  return promptCases(document, facts.dataset?.status === 'read' ? facts.dataset.value : undefined);
}
