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
    expect(ordered.find(({ label }) => label === 'openai/gpt-4o-mini')?.detail).toBe(
      'Shuts down on 14 January 2027, in 53 days. $0.15 in and $0.60 out per million (prices of 23 Sep 2026).',
    );
  });

  it.each([
    ['prose', 'messages:\n  - role: user\n    content: |\n      hello ¦\n'],
    ['a comment', '# mod¦\n'],
  ])('nothing in %s', async (_, text) => {
    expect(await labels(text)).toEqual([]);
  });
});

describe('completion in every format, chosen and applied', () => {
  const schema =
    '{ type: object, properties: { team: { type: string }, tags: { type: array, items: { type: object, properties: { name: { type: string } } } } } }';
  it.each<[string, string, string, string, string]>([
    ['a key of Dotprompt', 'a.prompt', '---\nmod¦\n---\nhi\n', 'model', '---\nmodel: $1\n---\nhi\n'],
    [
      'a key below one of Dotprompt',
      'a.prompt',
      '---\ninput:\n  sch¦\n---\nhi\n',
      'schema',
      '---\ninput:\n  schema:\n  $1\n---\nhi\n' /* the editor adds the line's own indentation */,
    ],
    [
      'a parameter of Dotprompt',
      'a.prompt',
      '---\nconfig:\n  temp¦\n---\nhi\n',
      'temperature',
      '---\nconfig:\n  temperature: $1\n---\nhi\n',
    ],
    ['a model of Dotprompt', 'a.prompt', '---\nmodel: ¦\n---\nhi\n', 'openai/gpt-4o-mini', '---\nmodel: openai/gpt-4o-mini\n---\nhi\n'],
    [
      'an evaluator of ours, in Dotprompt',
      'a.prompt',
      '---\nevenkeel.evaluators:\n  - name: x\n    notE¦\n---\nhi\n',
      'notEmpty',
      '---\nevenkeel.evaluators:\n  - name: x\n    notEmpty: true\n---\nhi\n',
    ],
    [
      'a variable of Dotprompt',
      'a.prompt',
      '---\ninput:\n  schema:\n    name: string\n---\nHello {{na¦\n',
      'name',
      '---\ninput:\n  schema:\n    name: string\n---\nHello {{name}}\n',
    ],
    [
      'the item of a loop',
      'a.prompt',
      '{{#each items as |item|}}\n{{it¦}}\n{{/each}}\n',
      'item',
      '{{#each items as |item|}}\n{{item}}\n{{/each}}\n',
    ],
    ['a helper', 'a.prompt', '{{js¦}}\n', 'json', '{{json}}\n'],
    ['a block', 'a.prompt', '{{#un¦\n', 'unless', '{{#unless $1}}$0{{/unless\\}\\}\n'],
    ['a role', 'a.prompt', '{{role "sy¦\n', 'system', '{{role "system"}}\n'],
    ['a key of Prompty', 'a.prompty', '---\nname: x\ninp¦\n---\nuser:\nhi\n', 'inputs', '---\nname: x\ninputs:\n  $1\n---\nuser:\nhi\n'],
    [
      'the kind of an input',
      'a.prompty',
      '---\ninputs:\n  name:\n    kind: ¦\n---\nuser:\nhi\n',
      'array',
      '---\ninputs:\n  name:\n    kind: array\n---\nuser:\nhi\n',
    ],
    [
      'a model of Prompty',
      'a.prompty',
      '---\nmodel:\n  id: ¦\n---\nuser:\nhi\n',
      'openai/gpt-4o-mini',
      '---\nmodel:\n  id: openai/gpt-4o-mini\n---\nuser:\nhi\n',
    ],
    [
      'a variable of Jinja',
      'a.prompty',
      '---\ninputs:\n  name: Jane\n---\nuser:\nHi {{ na¦\n',
      'name',
      '---\ninputs:\n  name: Jane\n---\nuser:\nHi {{ name }}\n',
    ],
    [
      'a filter of Jinja',
      'a.prompty',
      '---\nname: x\n---\nuser:\n{{ name | up¦ }}\n',
      'upper',
      '---\nname: x\n---\nuser:\n{{ name | upper }}\n',
    ],
    [
      'a test of Jinja',
      'a.prompty',
      '---\nname: x\n---\nuser:\n{% if name is de¦ %}x{% endif %}\n',
      'defined',
      '---\nname: x\n---\nuser:\n{% if name is defined %}x{% endif %}\n',
    ],
    ['a tag of Jinja', 'a.prompty', '---\nname: x\n---\nuser:\n{% endf¦ %}\n', 'endfor', '---\nname: x\n---\nuser:\n{% endfor %}\n'],
    [
      'what a loop of Jinja gives',
      'a.prompty',
      '---\nname: x\n---\nuser:\n{% for one in all %}{{ lo¦ }}{% endfor %}\n',
      'loop',
      '---\nname: x\n---\nuser:\n{% for one in all %}{{ loop }}{% endfor %}\n',
    ],
    [
      'a variable of Mustache, in a section',
      'a.prompty',
      '---\ninputs:\n  items: [a]\ntemplate: mustache\n---\nuser:\n{{#it¦\n',
      'items',
      '---\ninputs:\n  items: [a]\ntemplate: mustache\n---\nuser:\n{{#items}}\n',
    ],
    [
      'a key of a promptfoo configuration',
      'promptfooconfig.yaml',
      'prompts: [a]\ndefaultT¦\n',
      'defaultTest',
      'prompts: [a]\ndefaultTest:\n  $1\n',
    ],
    [
      'a kind of assertion',
      'promptfooconfig.yaml',
      'prompts: [a]\ntests:\n  - assert:\n      - type: icon¦\n',
      'icontains',
      'prompts: [a]\ntests:\n  - assert:\n      - type: icontains\n',
    ],
    [
      'a provider',
      'promptfooconfig.yaml',
      'prompts: [a]\nproviders:\n  - open¦\n',
      'openai:gpt-4o-mini',
      'prompts: [a]\nproviders:\n  - openai:gpt-4o-mini\n',
    ],
    [
      'a variable of the tests',
      'promptfooconfig.yaml',
      'prompts:\n  - "Hi {{ na¦"\ntests:\n  - vars: { name: Jane }\n',
      'name',
      'prompts:\n  - "Hi {{ name }}"\ntests:\n  - vars: { name: Jane }\n',
    ],
    [
      'a path of the schema',
      'a.prompt.yml',
      `messages: []\njsonSchema: ${schema}\nevaluators:\n  - name: x\n    path: $.te¦\n`,
      '$.team',
      `messages: []\njsonSchema: ${schema}\nevaluators:\n  - name: x\n    path: $.team\n`,
    ],
    [
      'a path into a list, between braces',
      'a.prompt.yml',
      `messages: []\njsonSchema: ${schema}\nevaluators:\n  - { name: x, path: ¦ }\n`,
      '$.tags[*].name',
      `messages: []\njsonSchema: ${schema}\nevaluators:\n  - { name: x, path: "$.tags[*].name" }\n`,
    ],
    [
      'a path in quotes',
      'a.prompt.yml',
      `messages: []\njsonSchema: ${schema}\nevaluators:\n  - { name: x, path: "$¦" }\n`,
      '$.team',
      `messages: []\njsonSchema: ${schema}\nevaluators:\n  - { name: x, path: "$.team" }\n`,
    ],
    [
      'a column of the cases',
      'a.prompt.yml',
      'dataset: ./cases.jsonl\nevaluators:\n  - name: x\n    equals: { case: ¦ }\n',
      'expected.team',
      'dataset: ./cases.jsonl\nevaluators:\n  - name: x\n    equals: { case: expected.team }\n',
    ],
    [
      'the confidence of the answer',
      'a.prompt.yml',
      `messages: []\njsonSchema: ${schema}\ndecision:\n  confidence: ¦\n`,
      '$.team',
      `messages: []\njsonSchema: ${schema}\ndecision:\n  confidence: $.team\n`,
    ],
  ])('%s', async (_, file, text, label, expected) => {
    expect(await complete(text, label, file)).toBe(expected);
  });

  it('partials by the names that the prompt can give them, nearest first', async () => {
    await using server = await openServer({
      files: { 'p/_near.prompt': 'a', 'p/q/_deep.prompt': 'b', '_far.prompt': 'c', 'node_modules/_no.prompt': 'd' },
    });
    await server.open('p/a.prompt', 'x {{> ¦\n');
    const items = await server.completions('p/a.prompt');
    expect(items.map(({ label }) => label)).toEqual(['near', 'q/deep', 'far']);
    expect(await server.complete('p/a.prompt', 'q/deep')).toBe('x {{> q/deep}}\n');
  });

  it.each([
    ['a comment of the template', 'a.prompt', '{{! na¦ }}\n'],
    ['a string', 'a.prompt', '{{json "na¦"}}\n'],
    ['text between tags', 'a.prompty', '---\nname: x\n---\nuser:\nmod¦\n'],
    ['a property', 'a.prompty', '---\nname: x\n---\nuser:\n{{ name.fi¦ }}\n'],
  ])('nothing in %s', async (_, file, text) => {
    expect(await labels(text, file)).toEqual([]);
  });
});
