import { describe, expect, it } from 'vitest';
import { type DatasetFileFormat, parsePrompt, parsePromptAt, readDataset } from '../../prompts-schema/index.ts';
import { saveCase } from '../../server/requests/saveCase.ts';

const HARD = 'line one\nline "two": #no\n- {{x}} \\ é\t|';

const apply = (
  text: string,
  { range, newText }: { readonly range: { readonly start: number; readonly end: number }; readonly newText: string },
): string => text.slice(0, range.start) + newText + text.slice(range.end);

function savedToDataset(path: string, text: string, variables: Record<string, string>, prompt = 'messages: []\n'): string {
  return apply(text, saveCase(parsePrompt(prompt), { uri: 'file:///a.prompt.yml', variables }, { uri: 'file:///d', path, text }));
}

function savedInline(text: string, variables: Record<string, string>): string {
  return apply(text, saveCase(parsePrompt(text), { uri: 'file:///a.prompt.yml', variables }, undefined));
}

describe('a case saved to a dataset', () => {
  it.each<[string, string, string, Record<string, string>, string]>([
    ['jsonl', 'c.jsonl', '{"ticket":"a"}\n', { ticket: 'b' }, '{"ticket":"a"}\n{"ticket":"b"}\n'],
    ['jsonl without a last line end', 'c.jsonl', '{"ticket":"a"}', { ticket: 'b' }, '{"ticket":"a"}\n{"ticket":"b"}\n'],
    [
      'jsonl with spaces and CRLF',
      'c.jsonl',
      '{ "id": "t-009", "ticket": "a" }\r\n',
      { ticket: 'b' },
      '{ "id": "t-009", "ticket": "a" }\r\n{ "id": "t-010", "ticket": "b" }\r\n',
    ],
    [
      'jsonl, ids of the file go on',
      'c.jsonl',
      '{"id":"x7","a":"1"}\n{"id":"x8","a":"2"}\n',
      { a: '3' },
      '{"id":"x7","a":"1"}\n{"id":"x8","a":"2"}\n{"id":"x9","a":"3"}\n',
    ],
    [
      'jsonl, columns in the order of the rows',
      'c.jsonl',
      '{"b":"1","a":"2"}\n',
      { a: 'x', b: 'y', c: 'z' },
      '{"b":"1","a":"2"}\n{"b":"y","a":"x","c":"z"}\n',
    ],
    ['an empty jsonl', 'c.jsonl', '', { ticket: 'b' }, '{"ticket":"b"}\n'],
    [
      'csv',
      'c.csv',
      'id,ticket,expected.team\nt-1,a,billing\n',
      { ticket: 'say "hi", all' },
      'id,ticket,expected.team\nt-1,a,billing\nt-2,"say ""hi"", all",\n',
    ],
    ['csv with semicolons', 'c.csv', 'ticket;lang\na;en', { ticket: 'x;y', lang: ' de' }, 'ticket;lang\na;en\n"x;y";" de"\n'],
    ['an empty csv', 'c.csv', '', { ticket: 'a', lang: 'en' }, 'ticket,lang\na,en\n'],
    [
      'yaml',
      'c.yaml',
      '# cases\n- id: l-01\n  message: hi\n  expected: hot\n# end\n',
      { message: 'yes: no' },
      '# cases\n- id: l-01\n  message: hi\n  expected: hot\n- id: l-02\n  message: "yes: no"\n# end\n',
    ],
    ['indented yaml', 'c.yaml', '  - a: x\n  - a: |\n      y\n', { a: 'z' }, '  - a: x\n  - a: |\n      y\n  - a: z\n'],
    ['an empty yaml', 'c.yaml', '', { a: 'z' }, '- a: z\n'],
    ['yaml in brackets', 'c.yaml', '[{ a: x }]\n', { a: 'z' }, '[{ a: x }, { "a": "z" }]\n'],
    ['json', 'c.json', '[\n  {\n    "a": "x"\n  }\n]\n', { a: 'z' }, '[\n  {\n    "a": "x"\n  },\n  {\n    "a": "z"\n  }\n]\n'],
    ['json, a row a line', 'c.json', '[\n\t{ "a": "x" }\n]\n', { a: 'z' }, '[\n\t{ "a": "x" },\n\t{ "a": "z" }\n]\n'],
    ['json on one line', 'c.json', '[{"a":"x"}]', { a: 'z' }, '[{"a":"x"}, { "a": "z" }]'],
    ['json without a row', 'c.json', '[]\n', { a: 'z' }, '[\n  {\n    "a": "z"\n  }\n]\n'],
    ['an empty json', 'c.json', '', { a: 'z' }, '[\n  {\n    "a": "z"\n  }\n]\n'],
  ])('%s', (_, path, text, variables, expected) => {
    expect(savedToDataset(path, text, variables)).toBe(expected);
  });

  it.each<[DatasetFileFormat, string]>([
    ['jsonl', '{"a":"1"}\n'],
    ['csv', 'a\n1\n'],
    ['yaml', '- a: "1"\n'],
    ['json', '[{"a":"1"}]'],
  ])('%s gives hard text back as it was', (format, text) => {
    const rows = readDataset(savedToDataset(`c.${format}`, text, { a: HARD }), format).rows;
    expect(rows.at(-1)?.variables).toEqual({ a: HARD });
    expect(rows).toHaveLength(2);
  });

  it('declared types give typed values', () => {
    const prompt = 'inputs:\n  n: number\n  yes: boolean\n  list: array\n  text: string\nmessages: []\n';
    expect(savedToDataset('c.jsonl', '', { n: '3', yes: 'true', list: '[1,2]', text: '4' }, prompt)).toBe(
      '{"n":3,"yes":true,"list":[1,2],"text":"4"}\n',
    );
    expect(savedToDataset('c.jsonl', '', { n: 'three' }, prompt)).toBe('{"n":"three"}\n');
  });

  it('names that objects treat specially stay names', () => {
    expect(savedToDataset('c.jsonl', '', JSON.parse('{"__proto__":"a","constructor":"b"}'))).toBe('{"__proto__":"a","constructor":"b"}\n');
  });

  it.each<[string, string, string, RegExp]>([
    ['a csv without the column', 'c.csv', 'other\n1\n', /no column ticket\. Add it to the header/],
    ['a yaml that is no list', 'c.yaml', 'a: 1\n', /not a list of cases/],
    ['a broken json', 'c.json', '[{', /not a list of cases/],
    ['a file of no known kind', 'c.txt', '', /none of \.jsonl/],
  ])('%s is refused with what to do', (_, path, text, message) => {
    expect(() => savedToDataset(path, text, { ticket: 'a' })).toThrow(message);
  });
});

