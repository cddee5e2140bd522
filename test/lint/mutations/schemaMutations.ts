import { pick } from './cleanDraft.ts';
import { evaluatorsOf, type Mutation } from './mutation.ts';

const appended =
  (text: string): Mutation =>
  (draft) => {
    draft.promptText = (written) => `${written}${text}`;
    return true;
  };

/** What is wrong with the form of the file. */
export const schemaMutations: Readonly<Record<string, Mutation>> = {
  'schema.syntax': (draft, random) =>
    appended(pick(random, ['---\nname: another\n', 'owner_note: *nobody\n', '--- # more\n- one\n']))(draft, random) &&
    !draft.prompt['owner_note'],
  'schema.too-deep': (draft, random) => appended(`notes: ${'['.repeat(120 + random.below(50))}\n`)(draft, random),
  'schema.too-large': (draft, random) => appended(`# ${'x'.repeat(1_000_001 + random.below(9))}\n`)(draft, random),
  'schema.not-a-prompt': (draft, random) => {
    draft.promptText = () => pick(random, ['- role: user\n  content: Hi.\n', 'just a text\n', '42\n']);
    return true;
  },
  'schema.missing-key': (draft, random) => {
    const { messages } = draft.prompt;
    const broken = pick(random, [{ role: 'user' }, { content: 'Say hello.' }]);
    messages.splice(messages.length - 1, 0, broken as (typeof messages)[number]);
    return true;
  },
  'schema.unknown-key': (draft, random) => {
    const key = pick(random, ['owner', 'vresion', 'notes_of_the_team', 'tolerancse']);
    draft.prompt[key] = 'x';
    return true;
  },
  'schema.duplicate-key': (draft) => appended(`name: again\n`)(draft, undefined as never),
  'schema.wrong-type': (draft, random) => {
    const [key, value] = pick(random, [
      ['name', ['a', 'b']],
      ['tools', 7],
      ['tolerances', 'none'],
    ] as const);
    draft.prompt[key] = value;
    return true;
  },
  'schema.wrong-value': (draft, random) => {
    if (random.below(2)) draft.prompt['responseFormat'] = pick(random, ['xml', 'jsonschema']);
    else draft.prompt.messages.splice(0, 0, { role: pick(random, ['asistant', 'robot']), content: 'Hello.' });
    return true;
  },
  'schema.invalid-json': (draft, random) => {
    if (draft.prompt.jsonSchema === undefined) return false;
    draft.prompt.jsonSchema = pick(random, ['{"name": "answer", "schema": {', '{"type": "object",}', '{type: object}']);
    return true;
  },
  'schema.newer-format': (draft, random) => {
    draft.files['evenkeel.yml'] = `formatVersion: ${2 + random.below(90)}\n`;
    return true;
  },
};

/** What the reader refuses in evaluators. */
export const evaluatorFormMutations: Readonly<Record<string, Mutation>> = {
  'evaluator.unknown-kind': added([
    { name: 'odd', strng: { contains: 'x' } },
    { name: 'odd', contians: 'x' },
  ]),
  'evaluator.no-predicate': added([{ name: 'nothing', path: '$' }, { name: 'nothing at all' }]),
  'evaluator.two-predicates': added([
    { name: 'two', path: '$', minLength: 2, maxLength: 30 },
    { name: 'two', contains: 'a', matches: 'b' },
  ]),
  'evaluator.invalid-path': added([
    { name: 'odd path', path: '$..x', notEmpty: true },
    { name: 'odd path', path: 'team', notEmpty: true },
  ]),
  'evaluator.wrong-operand': added([
    { name: 'long', maxLength: 'ten' },
    { name: 'long', minLength: -1 },
    { name: 'kind', type: 'text' },
  ]),
};

function added(evaluators: readonly Record<string, unknown>[]): Mutation {
  return (draft, random) => {
    evaluatorsOf(draft.prompt).push({ ...pick(random, evaluators) });
    return true;
  };
}
