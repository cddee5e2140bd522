import { describe, expect, it } from 'vitest';
import { isPromptFile, parsePrompt, promptFormatOf } from '../../prompts-schema/index.ts';
import { checkIssues } from './checkIssues.ts';

const HEAD = 'messages:\n  - role: user\n    content: hi\n';

describe('which files are prompts', () => {
  it.each([
    ['a.prompt.yml', 'native'],
    ['.github/prompts/b.PROMPT.YAML', 'native'],
    ['c:\\x\\d.prompt.yaml', 'native'],
    ['.prompt.yml', 'native'],
    ['a.yml', undefined],
    ['prompt.yml', undefined],
    ['a.prompt.yml.lock', undefined],
    ['a.prompt', 'dotprompt'],
    ['_a.prompt', undefined],
    ['a.prompty', 'prompty'],
  ])('%s', (path, format) => {
    expect(promptFormatOf(path)).toBe(format);
    expect(isPromptFile(path)).toBe(format !== undefined);
  });
});

describe('a complete prompt', () => {
  const document = parsePrompt(`name: Ticket triage
description: Routes tickets
version: 1.4.0
model: anthropic/claude-haiku-4-5
modelParameters: { temperature: 0, max_tokens: 400 }
inputs:
  ticket: { type: string, trusted: false, description: the message }
  team: string
  other:
messages:
  - role: system
    content: Route the ticket.
  - role: user
    content: "<ticket>{{ticket}}</ticket>"
jsonSchema: { file: ./triage.schema.json }
tools: { file: ./tools.json }
dataset: ./triage.cases.jsonl
testData:
  - { id: first, ticket: broken, expected: { team: it } }
  - ticket: late
tolerances: { $.confidence: 0.05, $.tags: set }
drift: { samples: 3, baseline: 10, daily: { cases: 20, seed: 1 } }
decision: { reversible: false, volume: low, confidence: $.confidence, threshold: 0.85 }
monitor: { fields: [$.team], refusals: true }
delivery: { queue: bullmq, idempotencyKey: ticket_id, deadLetter: true, evidence: src/worker.ts }
`);

  it('has no issue', () => expect(document.issues).toEqual([]));

  it('is read with every field', () => {
    expect(document.name?.value).toBe('Ticket triage');
    expect(document.version?.value).toBe('1.4.0');
    expect(document.model?.value).toBe('anthropic/claude-haiku-4-5');
    expect(document.parameters.map(({ name, writtenName, value }) => [name, writtenName, value])).toEqual([
      ['temperature', 'temperature', 0],
      ['maxTokens', 'max_tokens', 400],
    ]);
    expect(document.inputs?.map(({ name, type, trusted, description }) => [name, type, trusted, description])).toEqual([
      ['ticket', 'string', false, 'the message'],
      ['team', 'string', undefined, undefined],
      ['other', undefined, undefined, undefined],
    ]);
    expect(document.messages.map(({ role, content }) => [role.value, content.value])).toEqual([
      ['system', 'Route the ticket.'],
      ['user', '<ticket>{{ticket}}</ticket>'],
    ]);
    expect(document.outputSchema).toMatchObject({ kind: 'file', path: { value: './triage.schema.json' } });
    expect(document.tools).toMatchObject({ kind: 'file', path: { value: './tools.json' } });
    expect(document.dataset?.value).toBe('./triage.cases.jsonl');
    expect(document.testData?.map(({ id, idIsOwn, variables, expected }) => [id, idIsOwn, variables, expected])).toEqual([
      ['first', true, { ticket: 'broken' }, { team: 'it' }],
      [expect.stringMatching(/^[0-9a-f]{12}$/), false, { ticket: 'late' }, undefined],
    ]);
    expect(document.drift?.value).toEqual({ samples: 3, baseline: 10, daily: { cases: 20, seed: 1 } });
  });

  it('points at what it read', () => {
    const slice = (range: { start: number; end: number } | undefined) => document.text.slice(range?.start, range?.end);
    expect(slice(document.name?.range)).toBe('Ticket triage');
    expect(slice(document.parameters[1]?.keyRange)).toBe('max_tokens');
    expect(slice(document.messages[1]?.content.range)).toBe('"<ticket>{{ticket}}</ticket>"');
    expect(slice(document.messages[1]?.placeholders[0]?.range)).toBe('{{ticket}}');
    expect(slice(document.messages[1]?.placeholders[0]?.nameRange)).toBe('ticket');
    expect(slice(document.testData?.[0]?.range)).toBe('{ id: first, ticket: broken, expected: { team: it } }');
  });
});

