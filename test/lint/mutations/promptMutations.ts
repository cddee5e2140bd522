import { pick } from './cleanDraft.ts';
import { evaluatorsOf, inputOf, lastOf, type Mutation, rowsOf } from './mutation.ts';

/** What is wrong with the template, its variables and the model. */
export const promptMutations: Readonly<Record<string, Mutation>> = {
  'template.undefined-variable': (draft, random) => {
    const message = lastOf(draft.prompt, 'user');
    if (!message) return false;
    message.content += pick(random, ['\n{{tikcet}}', '\nAlso {{nobody}}.', '\n{{a.b}}']);
    return true;
  },
  'template.unused-variable': (draft, random) => {
    draft.prompt.inputs = { ...draft.prompt.inputs, [pick(random, ['locale', 'customer', 'tone'])]: { type: 'string' } };
    return true;
  },
  'template.spaced-placeholder': (draft, random) => {
    const message = lastOf(draft.prompt, 'user');
    const input = inputOf(draft.prompt);
    if (!message || !input) return false;
    message.content += `\nOnce more: ${pick(random, ['{{ NAME }}', '{{NAME }}', '{{ NAME}}']).replace('NAME', input)}`;
    return true;
  },
  'template.empty-message': (draft, random) => {
    draft.prompt.messages.splice(1, 0, { role: 'user', content: pick(random, ['', ' ', '\n\n']) });
    return true;
  },
  'template.role-order': (draft, random) => {
    const role = pick(random, ['system', 'assistant']);
    draft.prompt.messages.push({ role, content: role === 'system' ? 'Be brief.' : 'Of course:' });
    return true;
  },
  'model.missing': (draft) => {
    delete draft.prompt.model;
    draft.files['evenkeel.yml'] = 'formatVersion: 1\n';
    return true;
  },
  'model.unknown-provider': model(['opnai/gpt-6-luna', 'nowhere/some-model', 'antropic/claude-haiku-4-5-20251001']),
  'model.unknown': model(['openai/gpt-6-lunar', 'anthropic/claude-haiku-4-5-20251011', 'sandbox/extractor-2026-06']),
  'model.deprecated': model(['openai/gpt-4o-mini-2024-07-18', 'openai/gpt-4.1-2025-04-14']),
  'model.retired': model(['openai/gpt-3.5-turbo-0125', 'openai/gpt-4-0613']),
  'model.rerouted': (draft, random) => {
    draft.prompt.model = pick(random, ['google/gemini-2.5-pro', 'google/gemini-2.5-flash']);
    draft.today = '2027-01-05';
    draft.files['evenkeel.yml'] =
      'formatVersion: 1\nproviders:\n  google: { kind: openai-compatible, baseUrl: "https://example.test/v1" }\n';
    return true;
  },
  'model.rolling-alias': model(['anthropic/claude-haiku-4-5']),
  'model.unsupported-parameter': (draft, random) => {
    draft.prompt.model = 'openai/gpt-6-luna';
    draft.prompt.modelParameters = { maxTokens: 300, topK: 1 + random.below(40) };
    return true;
  },
  'model.dropped-parameter': (draft, random) => {
    draft.prompt.model = 'sandbox/extractor-2026-05';
    draft.prompt.modelParameters = random.below(2) ? { max_tokens: 300 } : { top_p: 0.5, maxTokens: 300 };
    return true;
  },
  'model.context-exceeded': (draft) => {
    const input = inputOf(draft.prompt);
    const row = rowsOf(draft).at(3);
    if (!input || !row || draft.prompt['testData']) return false;
    draft.prompt.model = 'anthropic/claude-haiku-4-5-20251001';
    draft.prompt.modelParameters = { maxTokens: 300 };
    row[input] = 'word '.repeat(170_000);
    return true;
  },
  'model.max-tokens-above-limit': (draft, random) => {
    draft.prompt.model = 'anthropic/claude-haiku-4-5-20251001';
    draft.prompt.modelParameters = { maxTokens: 64_001 + random.below(900_000) };
    return true;
  },
};

/** Decisions and delivery, each with one thing left out. */
export const workMutations: Readonly<Record<string, Mutation>> = {
  'decision.irreversible-without-review': (draft, random) => {
    draft.prompt['decision'] = pick(random, [{ reversible: false }, { volume: 'low' }, { reversible: false, volume: 'high' }]);
    return true;
  },
  'decision.no-threshold': (draft, random) => {
    const { decision } = draft.prompt;
    if (typeof decision !== 'object' || decision === null || !('threshold' in decision)) return false;
    const { threshold, ...rest } = decision as Record<string, unknown>;
    draft.prompt['decision'] = pick(random, [rest, { reversible: true, threshold }, { reversible: true, volume: 'high' }]);
    return true;
  },
  'delivery.no-idempotency-key': (draft, random) => {
    draft.prompt['delivery'] = { queue: pick(random, ['bullmq', 'sqs']), deadLetter: true };
    return true;
  },
  'delivery.no-dead-letter': (draft, random) => {
    draft.prompt['delivery'] = { queue: 'sqs', idempotencyKey: 'id', ...(random.below(2) ? { deadLetter: false } : {}) };
    return true;
  },
};

function model(names: readonly string[]): Mutation {
  return (draft, random) => {
    draft.prompt.model = pick(random, names);
    draft.prompt.modelParameters = {};
    const old = evaluatorsOf(draft.prompt);
    draft.prompt.evaluators = old;
    return true;
  };
}
