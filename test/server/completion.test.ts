import { describe, expect, it } from 'vitest';
import { openServer, type TestServer } from './support/client.ts';

const FILES = { 'cases.jsonl': '{"id":"1","ticket":"late","lang":"en","expected":{"team":"billing"}}\n' };

async function withText<T>(text: string, use: (server: TestServer, file: string) => Promise<T>, file = 'a.prompt.yml'): Promise<T> {
  await using server = await openServer({ files: FILES });
  await server.open(file, text);
  const result = await use(server, file);
  expect(server.failures).toEqual([]);
  return result;
}

const complete = (text: string, label: string, file?: string) => withText(text, (server, name) => server.complete(name, label), file);
const labels = (text: string, file?: string) =>
  withText(text, async (server, name) => (await server.completions(name)).map(({ label }) => label), file);

describe('completion, chosen and applied', () => {
  it.each<[string, string, string, string]>([
    ['a top key', 'name: x\nmod¦', 'model', 'name: x\nmodel: $1'],
    ['a key of a list item', 'messages:\n  - role: user\n    con¦', 'content', 'messages:\n  - role: user\n    content: $1'],
    ['a new list item', 'messages:\n  ¦', 'role', `messages:\n  - role: \${1|system,user,assistant|}`],
    [
      'a key with listed values',
      'messages: []\nrespon¦',
      'responseFormat',
      `messages: []\nresponseFormat: \${1|text,json_object,json_schema|}`,
    ],
    ['a role', 'messages:\n  - role: us¦', 'user', 'messages:\n  - role: user'],
    ['a value right behind the colon', 'responseFormat:¦', 'json_object', 'responseFormat: json_object'],
    ['a model', 'model: openai/gpt-4¦', 'openai/gpt-4o-mini', 'model: openai/gpt-4o-mini'],
    ['a model of the sandbox', 'model: ¦', 'sandbox/extractor-2026-05', 'model: sandbox/extractor-2026-05'],
    ['a key in braces', 'evaluators:\n  - { name: x, pa¦ }\n', 'path', 'evaluators:\n  - { name: x, path: $1 }\n'],
    [
      'a predicate',
      'evaluators:\n  - name: x\n    path: $.a\n    notE¦',
      'notEmpty',
      'evaluators:\n  - name: x\n    path: $.a\n    notEmpty: true',
    ],
    [
      'a variable',
      'messages:\n  - role: user\n    content: "{{ti¦"\ndataset: ./cases.jsonl\n',
      'ticket',
      'messages:\n  - role: user\n    content: "{{ticket}}"\ndataset: ./cases.jsonl\n',
    ],
    [
      'a variable in block text',
      'dataset: ./cases.jsonl\nmessages:\n  - role: user\n    content: |\n      Say {{¦}}\n',
      'lang',
      'dataset: ./cases.jsonl\nmessages:\n  - role: user\n    content: |\n      Say {{lang}}\n',
    ],
    [
      'a declared input',
      'inputs:\n  name: string\nmessages:\n  - role: user\n    content: "{{¦}}"\n',
      'name',
      'inputs:\n  name: string\nmessages:\n  - role: user\n    content: "{{name}}"\n',
    ],
    [
      'the expected value, in an evaluator',
      'dataset: ./cases.jsonl\nmessages:\n  - role: user\n    content: hi\nevaluators:\n  - name: x\n    string: { contains: "{{¦}}" }\n',
      'expected',
      'dataset: ./cases.jsonl\nmessages:\n  - role: user\n    content: hi\nevaluators:\n  - name: x\n    string: { contains: "{{expected}}" }\n',
    ],
  ])('%s', async (_, text, label, expected) => {
    expect(await complete(text, label)).toBe(expected);
  });

  it('a key of evenkeel.yml', async () => {
    expect(await complete('budgets:\n  run:\n    maxC¦', 'maxCost', 'evenkeel.yml')).toBe('budgets:\n  run:\n    maxCost: $1');
  });
});

describe('what is offered', () => {
  it('keys that are there already are not', async () => {
    const offered = await labels('name: x\nmodel: y\n¦');
    expect(offered).toContain('messages');
    expect(offered).not.toContain('name');
  });

  it('parameters in the spelling of the file, each once', async () => {
    expect(await labels('modelParameters:\n  ¦')).toEqual(expect.arrayContaining(['maxTokens', 'topP']));
    expect(await labels('modelParameters:\n  ¦')).not.toContain('max_tokens');
    const snake = await labels('modelParameters:\n  max_tokens: 5\n  ¦');
    expect(snake).toContain('top_p');
    expect(snake).not.toContain('maxTokens');
  });

  it('an evaluator with a check is offered no second one', async () => {
    const offered = await labels('evaluators:\n  - name: x\n    equals: 1\n    ¦');
    expect(offered).toEqual(expect.arrayContaining(['must', 'path']));
    expect(offered).not.toContain('contains');
    expect(await labels('evaluators:\n  - json: true\n    ¦')).not.toContain('path');
  });

  it('models: steady ones first, those announced to end last and struck through, retired ones not at all', async () => {
    const items = await withText('model: ¦', (server, file) => server.completions(file));
    const ordered = [...items].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
    const struck = ordered.map(({ tags }) => tags?.includes(1) ?? false);
    expect(struck).toContain(true);
    expect(struck.indexOf(true)).toBeGreaterThan(struck.lastIndexOf(false));
    expect(ordered.map(({ label }) => label)).not.toContain('openai/gpt-3.5-turbo-0301');
    expect(ordered.find(({ label }) => label === 'openai/gpt-4o-mini')?.detail).toBe('Shuts down on 14 January 2027, in 53 days.');
  });

  it.each([
    ['prose', 'messages:\n  - role: user\n    content: |\n      hello ¦\n'],
    ['a comment', '# mod¦\n'],
  ])('nothing in %s', async (_, text) => {
    expect(await labels(text)).toEqual([]);
  });
});