describe('a case saved to testData', () => {
  const head = 'messages:\n  - role: user\n    content: "{{a}}"\n';

  it.each<[string, string, string]>([
    [
      'at the end of the list',
      `${head}testData:\n  - a: x\n  - a: y\nname: n\n`,
      `${head}testData:\n  - a: x\n  - a: y\n  - a: z\nname: n\n`,
    ],
    ['in a list that is not indented', `testData:\n- a: x\n${head}`, `testData:\n- a: x\n- a: z\n${head}`],
    ['in brackets', `${head}testData: [{ a: x }]\n`, `${head}testData: [{ a: x }, { "a": "z" }]\n`],
    ['in an empty list', `${head}testData: []\n`, `${head}testData: [{ "a": "z" }]\n`],
    ['under a key without a value', `${head}testData:\nname: n\n`, `${head}testData:\n  - a: z\nname: n\n`],
    ['under a new key', head, `${head}testData:\n  - a: z\n`],
    ['under a new key, no line end', head.trimEnd(), `${head}testData:\n  - a: z\n`],
    ['under a new key, before what ends the document', `${head}...\n`, `${head}testData:\n  - a: z\n...\n`],
    ['with CRLF', head.replaceAll('\n', '\r\n'), `${head}testData:\n  - a: z\n`.replaceAll('\n', '\r\n')],
    [
      'in a file in braces',
      '{ "messages": [{ "role": "user", "content": "{{a}}" }] }',
      '{ "messages": [{ "role": "user", "content": "{{a}}" }], "testData": [{ "a": "z" }] }',
    ],
    ['with ids that go on', `${head}testData:\n  - id: c1\n    a: x\n`, `${head}testData:\n  - id: c1\n    a: x\n  - id: c2\n    a: z\n`],
  ])('%s', (_, text, expected) => {
    expect(savedInline(text, { a: 'z' })).toBe(expected);
  });

  it.each([
    HARD,
    'true',
    '007',
    '',
    ' ',
    'no',
    '- x',
    '*ref',
    '&a b',
    '2026-11-22',
    'a'.repeat(300),
    'two\n\nlines\n',
    '  indented\nfirst',
  ])('%j comes back as it was', (value) => {
    for (const text of [head, `${head}testData:\n  - a: x\n`, `${head}testData:\n- a: |\n    x\n`]) {
      const saved = parsePrompt(savedInline(text, { a: value }));
      expect(saved.issues).toEqual([]);
      expect(saved.testData?.at(-1)?.variables).toEqual({ a: value });
    }
  });

  it('is refused where testData is something else', () => {
    expect(() => savedInline(`${head}testData: 5\n`, { a: 'z' })).toThrow(/not a list of cases/);
  });
});

