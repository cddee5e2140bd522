import { pick } from './cleanDraft.ts';
import { evaluatorsOf, lastOf, type Mutation, schemaOf } from './mutation.ts';

/** What is wrong with checks of the answer and its schema. */
export const outputMutations: Readonly<Record<string, Mutation>> = {
  'evaluator.none': (draft) => {
    if (!draft.datasetPath) return false;
    delete draft.prompt.evaluators;
    return true;
  },
  'evaluator.unsafe-regex': added([
    { name: 'odd', matches: '^(?!no)' },
    { name: 'odd', matches: '(?<=a)b' },
    { name: 'odd', matches: '(a)\\1' },
    { name: 'odd', matches: 'a{1,2000}' },
    { name: 'odd', matches: '(?>x)' },
    { name: 'odd', matches: '[a-' },
  ]),
  'evaluator.path-not-in-schema': (draft, random) => {
    if (!schemaOf(draft.prompt)) return false;
    evaluatorsOf(draft.prompt).push({
      name: 'nowhere',
      path: pick(random, ['$.sumary', '$.nothing', '$.summary.first', "$['other']"]),
      notEmpty: true,
    });
    return true;
  },
  'evaluator.judge-is-model': (draft) => {
    evaluatorsOf(draft.prompt).push({
      name: 'good',
      llm: {
        modelId: draft.prompt.model,
        prompt: 'Good? {{completion}}',
        choices: [
          { choice: 'yes', score: 1 },
          { choice: 'no', score: 0 },
        ],
      },
    });
    return true;
  },
  'evaluator.never-fails': (draft, random) => {
    const limit = Number(draft.prompt.modelParameters?.['maxTokens'] ?? 0);
    evaluatorsOf(draft.prompt).push(
      pick(random, [
        { name: 'always', contains: '' },
        { name: 'always', matches: '.*' },
        { name: 'always', minLength: 0 },
        { name: 'always', maxOutputTokens: limit + random.below(50) },
      ]),
    );
    return limit > 0;
  },
  'output.json-not-declared': (draft, random) => {
    const message = lastOf(draft.prompt, 'user');
    if (draft.prompt.jsonSchema !== undefined && draft.prompt['decision'] === undefined) return false;
    delete draft.prompt.jsonSchema;
    if (!message || /json/i.test(JSON.stringify(draft.prompt.messages))) return false;
    message.content += pick(random, ['\nAnswer as JSON.', '\nReturn only valid JSON.', '\nRespond with a JSON object.']);
    return true;
  },
  'output.invalid-schema': (draft, random) => {
    const schema = schemaOf(draft.prompt);
    const properties = schema?.['properties'] as Record<string, Record<string, unknown>> | undefined;
    const summary = properties?.['summary'];
    if (!schema || !summary) return false;
    pick(random, [
      () => Object.assign(summary, { type: 'text' }),
      () => Object.assign(summary, { $ref: '#/$defs/nowhere' }),
      () => Object.assign(summary, { enum: [] }),
      () => Object.assign(summary, { enum: ['short', 7] }),
    ])();
    return true;
  },
  'output.not-strict': (draft, random) => {
    const schema = schemaOf(draft.prompt);
    if (!schema?.['properties']) return false;
    const properties = schema['properties'] as Record<string, unknown>;
    draft.prompt.model = 'openai/gpt-6-luna';
    draft.prompt.modelParameters = { maxTokens: 400 };
    draft.prompt.jsonSchema = { name: 'answer', strict: true, schema };
    pick(random, [
      () => delete schema['additionalProperties'],
      () => Object.assign(properties, { note: { type: 'string' } }),
      () => Object.assign(schema, { not: { required: ['x'] } }),
    ])();
    return true;
  },
  'output.unchecked-field': (draft) => {
    if (!draft.prompt.evaluators?.some(({ path }) => path === '$.summary')) return false;
    draft.prompt.evaluators = draft.prompt.evaluators.filter(({ path }) => path !== '$.summary');
    return true;
  },
  'output.labels-differ': (draft, random) => {
    const [system] = draft.prompt.messages;
    const labels = [...(system?.content.matchAll(/^- ([\w-]+):/gm) ?? [])].map(([, label]) => label ?? '');
    if (!system || labels.length < 3) return false;
    const label = pick(random, labels);
    const other = pick(random, ['misc', 'unsorted', `${label}s`]);
    system.content = system.content.replace(`- ${label}:`, `- ${other}:`);
    return true;
  },
};

function added(evaluators: readonly Record<string, unknown>[]): Mutation {
  return (draft, random) => {
    evaluatorsOf(draft.prompt).push({ ...pick(random, evaluators) });
    return true;
  };
}
