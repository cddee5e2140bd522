import { normalizeModelName, unsupportedParameter } from '../../catalog/index.ts';
import { removeEntry } from '../edits/removeEntry.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

/** A parameter that the model refuses. */
export const modelUnsupportedParameter: Rule = {
  code: 'model.unsupported-parameter',
  title: 'a parameter that the model does not take',
  severity: 'warning',
  explain: explained(
    'The provider answers such a call with an error, or drops the parameter in silence. Reasoning models of OpenAI and newer models of Anthropic take no temperature, for example.',
    `model: anthropic/claude-sonnet-5-5
modelParameters:
  temperature: 0
messages:
  - role: user
    content: Say hello.`,
    `model: anthropic/claude-sonnet-5-5
modelParameters:
  maxTokens: 400
messages:
  - role: user
    content: Say hello.`,
  ),
  check: (context) => {
    const { document, facts } = context;
    const model = document.model?.value ?? facts.defaultModel;
    if (model === undefined || document.parameters.length === 0) return [];
    const normalized = context.model()?.found.normalized ?? normalizeModelName(model);
    const settings = new Map(document.parameters.map(({ name, value }) => [name as string, value]));
    return document.parameters.flatMap(({ name, writtenName, keyRange, valueRange }) => {
      const found = unsupportedParameter(normalized, name, settings);
      if (found === undefined) return [];
      const edit = removeEntry(document, 'modelParameters', keyRange);
      return [
        {
          range: { start: keyRange.start, end: Math.max(keyRange.end, valueRange.end) },
          message: `${normalized.id} does not take this \`${writtenName}\`. ${found.why}`,
          data: { parameter: name, model: normalized.id, source: found.source },
          fixes: edit ? [{ title: `Remove \`${writtenName}\``, preferred: true, edits: [edit] }] : [],
        },
      ];
    });
  },
};
