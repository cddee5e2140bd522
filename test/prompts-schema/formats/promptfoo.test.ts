import { describe, expect, it } from 'vitest';
import {
  type EvaluatorSpec,
  type IncludedFiles,
  type PromptDocument,
  parsePromptAt,
  promptIdOf,
  renderPrompt,
  severalPrompts,
  splitPromptId,
} from '../../../prompts-schema/index.ts';

const FILE = 'promptfooconfig.yaml';

function included(files: Readonly<Record<string, string>>): IncludedFiles {
  return new Map(Object.entries(files).map(([path, value]) => [path, { status: 'read', path, value }] as const));
}

/** Every prompt of a configuration: `name | role: text | role: text`, in the words of its first case. */
function prompts(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return documents(text, files).map((document) => {
    const { messages, problem } = renderPrompt(document, document.testData?.[0]?.variables ?? {});
    return [document.key, ...(problem ? [`! ${problem.message}`] : messages.map(({ role, content }) => `${role}: ${content}`))].join(' | ');
  });
}

function documents(text: string, files: Readonly<Record<string, string>> = {}): readonly PromptDocument[] {
  return severalPrompts(FILE, text, included(files))?.prompts.map(({ document }) => document()) ?? [];
}

function only(text: string, files: Readonly<Record<string, string>> = {}): PromptDocument {
  const [document] = documents(text, files);
  if (!document) throw new Error('There is no prompt.');
  return document;
}

