import { describe, expect, it } from 'vitest';
import { parsePromptAt, promptIdOf, severalPrompts, splitPromptId } from '../../../prompts-schema/index.ts';
import { documents, FILE, issues, only, prompts } from './support/promptfoo.ts';

describe('prompts', () => {
  it.each<[string, string, Record<string, string>, readonly string[]]>([
    ['a text', 'prompts: ["Say {{a}}."]\ntests: [{ vars: { a: hi } }]', {}, ['prompt-1 | user: Say hi.']],
    ['one text without a list', 'prompts: Say hi.', {}, ['prompt-1 | user: Say hi.']],
    ['a map', 'prompts: [{ label: greeting, raw: Say hi. }]', {}, ['greeting | user: Say hi.']],
    [
      'labels that are no names',
      'prompts: [{ label: "a/b #1\\n", raw: x }, { label: a-b -1, raw: y }]',
      {},
      ['a-b -1 | user: x', 'a-b -1-2 | user: y'],
    ],
    ['the old map of files', 'prompts: { p.txt: first }', { 'p.txt': 'Hi.' }, ['first | user: Hi.']],
    [
      'a file of several',
      'prompts: [file://p.txt]',
      { 'p.txt': 'One.\n---\nTwo --- here.\n---\n' },
      ['p | user: One.', 'p-2 | user: Two --- here.'],
    ],
    ['a bare path', 'prompts: [prompts/p.md]', { 'prompts/p.md': '# Hi\n---\nthere' }, ['p | user: # Hi\n---\nthere']],
    [
      'messages in JSON',
      'prompts: [file://c.json]\ntests: [{ vars: { a: hi } }]',
      { 'c.json': '[{"role":"system","content":"S"},{"role":"user","content":"{{a}}"}]' },
      ['c | system: S | user: hi'],
    ],
    [
      'messages in YAML',
      'prompts: [file://c.yaml]',
      { 'c.yaml': '- role: developer\n  content: S\n- role: assistant\n  content: A\n' },
      ['c | system: S | assistant: A'],
    ],
    [
      'messages in the file itself',
      `prompts:\n  - '[{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "{{b}}"}]}]'\ntests: [{ vars: { b: c } }]`,
      {},
      ['prompt-1 | user: ac'],
    ],
    ['JSON that is no chat', 'prompts: [file://c.json]', { 'c.json': '{"q": 1}' }, ['c | user: {"q": 1}']],
    [
      'lines of JSON',
      'prompts: [file://c.jsonl]',
      { 'c.jsonl': '[{"role":"user","content":"a"}]\n\n[{"role":"user","content":"b"}]\n' },
      ['c | user: a', 'c-2 | user: b'],
    ],
    [
      'rows of a CSV',
      'prompts: [file://c.csv]',
      { 'c.csv': 'prompt,label\n"Hi, you",first\nBye,\n' },
      ['first | user: Hi, you', 'c | user: Bye'],
    ],
    [
      'files that fit a pattern, each under its name, and under its label where it has one',
      'prompts: ["p/*", { id: "file://p/*.txt", label: all }]',
      { 'p/*': 'p/a.txt\np/b.md\np/c.png', 'p/*.txt': 'p/a.txt', 'p/a.txt': 'A', 'p/b.md': 'B' },
      ['a | user: A', 'b | user: B', 'all: p-a.txt | user: A'],
    ],
    ['a file that nobody has read yet', 'prompts: [file://p.txt, x]', {}, ['p', 'prompt-2 | user: x']],
  ])('%s', (_, text, files, expected) => {
    expect(prompts(text, files)).toEqual(expected);
  });

  it.each<[string, string, Record<string, string>, string]>([
    [
      'a function',
      'prompts: ["file://p.py:make"]',
      {},
      '1 schema.unsupported-value `p.py:make` is code that makes a prompt, and nothing of a repository is executed here. Write its text to a file (.txt, .json) and name that.',
    ],
    [
      'a program',
      'prompts: ["exec:./p.sh"]',
      {},
      '1 schema.unsupported-value `exec:./p.sh` is code that makes a prompt, and nothing of a repository is executed here. Write its text to a file (.txt, .json) and name that.',
    ],
    [
      'a store',
      'prompts: ["langfuse://a@b:chat"]',
      {},
      '1 schema.unsupported-value `langfuse://a@b:chat` is kept elsewhere and not fetched: this prompt cannot be run from here.',
    ],
    [
      'a picture',
      'prompts: [file://c.json]',
      { 'c.json': '[{"role":"user","content":[{"type":"image_url"}]}]' },
      '1 schema.unsupported-value c.json: The content of a message is no text: pictures, sound and calls are not sent. It cannot be sent from here.',
    ],
    [
      'a role from a value',
      `prompts: ['[{"role":"{{r}}","content":"x"}]']`,
      {},
      '1 schema.unsupported-value The role of this message is a value. It cannot be sent from here.',
    ],
    ['nothing', 'prompts: [" "]', {}, '1 schema.wrong-value This prompt is empty.'],
  ])('cannot be sent where it is %s, and that is said', (_, text, files, expected) => {
    expect(issues(text, files)).toEqual([expected]);
    expect(only(text, files).messages).toEqual([]);
  });

  it('with tags around messages is not run: a value could add a message', () => {
    const text = `prompts:\n  - '[{% for m in list %}{"role": "user", "content": "{{m}}"},{% endfor %}]'\n`;
    expect(issues(text)).toMatchObject([expect.stringMatching(/^2 template.unsupported-construct This list of messages is no JSON/)]);
  });

  it('has the places of its text in the config, escapes and indentation aside', () => {
    const text = `prompts:\n  - |\n    Ask about {{ topic }}\n    in {{lang | upper}}.\n  - "a \\"{{b}}\\""\n  - '[{"role": "user", "content": "say \\"{{word}}\\""}]'\n`;
    const names = documents(text).flatMap(({ messages }) =>
      messages.flatMap(({ placeholders }) => placeholders.map(({ nameRange }) => text.slice(nameRange.start, nameRange.end))),
    );
    expect(names).toEqual(['topic', 'lang', 'b', 'word']);
  });

  it('of a file have the place that names it', () => {
    const text = 'prompts: [file://p.txt]\n';
    const [message] = only(text, { 'p.txt': 'Hi {{x}}' }).messages;
    expect(text.slice(message?.content.range.start, message?.content.range.end)).toBe('file://p.txt');
    expect(message?.placeholders.map(({ name, inContent }) => [name, inContent])).toEqual([['x', { start: 3, end: 8 }]]);
  });
});