describe('a case saved in a file of another format', () => {
  const save = (promptId: string, text: string): string => {
    const document = parsePromptAt(promptId, text);
    const saved = saveCase(document, { uri: `file:///${promptId}`, variables: { x: 'b: c' } }, undefined);
    expect(saved.uri).toBe(`file:///${promptId.replace(/#.*/, '')}`);
    const fresh = apply(text, saved);
    const read = parsePromptAt(promptId, fresh);
    expect(read.testData?.at(-1)?.variables).toEqual({ x: 'b: c' });
    expect(read.testData?.length).toBe((document.testData?.length ?? 0) + 1);
    expect(read.issues.map(({ code }) => code)).toEqual(document.issues.map(({ code }) => code));
    return fresh;
  };

  it.each<[string, string, string, string]>([
    [
      'below the tests of promptfoo',
      'promptfooconfig.yaml#prompt-1',
      'prompts: ["{{x}}"]\ntests:\n  - vars: { x: a } # first\n    assert: []\ntags: {}\n',
      'prompts: ["{{x}}"]\ntests:\n  - vars: { x: a } # first\n    assert: []\n  - vars:\n      x: "b: c"\ntags: {}\n',
    ],
    [
      'as the first test',
      'promptfooconfig.yaml#prompt-1',
      'prompts: ["{{x}}"]\n',
      'prompts: ["{{x}}"]\ntests:\n  - vars:\n      x: "b: c"\n',
    ],
    [
      'in JSON',
      'promptfooconfig.json#prompt-1',
      '{ "prompts": ["{{x}}"], "tests": [{ "vars": { "x": "a" } }] }\n',
      '{ "prompts": ["{{x}}"], "tests": [{ "vars": { "x": "a" } }, { "vars": { "x": "b: c" } }] }\n',
    ],
    [
      'in the settings of a Dotprompt file',
      'a.prompt',
      '---\nmodel: a/b\n---\n{{x}}\n',
      '---\nmodel: a/b\nevenkeel.testData:\n  - x: "b: c"\n---\n{{x}}\n',
    ],
    [
      'beside those that are ours',
      'a.prompt',
      '---\nevenkeel:\n  testData:\n    - x: a\nmodel: a/b\n---\n{{x}}\n',
      '---\nevenkeel:\n  testData:\n    - x: a\n    - x: "b: c"\nmodel: a/b\n---\n{{x}}\n',
    ],
    [
      'with the example of a Prompty file, which stays a case',
      'a.prompty',
      '---\nname: a\nsample: { x: a }\n---\nsystem:\n{{x}}\n',
      '---\nname: a\nsample: { x: a }\nevenkeel.testData:\n  - x: a\n  - x: "b: c"\n---\nsystem:\n{{x}}\n',
    ],
  ])('%s', (_, promptId, text, expected) => expect(save(promptId, text)).toBe(expected));

  it.each<[string, string, RegExp]>([
    ['promptfooconfig.yaml#prompt-1', 'prompts: ["{{x}}"]\ntests: file://t.csv\n', /^`tests` is not a list of cases in this file/],
    ['a.prompt', '{{x}}\n', /^This file has no settings/],
  ])('or it says why not: %s', (promptId, text, message) => {
    expect(() => save(promptId, text)).toThrow(message);
  });
});