/** `line code words` of every issue of the file as a whole. */
function issues(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const whole = severalPrompts(FILE, text, included(files))?.whole;
  return whole?.issues.map(({ code, message, range }) => `${whole.lines.lineNumber(range.start)} ${code} ${message}`) ?? [];
}

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
    ['a file that nobody has read yet', 'prompts: [file://p.txt, x]', {}, ['p', 'prompt-2 | user: x']],
  ])('%s', (_, text, files, expected) => {
    expect(prompts(text, files)).toEqual(expected);
  });

  it.each<[string, string, Record<string, string>, string]>([
    [
      'a function',
      'prompts: ["file://p.py:make"]',
      {},
      '1 schema.unsupported-value `p.py:make` is code that makes a prompt; nothing of a repository is executed here.',
    ],
    [
      'a program',
      'prompts: ["exec:./p.sh"]',
      {},
      '1 schema.unsupported-value `exec:./p.sh` is code that makes a prompt; nothing of a repository is executed here.',
    ],
    [
      'a store',
      'prompts: ["langfuse://a@b:chat"]',
      {},
      '1 schema.unsupported-value `langfuse://a@b:chat` is kept elsewhere and not fetched: this prompt cannot be run from here.',
    ],
    [
      'a pattern',
      'prompts: ["file://p/*.txt"]',
      {},
      '1 schema.unsupported-value `p/*.txt` stands for several files. Name each file, so that each prompt has a name.',
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

/** `a=1 b=2` for every case. */
function cases(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return (only(text, files).testData ?? []).map(({ variables }) =>
    Object.entries(variables)
      .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' '),
  );
}

describe('tests', () => {
  const P = 'prompts: ["{{a}}{{b}}"]\n';
  it.each<[string, string, Record<string, string>, readonly string[]]>([
    ['are cases', 'tests: [{ vars: { a: 1, b: x } }, { vars: { a: 2 } }]', {}, ['a=1 b=x', 'a=2']],
    ['have what the default adds', 'defaultTest: { vars: { a: d, b: e } }\ntests: [{ vars: { b: x } }]', {}, ['a=d b=x']],
    ['multiply lists of texts', 'tests: [{ vars: { a: [x, y], b: ["1", "2"] } }]', {}, ['a=x b=1', 'a=x b=2', 'a=y b=1', 'a=y b=2']],
    ['keep lists of anything else', 'tests: [{ vars: { a: [1, 2], b: [{ c: d }] } }]', {}, ['a=[1,2] b=[{"c":"d"}]']],
    ['keep lists where they are told to', 'tests: [{ vars: { a: [x, y] }, options: { disableVarExpansion: true } }]', {}, ['a=["x","y"]']],
    ['keep names that mean something elsewhere', 'tests: [{ vars: { id: 7, expected: y } }]', {}, ['id=7 expected=y']],
    [
      'come from YAML, JSON and lines of JSON',
      'tests: [file://t.yaml, t.json, file://t.jsonl]',
      { 't.yaml': '- vars: { a: 1 }', 't.json': '[{"vars":{"a":2}}]', 't.jsonl': '{"vars":{"a":3}}\n' },
      ['a=1', 'a=2', 'a=3'],
    ],
    ['come from a file that names a file', 'tests: file://t.yaml', { 't.yaml': '- file://u.csv\n', 'u.csv': 'a,b\n1,2\n' }, ['a=1 b=2']],
    ['come from a CSV', 'tests: file://t.csv', { 't.csv': 'a,__expected,__description,__metadata:x,b\n1,z,d,m,2\n' }, ['a=1 b=2']],
    [
      'have texts of files',
      'tests: [{ vars: { a: file://a.txt, b: file://b.yaml } }]',
      { 'a.txt': ' text\n', 'b.yaml': 'k: v' },
      ['a=text b={"k":"v"}'],
    ],
    ['have their variables in a file', 'tests: [{ vars: file://v.yaml }]', { 'v.yaml': 'a: 1\nb: 2' }, ['a=1 b=2']],
    [
      'multiply scenarios',
      'scenarios: [{ config: [{ vars: { a: x } }, { vars: { a: y } }], tests: [{ vars: { b: 1 } }, { vars: { b: 2 } }] }]',
      {},
      ['a=x b=1', 'a=x b=2', 'a=y b=1', 'a=y b=2'],
    ],
    ['have scenarios after them', 'tests: [{ vars: { a: t } }]\nscenarios: [{ config: [{ vars: { a: s } }] }]', {}, ['a=t', 'a=s']],
    ['follow references', 'tests: [{ $ref: "#/common/one" }]\ncommon: { one: { vars: { a: r } } }', {}, ['a=r']],
    ['merge keys', 'tests: [{ vars: { <<: { a: m, b: m }, b: o } }]', {}, ['a=m b=o']],
  ])('%s', (_, text, files, expected) => {
    expect(cases(P + text, files)).toEqual(expected);
  });

  it('are one case without any where nothing has to be filled in, and none where something has', () => {
    expect(cases('prompts: [hi]')).toEqual(['']);
    expect(cases('prompts: ["{{a}}"]\ndefaultTest: { vars: { a: x } }')).toEqual(['a=x']);
    expect(only('prompts: ["{{a}}"]').testData).toBeUndefined();
  });

  it('may be for some prompts only', () => {
    const text = 'prompts: [{ label: p, raw: x }, { label: q, raw: y }]\ntests: [{ vars: { a: 1 } }, { vars: { a: 2 }, prompts: [q] }]';
    expect(documents(text).map(({ testData }) => testData?.length)).toEqual([1, 2]);
  });

  it('stand for 10,000 cases at most', () => {
    const list = JSON.stringify(Array.from({ length: 101 }, (_, at) => `v${at}`));
    const text = `${P}tests: [{ vars: { a: ${list}, b: ${list} } }]`;
    expect(only(text).testData).toHaveLength(10_000);
    expect(issues(text)).toEqual(['2 schema.too-large The tests stand for more than 10,000 cases; nothing beyond is read.']);
  });

  it.each<[string, string, string]>([
    [
      'a generator',
      'tests: ["file://t.py:make"]',
      '2 schema.unsupported-value `t.py:make` is code; nothing of a repository is executed here. Write what it makes to a file once.',
    ],
    [
      'a generator with settings',
      'tests: [{ path: "file://t.ts:make", config: {} }]',
      '2 schema.unsupported-value Tests that code makes are not read; nothing of a repository is executed here. Write them to a file once.',
    ],
    [
      'a data set elsewhere',
      'tests: ["huggingface://a/b"]',
      '2 schema.unsupported-value `huggingface://a/b` is kept elsewhere and not fetched. Download it once, and name the file.',
    ],
    [
      'a value with tags',
      'tests: [{ vars: { a: "{{b}}" } }]',
      '2 template.unsupported-construct The value of `a` holds template tags. promptfoo would fill them in; here values are put in as they are, and never read as templates.',
    ],
    [
      'a sound',
      'tests: [{ vars: { a: file://a.wav } }]',
      '2 schema.unsupported-value `a.wav` is no text: `a` is the name of the file here.',
    ],
    [
      'a prefix',
      'tests: [{ vars: { a: 1 }, options: { prefix: x } }]',
      '2 schema.unsupported-value `prefix` is not put before the prompt. Write it into the prompt.',
    ],
    [
      'a slip',
      'tests: [{ vars: { a: 1 }, asserts: [] }]',
      '2 schema.unknown-key `asserts` is not known in `tests`. Did you mean `assert`?',
    ],
    [
      'a reference to itself',
      'tests: [{ $ref: "#/x" }]\nx: { vars: { a: { $ref: "#/x" } } }',
      '3 schema.wrong-value `#/x` refers to itself. Write the value out.',
    ],
  ])('that need what is not done here say so: %s', (_, text, expected) => {
    expect(issues(P + text)).toEqual([expected]);
  });

  it('whose references multiply without end are refused', () => {
    const levels = Array.from({ length: 30 }, (_, at) => `x${at}: { a: { $ref: "#/x${at + 1}" }, b: { $ref: "#/x${at + 1}" } }`).join('\n');
    const text = `${P}tests: [{ vars: { a: { $ref: "#/x0" } } }]\n${levels}\nx30: { v: 1 }\n`;
    expect(issues(text)).toMatchObject([
      expect.stringMatching(/schema.wrong-value From here on `\$ref` stands for more than 10000 values/),
    ]);
  });
});

/** Evaluators in one line each: `not icontains "x" of 2 cases`. */
function checks(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return only(text, files).evaluators.map(words);
}

function words(spec: EvaluatorSpec): string {
  const operand =
    'operand' in spec && typeof spec.operand !== 'string'
      ? [
          spec.operand.from === 'literal' || spec.operand.from === 'template'
            ? `${spec.operand.from === 'template' ? '~' : ''}${JSON.stringify(spec.operand.value)}`
            : spec.operand.from,
        ]
      : [];
  return [
    ...(spec.negated ? ['not'] : []),
    spec.kind,
    ...operand,
    ...(spec.kind === 'set' ? [`(${spec.parts.map(words).join(', ')})`] : []),
    ...('threshold' in spec && spec.threshold !== undefined ? [`>= ${spec.threshold}`] : []),
    ...(spec.weight === undefined ? [] : [`weight ${spec.weight}`]),
    ...(spec.cases ? [`of ${spec.cases.length}`] : []),
  ].join(' ');
}

describe('assertions', () => {
  const one = (assertion: string): string => `prompts: ["{{a}}"]\ntests: [{ vars: { a: 1 }, assert: [${assertion}] }]\n`;

  it.each<[string, string]>([
    ['{ type: equals, value: x }', 'equals "x"'],
    ['{ type: equals, value: 42 }', 'equals "42"'],
    ['{ type: equals, value: { a: 1 } }', 'equals {"a":1}'],
    ['{ type: not-contains, value: "{{a}}" }', 'not contains ~"{{a}}"'],
    ['{ type: contains-any, value: [a, "{{a}}"] }', 'containsAny ~["a","{{a}}"]'],
    ['{ type: icontains-all, value: "a, b" }', 'icontainsAll "a, b"'],
    ['{ type: regex, value: "^a" }', 'matches "^a"'],
    ['{ type: is-json }', 'json true'],
    ['{ type: is-json, value: { type: object } }', 'schema {"type":"object"}'],
    ['{ type: is-json, value: "type: object" }', 'schema {"type":"object"}'],
    ['{ type: contains-json, value: "" }', 'containsJson true'],
    ['{ type: not-is-refusal }', 'not refusal null'],
    ['{ type: word-count, value: { min: 1, max: 3 } }', 'wordCount {"min":1,"max":3}'],
    ['{ type: levenshtein, value: x, threshold: 2 }', 'levenshtein "x" >= 2'],
    ['{ type: rouge-n, value: x, weight: 2 }', 'rougeN "x" weight 2'],
    ['{ type: latency, threshold: 100 }', 'maxLatencyMs 100'],
    ['{ type: cost, threshold: "0.1" }', 'maxCost 0.1'],
    ['{ type: is-sql }', 'foreign'],
    ['{ type: not-javascript, value: "true" }', 'foreign'],
    ['{ type: "promptfoo:redteam:harmful" }', 'foreign'],
    ['{ type: is-valid-openai-tools-call }', 'foreign'],
    ['{ type: contains, value: x, transform: output.trim() }', 'foreign'],
    ['{ type: contains, value: file://x.js }', 'foreign'],
    ['{ type: contains, value: x, weight: 0 }', 'set (contains "x" weight 0)'],
    ['{ type: assert-set, assert: [{ type: contains, value: x }, { type: is-json }] }', 'set (contains "x", json true)'],
    ['{ type: assert-set, threshold: 0.5, weight: 2, assert: [{ type: contains, value: x }] }', 'set (contains "x") >= 0.5 weight 2'],
  ])('%s is %s', (assertion, expected) => {
    expect(checks(one(assertion))).toEqual([expected]);
  });

  it.each<[string, string]>([
    [
      '{ type: contians, value: x }',
      'schema.unsupported-value promptfoo has no assertion `contians`. Did you mean `contains`? It is not scored.',
    ],
    ['{ type: contains }', 'evaluator.wrong-operand `contains` needs a `value`.'],
    ['{ type: latency }', 'evaluator.wrong-operand `latency` needs a `threshold`.'],
    ['{ value: x }', 'schema.missing-key An assertion is a map with a `type`, such as `contains`.'],
    ['{ type: assert-set }', 'evaluator.no-predicate A set of assertions needs a list `assert`.'],
  ])('%s cannot be one: %s', (assertion, expected) => {
    expect(issues(one(assertion))).toEqual([`2 ${expected}`]);
  });

  it('of the default are for all cases, those of a test for its own, and the same twice is one', () => {
    const text = `prompts: ["{{a}}"]
defaultTest: { assert: [{ type: is-json }] }
tests:
  - { vars: { a: [x, y] }, assert: [{ type: contains, value: k }] }
  - { vars: { a: z }, assert: [{ type: contains, value: k }, { type: contains, value: l }] }
  - { vars: { a: w }, options: { disableDefaultAsserts: true } }
`;
    expect(checks(text)).toEqual(['json true of 3', 'contains "k" of 3', 'contains "l" of 1']);
    const { evaluators, testData } = only(text);
    expect(evaluators[2]?.cases).toEqual([testData?.[2]?.id]);
  });

  it('under a threshold are one check: its own before that of the default', () => {
    const text = `prompts: ["{{a}}"]
defaultTest: { threshold: 0.5, assert: [{ type: is-json }] }
tests: [{ vars: { a: x }, assert: [{ type: contains, value: k, weight: 3 }] }, { vars: { a: y }, threshold: 0.9 }]
`;
    expect(checks(text)).toEqual(['set (json true, contains "k" weight 3) >= 0.5 of 1', 'set (json true) >= 0.9 of 1']);
  });

  it('are not scored where code changes the answer or makes the result', () => {
    const of = (extra: string): readonly string[] =>
      checks(`prompts: ["{{a}}"]\ntests: [{ vars: { a: 1 }, assert: [{ type: is-json }], ${extra} }]`);
    expect(of('options: { transform: output.x }')).toEqual(['foreign']);
    expect(of('assertScoringFunction: file://s.js')).toEqual(['foreign']);
    expect(
      checks(
        'prompts: ["{{a}}"]\nproviders: [{ id: openai:gpt-4.1, transform: x }]\ntests: [{ vars: { a: 1 }, assert: [{ type: is-json }] }]',
      ),
    ).toEqual(['foreign']);
  });

  it('of scenarios add up: default, data, test', () => {
    const text = `prompts: ["{{a}}"]
defaultTest: { assert: [{ type: contains, value: d }] }
scenarios: [{ config: [{ vars: { a: 1 }, assert: [{ type: contains, value: c }] }], tests: [{ assert: [{ type: contains, value: t }] }] }]
`;
    expect(checks(text)).toEqual(['contains "d"', 'contains "c"', 'contains "t"']);
  });

  it.each<[string, string]>([
    ['plain', 'equals "plain"'],
    ['contains: foo', 'contains "foo"'],
    ['not-icontains:foo', 'not icontains "foo"'],
    ['"contains-any: a, b"', 'containsAny ["a","b"]'],
    ['levenshtein(2): foo', 'levenshtein "foo" >= 2'],
    ['is-json', 'json true'],
    ['similar(0.8): foo', 'foreign'],
    ['similar:cosine(0.8):foo', 'foreign'],
    ['grade: is polite', 'foreign'],
    ['fn:output.length', 'foreign'],
    ['file://check.py', 'foreign'],
    ['note: that is text', 'equals "note: that is text"'],
  ])('in a cell: %s is %s', (cell, expected) => {
    expect(checks('prompts: ["{{a}}"]\ntests: file://t.csv', { 't.csv': `a,__expected\n1,${cell}\n` })).toEqual([expected]);
  });

  it('in columns have thresholds and a metric', () => {
    const csv = 'a,__expected1,__expected2,__config:__expected2:threshold,__metric,__threshold\n1,contains: x,"rouge-n: y",0.3,m,0.5\n';
    const text = 'prompts: ["{{a}}"]\ntests: file://t.csv';
    expect(checks(text, { 't.csv': csv })).toEqual(['set (contains "x", rougeN "y" >= 0.3) >= 0.5']);
    expect(
      only(text, { 't.csv': csv }).evaluators.flatMap((spec) => (spec.kind === 'set' ? spec.parts.map(({ name }) => name) : [])),
    ).toEqual(['m', 'm']);
  });

  it('compare with the text of a file', () => {
    expect(checks(one('{ type: contains, value: file://v.txt }'), { 'v.txt': ' x\n' })).toEqual(['contains "x"']);
    expect(checks(one('{ type: is-json, value: file://s.json }'), { 's.json': '{"type":"array"}' })).toEqual(['schema {"type":"array"}']);
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