describe('providers', () => {
  it.each([
    ['openai:gpt-4.1-mini', 'openai/gpt-4.1-mini'],
    ['openai:chat:gpt-4.1-mini', 'openai/gpt-4.1-mini'],
    ['openai:responses:gpt-5', 'openai/gpt-5'],
    ['anthropic:messages:claude-sonnet-4-5', 'anthropic/claude-sonnet-4-5'],
    ['azure:chat:deployment', 'azure-openai/deployment'],
    ['google:gemini-2.5-pro', 'googleai/gemini-2.5-pro'],
    ['openai:image:dall-e-3', undefined],
    ['bedrock:us.amazon.nova-pro-v1:0', undefined],
    ['python:p.py', undefined],
    ['echo', undefined],
  ])('%s is %s', (id, model) => {
    expect(only(`prompts: [x]\nproviders: ['${id}']\n`).model?.value).toBe(model);
  });

  it('with the same settings are called along, with others not, and that is said', () => {
    const text = `prompts: [x]
providers:
  - { id: openai:gpt-4.1, config: { temperature: 0, max_tokens: 5, apiKey: x } }
  - { id: openai:gpt-4.1-mini, config: { max_tokens: 5, temperature: 0, apiKey: x } }
  - { id: openai:gpt-5, config: { temperature: 1 } }
`;
    const { model, moreModels, parameters } = only(text);
    expect([model?.value, moreModels]).toEqual(['openai/gpt-4.1', ['openai/gpt-4.1-mini']]);
    expect(parameters.map(({ name, value }) => [name, value])).toEqual([
      ['temperature', 0],
      ['maxTokens', 5],
    ]);
    expect(issues(text)).toMatchObject([
      expect.stringMatching(/^5 schema.unresolved-value `openai:gpt-5`: called with settings of its own/),
    ]);
  });

  it('are called with tools and a schema; what is not sent is named', () => {
    const text = `prompts: [{ raw: x, label: p, config: { temperature: 0 } }]
targets:
  - id: openai:gpt-4.1
    config:
      temperature: 1
      tools: [{ type: function, function: { name: f, parameters: { type: object } } }, { type: web_search }]
      tool_choice: auto
      response_format: { type: json_schema, json_schema: { name: n, schema: { type: object } } }
`;
    const { parameters, tools, outputSchema } = only(text);
    expect(parameters.map(({ name, value }) => [name, value])).toEqual([['temperature', 0]]);
    expect(tools).toMatchObject({ kind: 'inline', value: [{ function: { name: 'f' } }] });
    expect(outputSchema).toMatchObject({ value: { name: 'n', schema: { type: 'object' } } });
    expect(issues(text)).toEqual([
      '6 schema.unsupported-value Only tools that are functions with a name are sent.',
      '7 schema.unsupported-value `tool_choice`: runs here call the model without it.',
    ]);
  });

  it('may be for some prompts only', () => {
    const text = `prompts: [{ label: a, raw: x }, { label: b, raw: y }]
providers: [{ id: openai:gpt-4.1, prompts: [b] }, anthropic:messages:claude-haiku-4-5]
`;
    expect(documents(text).map(({ model, moreModels }) => [model?.value, moreModels])).toEqual([
      ['anthropic/claude-haiku-4-5', undefined],
      ['openai/gpt-4.1', ['anthropic/claude-haiku-4-5']],
    ]);
  });

  it('that are code are never run', () => {
    expect(issues('prompts: [x]\nproviders: [file://p.js]\n')).toMatchObject([
      expect.stringMatching(/^2 schema.unresolved-value Runs here do not call `file:\/\/p.js`/),
    ]);
  });
});

