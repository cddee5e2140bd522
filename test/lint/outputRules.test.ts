import { describe, expect, it } from 'vitest';
import { checkRules } from './checkRules.ts';

const MESSAGES = `messages:
  - role: user
    content: "{{ticket}}"
`;

function asking(sentence: string): string {
  return `messages:\n  - role: user\n    content: "${sentence} {{ticket}}"\n`;
}

describe('output.json-not-declared', () => {
  it.each([
    'Answer as JSON.',
    'Return a valid JSON.',
    'Respond in JSON format.',
    'You must reply only with JSON:',
    'Give the result as a JSON object.',
    'Produce the following JSON:',
  ])('finds “%s”', (sentence) => {
    const text = asking(sentence);
    const at = text.split('\n')[2]?.indexOf('JSON') ?? 0;
    const { fixed } = checkRules(`\n${text}`.replace(/\n$/, `\n${' '.repeat(at)}^^^^ info output.json-not-declared Declare\n`));
    expect(fixed('Declare `responseFormat: json_object`')).toBe(`responseFormat: json_object\n${text}`);
  });

  it.each([
    'Do not answer as JSON.',
    'Never return JSON.',
    'The ticket is JSON.',
    'Write code that parses JSON files.',
    'Read the JSON below and answer in one word.',
    'Explain what JSON is.',
    'Answer in one word. The JSON schema is in the wiki.',
  ])('leaves “%s” alone', (sentence) => void checkRules(asking(sentence)));

  it.each([
    'responseFormat: json_object\n',
    'jsonSchema: { type: object, additionalProperties: false, properties: {} }\n',
    'tools: [{ name: x, parameters: { type: object } }]\n',
  ])('is satisfied by %s', (declared) => void checkRules(`${declared}${asking('Answer as JSON.')}`));
});

describe('output.invalid-schema', () => {
  it('names the part that is wrong, where it is written in YAML', () => {
    checkRules(`
${MESSAGES}jsonSchema:
  type: object
  additionalProperties: false
  required: [team, teem]
  ^^^^^^^^ error output.invalid-schema \`teem\`, which \`properties\` does not have
  properties:
    team: { type: text }
            ^^^^ error output.invalid-schema JSON has no type "text"
    score: { type: number, minimum: 5, maximum: 1 }
                           ^^^^^^^ error output.invalid-schema no value fits
    kind: { type: string, enum: [a, 3] }
                          ^^^^ error output.invalid-schema 3 in \`enum\` is not of the type string
    next: { $ref: "#/$defs/none" }
            ^^^^ error output.invalid-schema leads nowhere
    code: { type: string, pattern: "(?=x)" }
                          ^^^^^^^ error output.invalid-schema Look-around
`);
  });

  it('takes what JSON Schema takes', () => {
    checkRules(`
${MESSAGES}jsonSchema:
  $defs:
    item: { type: [string, "null"], enum: [a, null] }
  type: object
  required: [a]
  properties:
    a: { $ref: "#/$defs/item" }
    b: { type: array, items: { $ref: "#" }, minItems: 0 }
    c: true
    d: { anyOf: [{ type: integer, enum: [1, 2] }, { type: "null" }] }
    e: { const: 4 }
`);
  });

  it('stands at the key where the schema is JSON text', () => {
    checkRules(`
${MESSAGES}jsonSchema: '{"name":"a","schema":{"type":"thing"}}'
^^^^^^^^^^ error output.invalid-schema no type "thing"
`);
  });
});

describe('output.not-strict', () => {
  it('holds OpenAI’s strict schemas to their rules, and closes objects', () => {
    const { fixed } = checkRules(`
model: openai/gpt-6-luna
${MESSAGES}jsonSchema:
  name: answer
  strict: true
  schema:
    type: object
    additionalProperties: false
    required: [team]
    properties:
      team: { type: object, required: [name], properties: { name: { type: string } } }
      ^^^^ warning output.not-strict The object \`team\` has to say
      note: { type: string }
      ^^^^ warning output.not-strict every property is required, and \`note\` is not
`);
    expect(fixed('Write `additionalProperties: false`')).toContain('team: { additionalProperties: false, type: object,');
  });

  it('closes an object in a block', () => {
    const { fixed } = checkRules(`
model: openai/gpt-6-luna
${MESSAGES}jsonSchema:
^^^^^^^^^^ warning output.not-strict The object at the root
  name: answer
  strict: true
  schema:
    type: object
    required: [team]
    properties:
      team: { type: string }
`);
    expect(fixed('Write `additionalProperties: false`')).toContain('  schema:\n    additionalProperties: false\n    type: object\n');
  });

  it('holds Anthropic’s structured outputs to theirs', () => {
    checkRules(`
model: anthropic/claude-haiku-4-5-20251001
${MESSAGES}jsonSchema:
  type: object
  additionalProperties: false
  required: [score]
  properties:
    score: { type: number, minimum: 0 }
                           ^^^^^^^ warning output.not-strict do not know \`minimum\`
`);
  });

  it.each([
    ['without strict', 'model: openai/gpt-6-luna\n', ''],
    ['for a provider that is not known', 'model: workshop/llama\n', '  strict: true\n'],
  ])('says nothing %s', (_, model, strict) => {
    checkRules(
      `${model}${MESSAGES}jsonSchema:\n  name: answer\n${strict}  schema: { type: object, properties: { a: { type: string } } }\n`,
      {
        facts: { providers: ['openai', 'workshop'] },
      },
    );
  });
});

