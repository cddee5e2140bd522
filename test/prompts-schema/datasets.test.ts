import { describe, expect, it } from 'vitest';
import {
  caseId,
  columnRanges,
  type DatasetFormat,
  datasetFormatOf,
  inlineDataset,
  parsePrompt,
  promptCases,
  readDataset,
} from '../../prompts-schema/index.ts';
import { checkIssues } from './checkIssues.ts';

function rows(text: string, format: DatasetFormat): readonly unknown[] {
  return readDataset(text, format).rows.map(({ id, idIsOwn, variables, expected }) => [idIsOwn ? id : '#', variables, expected]);
}

describe('formats by name', () => {
  it.each([
    ['a.jsonl', 'jsonl'],
    ['a.ndjson', 'jsonl'],
    ['x/a.CSV', 'csv'],
    ['a.yml', 'yaml'],
    ['a.json', 'json'],
    ['a.txt', undefined],
    ['csv', undefined],
  ])('%s', (path, format) => expect(datasetFormatOf(path)).toBe(format));
});

describe('rows', () => {
  it.each<[string, DatasetFormat, string, readonly unknown[]]>([
    [
      'JSON lines',
      'jsonl',
      '{"id":1,"a":"x","expected":{"t":true}}\n\n  {"a":null}  \r\n',
      [
        ['1', { a: 'x' }, { t: true }],
        ['#', { a: null }, undefined],
      ],
    ],
    ['a byte order mark', 'jsonl', '\uFEFF{"a":1}', [['#', { a: 1 }, undefined]]],
    ['JSON', 'json', '[{"id":"a","b":[1]}]', [['a', { b: [1] }, undefined]]],
    [
      'YAML',
      'yaml',
      '- id: a\n  b: 1\n- b: |\n    two\n',
      [
        ['a', { b: 1 }, undefined],
        ['#', { b: 'two\n' }, undefined],
      ],
    ],
    ['CSV', 'csv', 'id,a,b\n1,x,2\n', [['1', { a: 'x', b: '2' }, undefined]]],
    ['CSV with quotes', 'csv', 'a,b\n"x, ""y""","two\nlines"\r\n', [['#', { a: 'x, "y"', b: 'two\nlines' }, undefined]]],
    [
      'CSV with nested expected',
      'csv',
      'a,expected.team,expected.who.name\n1,it,Ann\n',
      [['#', { a: '1' }, { team: 'it', who: { name: 'Ann' } }]],
    ],
    ['CSV with plain expected', 'csv', 'a,expected\n1,yes\n', [['#', { a: '1' }, 'yes']]],
    ['CSV with semicolons', 'csv', 'a;b\n1,5;2\n', [['#', { a: '1,5', b: '2' }, undefined]]],
    ['CSV with tabs and a byte order mark', 'csv', '\uFEFFa\tb\n1\t2\n', [['#', { a: '1', b: '2' }, undefined]]],
    ['CSV of one column with a semicolon in a row', 'csv', 'a\nx;y\n', [['#', { a: 'x;y' }, undefined]]],
    [
      'CSV with blank lines',
      'csv',
      'a,b\n\n1,2\n   \n3,\n',
      [
        ['#', { a: '1', b: '2' }, undefined],
        ['#', { a: '3', b: '' }, undefined],
      ],
    ],
    ['CSV with blanks in the header', 'csv', ' a , b\n 1 ,2\n', [['#', { a: ' 1 ', b: '2' }, undefined]]],
  ])('%s', (_, format, text, expected) => expect(rows(text, format)).toEqual(expected));

  it('have places in the text', () => {
    const text = 'id,ticket\n1,"a\nb"\n2,c\n';
    expect(readDataset(text, 'csv').rows.map(({ range }) => text.slice(range.start, range.end))).toEqual(['1,"a\nb"', '2,c']);
    const lines = ' {"a":1} \n{"b":2}';
    expect(readDataset(lines, 'jsonl').rows.map(({ range }) => lines.slice(range.start, range.end))).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('name their columns in order of first appearance', () => {
    const text = '{"id":1,"a":1}\n{"b":2,"a":1,"expected":3}\n';
    expect(readDataset(text, 'jsonl').columns.map(({ name, range }) => `${name} ${text.slice(range.start, range.end)}`)).toEqual([
      'a "a"',
      'b "b"',
    ]);
    expect(readDataset('id,a,expected.x,b\n1,2,3,4', 'csv').columns.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('reads 10,000 lines', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => JSON.stringify({ ticket: `t ${index}`, expected: { team: 'it' } })).join(
      '\n',
    );
    const { rows: read, issues } = readDataset(text, 'jsonl');
    expect([read.length, issues.length]).toEqual([10_000, 0]);
  });
});

describe('ids', () => {
  it('are a hash of the variables, whatever their order', () => {
    expect(caseId({ a: 1, b: 'x' })).toBe(caseId({ b: 'x', a: 1 }));
    expect(caseId({ a: 1 })).toMatch(/^[0-9a-f]{12}$/);
    const [first, second, third] = readDataset('{"a":1}\n{"a":1,"expected":2}\n{"a":1}', 'jsonl').rows;
    expect([first?.id, second?.id, third?.id]).toEqual([caseId({ a: 1 }), `${caseId({ a: 1 })}-2`, `${caseId({ a: 1 })}-3`]);
  });

  it('stay unique when a row takes the name of a copy', () => {
    expect(readDataset('{"id":"a"}\n{"id":"a-2"}\n{"id":"a"}\n{"id":"a"}', 'jsonl').rows.map(({ id }) => id)).toEqual([
      'a',
      'a-2',
      'a-3',
      'a-4',
    ]);
  });
});

describe('issues', () => {
  const check = (format: DatasetFormat) => (marked: string) => checkIssues(marked, (text) => readDataset(text, format).issues);
  it.each([
    ['{"a":1}\n{"a":}\n     ^ dataset.invalid-row a value is expected\n{"a":2}'],
    ["{'a':1}\n ^^^^^^ dataset.invalid-row double quotes"],
    ['[1]\n^^^ dataset.invalid-row one JSON object'],
    ['{"id":"x"}\n{"id":"x"}\n ^^^^ dataset.duplicate-id "x"'],
    ['{"id":[1],"a":1}\n ^^^^ dataset.invalid-row a text or a number'],
  ])('JSON lines: %s', check('jsonl'));

  it.each([
    ['a,b,c\n1,2\n^^^ dataset.ragged-row 2 cells, the header has 3\n1,2,3'],
    ['a,b\n1,2,3\n^^^^^ dataset.ragged-row 3 cells, the header has 2'],
    ['a,a\n  ^ dataset.duplicate-column further left\n1,2'],
    ['a,expected,expected.x\n  ^^^^^^^^ dataset.duplicate-column Keep one form\n1,2,3'],
    ['a,b\n1,"x\n^^^^ dataset.invalid-row never closed'],
    ['id,b\n1,x\n1,y\n^ dataset.duplicate-id "1"'],
  ])('CSV: %s', check('csv'));

  it.each([['a: 1\n^ schema.wrong-type a list of maps'], ['- a: 1\n- 5\n  ^ dataset.invalid-row a single value']])(
    'YAML: %s',
    check('yaml'),
  );

  it.each([['[{"a":1},]\n         ^ schema.invalid-json comma'], ['{"a":1}\n^ schema.wrong-type a list']])('JSON: %s', check('json'));

  it.each<[DatasetFormat, string]>([
    ['jsonl', ''],
    ['csv', 'a,b\n'],
    ['yaml', '[]'],
    ['json', ' '],
  ])('%s without a case', (format, text) => {
    expect(readDataset(text, format).issues.map(({ code }) => code)).toEqual(['dataset.empty']);
  });
});

describe('where a column is written', () => {
  it.each<[string, DatasetFormat, string, string, number]>([
    ['CSV header', 'csv', 'id,"ticket",b\n1,ticket,2', 'ticket', 1],
    ['CSV header with blanks', 'csv', 'id, ticket ,b\n', 'ticket', 1],
    ['each key of JSON lines', 'jsonl', '{"ticket":"ticket"}\n{"x":1}\n{ "ticket" : 2}', 'ticket', 2],
    ['each key of JSON', 'json', '[{"ticket":1},{"ticket":2}]', 'ticket', 2],
    ['each key of YAML', 'yaml', '- ticket: a\n- "ticket": ticket\n', 'ticket', 2],
    ['each key of testData', 'inline', 'name: ticket\ntestData:\n  - ticket: a\n  - { ticket: b }\n', 'ticket', 2],
    ['nowhere', 'jsonl', '{"a":{"ticket":1}}', 'ticket', 0],
  ])('%s', (_, format, text, name, count) => {
    const found = columnRanges(text, format, name).map(({ start, end }) => text.slice(start, end));
    expect(found).toEqual(Array(count).fill(name));
  });
});

describe('the cases of a prompt', () => {
  it('are those of the dataset, then those of testData', () => {
    const document = parsePrompt('messages: []\ntestData:\n  - { id: a, x: 1 }\n  - { id: b, x: 2 }\n');
    const dataset = readDataset('{"id":"a","x":3}', 'jsonl');
    expect(promptCases(document, dataset).map(({ id, from }) => `${id} ${from}`)).toEqual(['a dataset', 'a-2 inline', 'b inline']);
    expect(inlineDataset(document)?.columns.map(({ name, range }) => `${name} ${document.text.slice(range.start, range.end)}`)).toEqual([
      'x x',
    ]);
    expect(inlineDataset(parsePrompt('messages: []'))).toBeUndefined();
  });
});
