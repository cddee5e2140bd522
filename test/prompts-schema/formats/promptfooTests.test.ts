import { describe, expect, it } from 'vitest';
import { cases, documents, issues, only } from './support/promptfoo.ts';

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
      'have it there from the folder of the file that they are in, by a pattern too',
      'tests: ["t/*.yaml"]',
      {
        't/*.yaml': 't/1.yaml\nt/2.yaml',
        't/1.yaml': '- vars: v.yaml',
        't/2.yaml': '- vars: ["../v*.yaml"]',
        't/v.yaml': 'a: 1',
        't/../v*.yaml': 'v1.yaml\nv2.yaml',
        'v1.yaml': 'a: 2',
        'v2.yaml': 'b: 3',
      },
      ['a=1', 'a=2 b=3'],
    ],
    [
      'take a value from each file that fits',
      'tests: [{ vars: { a: "file://d/*.txt", b: x } }]',
      { 'd/*.txt': 'd/1.txt\nd/2.txt', 'd/1.txt': 'one\n', 'd/2.txt': 'two\n' },
      ['a=one b=x', 'a=two b=x'],
    ],
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
      '2 schema.unsupported-value `t.py:make` is code, and nothing of a repository is executed here. Run it once, write what it makes to a file (.yaml, .json or .csv), and name that.',
    ],
    [
      'a generator with settings',
      'tests: [{ path: "file://t.ts:make", config: {} }]',
      '2 schema.unsupported-value Tests that code makes are not read, for nothing of a repository is executed here. Run it once, write what it makes to a file, and name that.',
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
      'a program that prints tests',
      'tests: ["exec:./make-tests"]',
      '2 schema.unsupported-value `exec:./make-tests` is code, and nothing of a repository is executed here. Run it once, write what it makes to a file (.yaml, .json or .csv), and name that.',
    ],
    [
      'scenarios that code makes',
      'scenarios: "file://s.mjs"',
      '2 schema.unsupported-value `s.mjs` is code, and nothing of a repository is executed here. Run it once, write what it makes to a file (.yaml, .json or .csv), and name that.',
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