describe('issues of the keys', () => {
  it.each([
    ['an unknown key', `${HEAD}modle: x\n^^^^^ schema.unknown-key Did you mean \`model\`?`],
    ['an unknown key without a neighbour', `${HEAD}zzzzzz: x\n^^^^^^ schema.unknown-key \`zzzzzz\` is not known.`],
    ['__proto__ is a key like any other', `${HEAD}__proto__: x\n^^^^^^^^^ schema.unknown-key`],
    ['a key given twice', `${HEAD}name: a\nname: b\n^^^^ schema.duplicate-key only the first`],
    ['a version that is a number', `${HEAD}version: 1.10\n         ^^^^ schema.wrong-type in quotes`],
    ['a name that is a number is a name', `${HEAD}name: 2024`],
    ['a name that is a list', `${HEAD}name: [a]\n      ^^^ schema.wrong-type not a list`],
    ['no messages', 'name: x\n^^^^ schema.missing-key messages'],
    ['messages that are a map', 'messages: { role: user }\n          ^^^^^^^^^^^^^^ schema.wrong-type is a list'],
    ['messages that are empty', 'messages: []\n^^^^^^^^ schema.wrong-value at least one'],
    ['a role that is none', 'messages:\n  - role: usr\n          ^^^ schema.wrong-value system, user, assistant\n    content: hi'],
    ['a message without a role', 'messages:\n  - content: hi\n    ^^^^^^^ schema.missing-key `messages[0].role`'],
    [
      'content without quotes',
      'messages:\n  - role: user\n    content: {{ticket}}\n             ^^^^^^^^^^ schema.wrong-type needs quotes',
    ],
    ['content that is nothing', 'messages:\n  - role: user\n    content:\n    ^^^^^^^ schema.wrong-type nothing is given'],
    ['content that is a number', 'messages:\n  - role: user\n    content: 5\n             ^ schema.wrong-type a text'],
    [
      'a message with another key',
      'messages:\n  - role: user\n    content: a\n    contents: b\n    ^^^^^^^^ schema.unknown-key Did you mean `content`?',
    ],
    ['a temperature that is too high', `${HEAD}modelParameters:\n  temperature: 3\n               ^ schema.wrong-value at most 2`],
    ['a temperature in quotes', `${HEAD}modelParameters:\n  temperature: "0.2"\n               ^^^^^ schema.wrong-type a number`],
    ['a parameter that is none', `${HEAD}modelParameters:\n  temprature: 1\n  ^^^^^^^^^^ schema.unknown-key \`temperature\``],
    [
      'one parameter in two spellings',
      `${HEAD}modelParameters:\n  maxTokens: 1\n  max_tokens: 2\n  ^^^^^^^^^^ schema.duplicate-key same parameter`,
    ],
    ['every spelling of GitHub', `${HEAD}modelParameters: { maxCompletionTokens: 5, top_p: 1, temperature: 0 }`],
    ['an input of an unknown type', `${HEAD}inputs:\n  a: { type: strng }\n             ^^^^^ schema.wrong-value string, number`],
    ['an input with an unknown key', `${HEAD}inputs:\n  a: { trust: true }\n       ^^^^^ schema.unknown-key \`trusted\``],
    ['a wrong setting', `${HEAD}drift: { samples: 0 }\n                  ^ schema.wrong-value at least 1`],
    ['an unknown setting', `${HEAD}monitor: { field: [a] }\n           ^^^^^ schema.unknown-key \`fields\``],
    ['a tolerance that is no path', `${HEAD}tolerances: { team: set }\n              ^^^^ schema.wrong-value begins with $`],
    ['a row that is no map', `${HEAD}testData:\n  - a\n    ^ dataset.invalid-row`],
    ['two rows with one id', `${HEAD}testData:\n  - { id: a, x: 1 }\n  - { id: a, x: 2 }\n      ^^ dataset.duplicate-id`],
    ['an empty testData', `${HEAD}testData:\n`],
    ['an alias that is shared', `${HEAD}testData:\n  - &a { x: 1 }\n  - *a\n`],
    ['a merge key is a plain key', `${HEAD}testData:\n  - { <<: 1 }`],
  ])('%s', (_, marked) => checkIssues(marked));

  it('reads a message left out of two', () => {
    const { messages } = parsePrompt('messages:\n  - role: tool\n    content: a\n  - role: user\n    content: b\n');
    expect(messages.map(({ content }) => content.value)).toEqual(['b']);
  });

  it('names the nearest key for a fix', () => {
    expect(parsePrompt(`${HEAD}modle: x`).issues[0]?.data).toEqual({ key: 'modle', nearest: 'model' });
  });
});

