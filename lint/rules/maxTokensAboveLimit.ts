import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

/** More output tokens asked for than the model can write. */
export const maxTokensAboveLimit: Rule = {
  code: 'model.max-tokens-above-limit',
  title: 'a longer answer allowed than the model can give',
  severity: 'error',
  explain: explained(
    'The provider refuses such a call. The limit is the model’s longest answer where that is known, else its whole context window; where the figure was not read on the provider’s own page, it is a warning.',
    `model: anthropic/claude-haiku-4-5-20251001
modelParameters:
  maxTokens: 100000
messages:
  - role: user
    content: Say hello.`,
    `model: anthropic/claude-haiku-4-5-20251001
modelParameters:
  maxTokens: 4000
messages:
  - role: user
    content: Say hello.`,
  ),
  check: (context) => {
    const found = context.model()?.found;
    const parameter = context.document.parameters.find(({ name }) => name === 'maxTokens');
    if (found === undefined || typeof parameter?.value !== 'number') return [];
    const model = found.unknown ? found.elsewhere : found.model;
    const limit = model?.maxOutputTokens ?? model?.contextWindow;
    if (model === undefined || limit === undefined || parameter.value <= limit) return [];
    const what = model.maxOutputTokens === undefined ? 'has a context window of' : 'writes at most';
    return [
      {
        range: parameter.valueRange,
        message: `${model.id} ${what} ${limit.toLocaleString('en-US')} tokens (as of ${model.asOf}); a call that asks for ${parameter.value.toLocaleString('en-US')} is refused. Lower it.`,
        data: { model: model.id, limit },
        fixes: [{ title: `Write ${limit}`, preferred: true, edits: [{ range: parameter.valueRange, newText: String(limit) }] }],
        ...(model.confidence === 'official' ? {} : { severity: 'warning' as const }),
      },
    ];
  },
};
