import { describe, expect, it } from 'vitest';
import { lintDataset } from '../../lint/index.ts';
import { readDataset } from '../../prompts-schema/index.ts';
import { checkRules, lintText } from './checkRules.ts';

const MESSAGES = `messages:
  - role: user
    content: "{{ticket}} of {{customer}}"
`;

describe('the dataset that a prompt names', () => {
  it.each([
    ['cases.csv', 'id,ticket,customer\ncase-1,,\n'],
    ['cases.jsonl', '{"id":"case-1","ticket":"","customer":""}\n'],
    ['cases.yaml', '- id: case-1\n  "ticket": ""\n  "customer": ""\n'],
    ['cases.json', '[\n  {\n    "id": "case-1",\n    "ticket": "",\n    "customer": ""\n  }\n]\n'],
  ])('is made when it is missing: %s', (file, text) => {
    const path = `prompts/${file}`;
    const { findings } = lintText(`dataset: ./${file}\n${MESSAGES}`, {
      facts: { dataset: { status: 'missing', path, message: `${path} does not exist.` } },
    });
    expect(findings).toMatchObject([{ code: 'dataset.missing-file', severity: 'error', range: { start: 9, end: 11 + file.length } }]);
    expect(findings[0]?.fixes).toEqual([{ title: `Create ${path}`, preferred: true, edits: [], create: { file: path, text } }]);
    const made = readDataset(
      text,
      file.endsWith('csv') ? 'csv' : file.endsWith('jsonl') ? 'jsonl' : file.endsWith('yaml') ? 'yaml' : 'json',
    );
    expect(made.issues).toEqual([]);
    expect(made.columns.map(({ name }) => name)).toEqual(['ticket', 'customer']);
  });

  it('is refused outside the root', () => {
    checkRules(
      `
dataset: ../../cases.csv
         ^^^^^^^^^^^^^^^ error dataset.outside-root outside
${MESSAGES}`,
      { facts: { dataset: { status: 'outside', path: '../../cases.csv', message: '../../cases.csv is outside the root.' } } },
    );
  });

  it('is pointless without cases', () => {
    checkRules(
      `
dataset: ./cases.jsonl
         ^^^^^^^^^^^^^ warning dataset.empty holds no case
${MESSAGES}`,
      { dataset: { path: 'cases.jsonl', text: '' } },
    );
  });

  it('has every declared input and every column an evaluator compares with', () => {
    checkRules(
      `
inputs:
  ticket: string
  customer: string
dataset: ./cases.jsonl
messages:
  - role: user
    content: "{{ticket}} of {{customer}}"
                            ^^^^^^^^^^^^ error dataset.missing-column is declared, but no case has it
evaluators:
  - { name: right team, path: $.team, equals: { case: expected.teem } }
                                              ^^^^^^^^^^^^^^^^^^^^^^^ error dataset.missing-column No case has \`expected.teem\`
  - { name: right place, path: $.place, equals: { case: "expected.places[0]" } }
`,
      { dataset: { path: 'cases.jsonl', text: '{"ticket":"x"}\n{"ticket":"y","expected":{"team":"it","places":["a"]}}\n' } },
    );
  });
});

describe('lintDataset', () => {
  it('places what is wrong with rows in the dataset itself', () => {
    const text = 'id,ticket\na,printer\na,scanner\nb,one,two\n';
    const findings = lintDataset(readDataset(text, 'csv'), 'prompts/cases.csv');
    expect(findings.map(({ code, severity, range }) => [code, severity, text.slice(0, range.start).split('\n').length])).toEqual([
      ['dataset.duplicate-id', 'error', 3],
      ['dataset.ragged-row', 'error', 4],
    ]);
    expect(findings[0]).toMatchObject({ data: { dataset: 'prompts/cases.csv' }, docs: 'docs/rules/dataset.duplicate-id.md' });
    expect(lintDataset(readDataset(text, 'csv'), 'c.csv', { severities: new Map([['dataset.duplicate-id', 'off']]) })).toHaveLength(1);
  });
});

describe('files that a prompt names', () => {
  it('are there, within the root, and readable', () => {
    const missing = { status: 'missing', path: 'answer.schema.json', message: 'answer.schema.json does not exist.' } as const;
    const outside = { status: 'outside', path: '../tools.json', message: '../tools.json is outside the root.' } as const;
    const invalid = { status: 'invalid', path: 'teams.json', message: 'teams.json is not valid JSON.' } as const;
    checkRules(
      `
messages:
  - { role: user, content: Say hello. }
jsonSchema: { file: ./answer.schema.json }
                    ^^^^^^^^^^^^^^^^^^^^ error reference.missing-file does not exist
tools: { file: ../tools.json }
               ^^^^^^^^^^^^^ error reference.outside-root outside
evaluators:
  - { name: team, path: $.team, oneOf: { file: ./teams.json } }
                                       ^^^^^^^^^^^^^^^^^^^^^^ error reference.invalid-file not valid JSON
`,
      { facts: { outputSchema: missing, tools: outside, evaluatorFiles: new Map([['./teams.json', invalid]]) } },
    );
  });
});

describe('severities', () => {
  const text = `model: openai/gpt-4o\nmodelParameters: { temprature: 0 }\n${MESSAGES}`;

  it('of evenkeel.yml win over the rules’ own', () => {
    const { findings } = lintText(text, {
      severities: new Map([
        ['model.deprecated', 'error'],
        ['schema.unknown-key', 'off'],
      ]),
    });
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['model.deprecated', 'error']]);
  });

  it('of an unknown key depend on whether it looks like a slip', () => {
    const { fixed } = checkRules(`
modelParameters:
  temprature: 0
  ^^^^^^^^^^ warning schema.unknown-key
owner: support
^^^^^ info schema.unknown-key
${MESSAGES}`);
    expect(fixed('Change to `temperature`')).toContain('  temperature: 0\n');
  });
});

describe('a comparison with the case’s id', () => {
  it('needs no id of its own in the rows', () => {
    checkRules(`
messages:
  - { role: user, content: "{{ticket}}" }
testData:
  - { ticket: one }
evaluators:
  - { name: echo, path: $.id, equals: { case: id } }
`);
  });
});