describe('output.unchecked-field', () => {
  const SCHEMA = `jsonSchema:
  type: object
  additionalProperties: false
  required: [team, summary, confidence]
  properties:
    team: { type: string }
    summary: { type: string }
    confidence: { type: number }
`;

  it('names required fields that nothing looks at, but for those in which the model explains itself', () => {
    checkRules(`
${MESSAGES}${SCHEMA.replace('jsonSchema:', 'jsonSchema:\n^^^^^^^^^^ hint output.unchecked-field `summary`, which the schema requires')}evaluators:
  - { name: team, path: $.team, notEmpty: true }
`);
  });

  it.each([
    'evaluators: [{ name: a, path: $.team, notEmpty: true }, { name: b, path: "$.summary", maxLength: 9 }]\n',
    'evaluators: [{ name: a, path: $.team, notEmpty: true }, { name: b, contains: x }]\n',
    'evaluators: [{ name: a, path: $.team, notEmpty: true }]\nmonitor: { fields: [$.summary] }\n',
    'evaluators: [{ name: a, json: true }]\n',
    '',
  ])('is satisfied by %s', (rest) => void checkRules(`${MESSAGES}${SCHEMA}${rest}`));

  it('leaves out what its option names, and what it names may be asked for', () => {
    const text = `${MESSAGES}${SCHEMA}evaluators: [{ name: a, path: $.team, notEmpty: true }]\n`;
    checkRules(text, { options: new Map([['output.unchecked-field', { ignore: ['summary', 'confidence'] }]]) });
    checkRules(text.replace('jsonSchema:', 'jsonSchema:\n^^^^^^^^^^ hint output.unchecked-field `summary`, `confidence`'), {
      options: new Map([['output.unchecked-field', { ignore: [] }]]),
    });
  });
});

describe('output.labels-differ', () => {
  const schema = (labels: string): string => `jsonSchema:
  type: object
  additionalProperties: false
  properties:
    team: { type: string, enum: [${labels}] }
`;

  it('finds a label that the enum does not have, and writes the one that was meant', () => {
    const { fixed } = checkRules(`
messages:
  - role: system
    content: |
      Teams:
      - billing: invoices
      - shippng: parcels
        ^^^^^^^ warning output.labels-differ \`shippng\` is not among the labels
      - other: the rest
${schema('billing, shipping, other')}`);
    expect(fixed('Change to `shipping`')).toContain('- shipping: parcels');
  });

  it('finds one that the prompt leaves out, and labels in a sentence', () => {
    checkRules(`
messages:
  - role: user
    content: "Answer with one of: hot, warm. {{message}}"
                                  ^^^ warning output.labels-differ leaves out \`cold\`
evaluators:
  - { name: label, path: $, oneOf: [hot, warm, cold] }
`);
  });

  it('takes the list of a file', () => {
    checkRules(
      `
messages:
  - role: user
    content: |
      - hot: now
      - tepid: later
        ^^^^^ warning output.labels-differ \`tepid\` is not among
      - cold: never
      {{message}}
evaluators:
  - { name: label, path: $, oneOf: { file: ./labels.json } }
`,
      { facts: { evaluatorFiles: new Map([['./labels.json', { status: 'read', path: 'labels.json', value: ['hot', 'warm', 'cold'] }]]) } },
    );
  });

  it.each([
    ['the same labels', '- billing: a\n      - shipping: b\n      - other: c', 'billing, shipping, other'],
    ['labels in bold, in another order', '- **other**: a\n      - **billing**: b\n      - **shipping**: c', 'billing, shipping, other'],
    ['a list of something else', '- name: the name\n      - date: the date\n      - total: the sum', 'billing, shipping, other'],
    ['one label among other things', '- billing is hard\n      - be polite\n      - use euros', 'billing, shipping, other'],
    ['steps', '1. Read the ticket.\n      2. Choose.\n      3. Answer.', 'billing, shipping, other'],
  ])('says nothing of %s', (_, lines, labels) => {
    checkRules(`messages:\n  - role: system\n    content: |\n      ${lines}\n${schema(labels)}`);
  });
});