describe('files that are no prompt', () => {
  it.each([
    ['', 'schema.missing-key'],
    ['# only a comment\n', 'schema.missing-key'],
    ['- a\n- b\n', 'schema.not-a-prompt'],
    ['just text', 'schema.not-a-prompt'],
    ['jobs:\n  build: {}\n', 'schema.not-a-prompt'],
  ])('%j', (text, code) => expect(parsePrompt(text).issues.map((issue) => issue.code)).toEqual([code]));
});

describe('syntax errors say what to do', () => {
  it.each([
    ['content: {{ticket}} is late', 'needs quotes'],
    ['name: "never closed', 'never closed'],
    ['name: a: b', 'two keys on this line'],
    ['\tname: a', 'spaces'],
    ['name: @you', 'Put it in quotes'],
    ['name: *star', 'anchor'],
    ['a: &x [*x]', 'holds itself'],
    ['a: 1\n---\nb: 2', 'second YAML document'],
    ['name: "a\\qb"', 'backslash'],
    ['evaluators:\n  - { path: $.a[*].b, notEmpty: true }', 'with brackets needs quotes'],
  ])('%j', (text, words) => {
    const found = parsePrompt(text).issues.filter(({ code }) => code === 'schema.syntax');
    expect(found.map(({ message }) => message).join('\n')).toContain(words);
    expect(found.length).toBeLessThanOrEqual(2);
  });

  it('keeps what stands above the error', () => {
    const { name, messages, issues } = parsePrompt(`name: kept\n${HEAD}model: a: b\n`);
    expect([name?.value, messages.length]).toEqual(['kept', 1]);
    expect(issues.map(({ code }) => code)).toEqual(['schema.syntax']);
  });
});

describe('responseFormat and jsonSchema', () => {
  it.each([
    ['a format that is none', `${HEAD}responseFormat: json\n                ^^^^ schema.wrong-value json_object`],
    ['json_schema without one', `${HEAD}responseFormat: json_schema\n                ^^^^^^^^^^^ schema.missing-key needs the schema`],
    ['text that is no JSON', `${HEAD}jsonSchema: '{"name": x}'\n                      ^ schema.invalid-json double quotes`],
    [
      'JSON that is wrong deep in a block',
      `${HEAD}jsonSchema: |-\n  {\n    "name": "a",\n    "schema": { "type": "object", }\n                                  ^ schema.invalid-json comma\n  }`,
    ],
    ['a wrapper without a name', `${HEAD}jsonSchema: '{"schema": {"type": "object"}}'\n^^^^^^^^^^ schema.missing-key \`name\``],
    ['a wrapper without a schema', `${HEAD}jsonSchema: '{"name": "a", "strict": true}'\n^^^^^^^^^^ schema.missing-key \`schema\``],
    ['a path', `${HEAD}jsonSchema: ./a.schema.json\n            ^^^^^^^^^^^^^^^ schema.invalid-json { file: ./a.schema.json }`],
    ['a list', `${HEAD}jsonSchema: [1]\n            ^^^ schema.wrong-type a JSON Schema`],
  ])('%s', (_, marked) => checkIssues(marked));

  it.each([
    [
      'the wrapper as text',
      `jsonSchema: '{"name": "a", "strict": true, "schema": {"type": "object"}}'`,
      { name: 'a', strict: true, schema: { type: 'object' } },
    ],
    ['the bare schema as text', `jsonSchema: '{"type": "object"}'`, { name: 'my_prompt', strict: undefined, schema: { type: 'object' } }],
    [
      'the wrapper inline',
      'jsonSchema: { name: a, schema: { type: object } }',
      { name: 'a', strict: undefined, schema: { type: 'object' } },
    ],
    [
      'the bare schema inline',
      'jsonSchema: { properties: { a: {} } }',
      { name: 'my_prompt', strict: undefined, schema: { properties: { a: {} } } },
    ],
  ])('%s', (_, line, value) => {
    const { outputSchema, issues } = parsePrompt(`name: My prompt!\n${HEAD}${line}`);
    expect(issues).toEqual([]);
    expect(outputSchema).toMatchObject({ kind: 'inline', value });
  });
});
