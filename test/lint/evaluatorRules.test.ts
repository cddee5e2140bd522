import { describe, expect, it } from 'vitest';
import { checkRules } from './checkRules.ts';

const MESSAGES = `messages:
  - role: user
    content: "{{ticket}}"
`;
const SCHEMA = `jsonSchema:
  type: object
  additionalProperties: false
  required: [team]
  properties:
    team: { type: string, enum: [billing, shipping] }
    score: { type: number, minimum: 0, maximum: 1 }
    note: { type: string, minLength: 1, maxLength: 80 }
    items: { type: array, items: { type: object, additionalProperties: false, properties: { id: { type: string } } } }
    other: {}
    either: { anyOf: [{ type: object, additionalProperties: false, properties: { a: { type: string } } }, { type: "null" }] }
`;

describe('evaluator.none', () => {
  it('is said of cases that nothing looks at', () => {
    checkRules(`
${MESSAGES}testData:
^^^^^^^^ hint evaluator.none
  - ticket: x
`);
  });

  it.each([
    ['no cases', ''],
    ['an evaluator', 'testData: [{ ticket: x }]\nevaluators: [{ name: a, notEmpty: true }]\n'],
  ])('is not said of %s', (_, rest) => void checkRules(`${MESSAGES}${rest}`));
});

describe('evaluator.unsafe-regex', () => {
  it('points at the construct, also in quotes and blocks', () => {
    checkRules(`
${MESSAGES}evaluators:
  - { name: plain, matches: ^a(?!b)c }
                              ^^^ error evaluator.unsafe-regex Look-around
  - name: quoted
    matches: "(a)\\\\1"
                 ^^^ error evaluator.unsafe-regex refers back
  - { name: many, matches: 'x{5000}' }
                             ^^^^^^ error evaluator.unsafe-regex at most 1000
  - { name: date, matches: '^(\\d{4}-\\d{2}-\\d{2})?$' }
`);
  });
});

describe('evaluator.path-not-in-schema', () => {
  it('names what there is, and writes the one that was meant', () => {
    const { fixed } = checkRules(`
${MESSAGES}${SCHEMA}evaluators:
  - { name: slip, path: $.teem, notEmpty: true }
                        ^^^^^^ error evaluator.path-not-in-schema It has \`team\`, \`score\`
  - { name: inside, path: "$.items[*].name", notEmpty: true }
                           ^^^^^^^^^^^^^^^ error evaluator.path-not-in-schema It has \`id\`
  - { name: of a text, path: $.team.name, notEmpty: true }
                             ^^^^^^^^^^^ error evaluator.path-not-in-schema
`);
    expect(fixed('Change to `team`')).toContain('path: $.team,');
  });

  it.each(['$', '$.team', '$.items[0].id', '$.items[*]', '$.other.anything.at[3]', '$.either.a', "$['note']"])('has %s', (path) => {
    checkRules(`${MESSAGES}${SCHEMA}evaluators:\n  - { name: a, path: "${path}", notEmpty: true }\n  - { name: b, contains: x }\n`);
  });

  it('is a warning where the schema allows more than it names, and nothing where it names nothing', () => {
    checkRules(`
${MESSAGES}jsonSchema: { type: object, properties: { team: { type: string } } }
evaluators:
  - { name: a, path: $.other, notEmpty: true }
                     ^^^^^^^ warning evaluator.path-not-in-schema
`);
    checkRules(`${MESSAGES}jsonSchema: { type: object }\nevaluators:\n  - { name: a, path: $.other, notEmpty: true }\n`);
    checkRules(
      `${MESSAGES}jsonSchema: { type: object, additionalProperties: true, properties: { a: {} } }\nevaluators: [{ name: a, path: $.b, notEmpty: true }]\n`,
    );
  });

  it('survives references that go round', () => {
    checkRules(`${MESSAGES}jsonSchema: { $ref: "#" }\nevaluators: [{ name: a, path: $.b.c, notEmpty: true }]\n`);
    checkRules(
      `${MESSAGES}jsonSchema: { type: object, properties: { b: { $ref: "#" } } }\nevaluators: [{ name: a, path: $.b.b.b, notEmpty: true }]\n`,
    );
  });
});

describe('evaluator.judge-is-model', () => {
  const judged = (model: string, judge: string): string => `model: ${model}
${MESSAGES}evaluators:
  - name: good
    llm: { modelId: ${judge}, prompt: "Good? {{completion}}", choices: [{ choice: "yes", score: 1 }] }
`;

  it('knows the alias of a snapshot, and leaves another judge alone', () => {
    const text = judged('anthropic/claude-haiku-4-5-20251001', 'anthropic/claude-haiku-4-5');
    checkRules(
      text
        .replace('llm:', 'llm:')
        .replace(
          /( +)llm: \{ modelId: (\S+),.*\n/,
          (line: string) =>
            `${line}${' '.repeat(20)}${'^'.repeat('anthropic/claude-haiku-4-5'.length)} warning evaluator.judge-is-model judge its own answers\n`,
        ),
    );
    checkRules(judged('anthropic/claude-haiku-4-5-20251001', 'openai/gpt-6-luna'));
  });
});

describe('evaluator.never-fails', () => {
  it('finds thresholds beyond what the schema and the call allow', () => {
    checkRules(`
modelParameters: { maxTokens: 100 }
${MESSAGES}${SCHEMA}evaluators:
  - { name: a, path: $.score, min: 0 }
                                   ^ warning evaluator.never-fails the schema’s minimum is 0
  - { name: b, path: $.score, max: 2 }
                                   ^ warning evaluator.never-fails the schema’s maximum is 1
  - { name: c, path: $.note, maxLength: 80 }
                                        ^^ warning evaluator.never-fails allows 80 characters at most
  - { name: d, path: $.note, minLength: 1 }
                                        ^ warning evaluator.never-fails
  - { name: e, path: $.team, maxLength: 8 }
                                        ^ warning evaluator.never-fails
  - { name: f, maxOutputTokens: 100 }
                                ^^^ warning evaluator.never-fails at most 100 tokens
  - { name: g, matches: '.*' }
                        ^^^^ warning evaluator.never-fails
`);
  });

  it.each([
    '{ name: a, path: $.score, min: 0.1 }',
    '{ name: a, path: $.score, max: 0.9 }',
    '{ name: a, path: $.note, maxLength: 79 }',
    '{ name: a, path: $.other, min: 0 }',
    '{ name: a, maxOutputTokens: 99 }',
    '{ name: a, matches: ".+" }',
    '{ name: a, matches: "^a.*" }',
    '{ name: a, contains: " " }',
    '{ name: a, minLength: 1 }',
  ])('leaves %s alone', (evaluator) => {
    checkRules(
      `modelParameters: { maxTokens: 100 }\n${MESSAGES}${SCHEMA}evaluators:\n  - ${evaluator}\n  - { name: z, noRefusal: true }\n`,
      {
        severities: new Map([['output.unchecked-field', 'off']]),
      },
    );
  });
});