describe('the file', () => {
  it.each<[string, string]>([
    ['a list', '- x\n'],
    ['something else', 'messages: []\nname: x\n'],
  ])('that is %s is no configuration', (_, text) => {
    expect(issues(text)).toMatchObject([expect.stringMatching(/^1 schema.not-a-prompt/)]);
  });

  it('may have keys that references name, and says of others that nobody reads them', () => {
    expect(issues('prompts: [x]\nshared: { a: { vars: {} } }\ntests: [{ $ref: "#/shared/a" }]\ntets: []\n')).toEqual([
      '4 schema.unknown-key `tets` is not known. Did you mean `tests`?',
    ]);
  });

  it('that is code is named and not executed', () => {
    const text = 'module.exports = { prompts: [process.exit()] };\n';
    expect(severalPrompts('a/promptfooconfig.js', text)).toMatchObject({
      prompts: [],
      whole: { issues: [{ code: 'schema.unsupported-value' }] },
    });
  });

  it('may hold our settings under `evenkeel`', () => {
    expect(only('prompts: [x]\nevenkeel: { tolerances: { $.a: 0.1 }, drift: { samples: 5 } }').drift?.value).toEqual({ samples: 5 });
  });

  it.each([
    ['promptfooconfig.yaml#a', { file: 'promptfooconfig.yaml', name: 'a' }],
    ['x/promptfooconfig.nova.yml#a.prompt.yml', { file: 'x/promptfooconfig.nova.yml', name: 'a.prompt.yml' }],
    ['a#b/promptfooconfig.json#c', { file: 'a#b/promptfooconfig.json', name: 'c' }],
    ['promptfooconfig.yaml', { file: 'promptfooconfig.yaml' }],
    ['a#b.prompt.yml', { file: 'a#b.prompt.yml' }],
  ])('%s is split into file and name', (id, parts) => {
    expect(splitPromptId(id)).toEqual(parts);
    expect(promptIdOf(parts.file, 'name' in parts ? parts.name : undefined)).toBe(id);
  });

  it('is one document for each prompt, and one that names those it has where there is none of the name', () => {
    const text = 'prompts: [{ label: a, raw: x }, { label: b, raw: y }]\n';
    expect(parsePromptAt(`${FILE}#b`, text).messages.map(({ content }) => content.value)).toEqual(['y']);
    expect(parsePromptAt(FILE, text).messages.map(({ content }) => content.value)).toEqual(['x', 'y']);
    expect(parsePromptAt(`${FILE}#c`, text).issues.map(({ message }) => message)).toEqual([
      'No prompt of this file is called `c`. It has `a`, `b`.',
    ]);
  });
});
