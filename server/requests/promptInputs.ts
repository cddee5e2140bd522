import { inputNames, type PromptDocument, type PromptFacts, valueText } from '../../prompts-schema/index.ts';
import type { PromptInputs } from '../../protocol/index.ts';
import { caseRows } from '../documents/caseRows.ts';

/** What `▶ Run once…` asks for: declared inputs first, then every other placeholder of the messages, with a value of the first case as sample. */
export function promptInputs(document: PromptDocument, facts: PromptFacts, root: string): PromptInputs {
  const declared = document.inputs ?? [];
  const names = [...new Set([...declared.map(({ name }) => name), ...inputNames(document, facts.partials)])];
  const rows = caseRows(document, facts);
  const model = document.model?.value ?? facts.defaultModel;
  return {
    root,
    promptId: facts.promptId,
    promptName: document.name?.value || facts.promptId,
    ...(model === undefined ? {} : { model }),
    inputs: names.map((name) => {
      const description = declared.find((input) => input.name === name)?.description;
      const sample = rows.find(({ variables }) => Object.hasOwn(variables, name))?.variables[name];
      return {
        name,
        ...(description === undefined ? {} : { description }),
        ...(sample === undefined ? {} : { sample: valueText(sample) }),
      };
    }),
  };
}
