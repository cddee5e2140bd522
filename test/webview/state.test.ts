import { describe, expect, it } from 'vitest';
import { type FilterName, formatMoney, formatSeconds, intervalWords, prettyJson, visibleEntries } from '../../webview/index.ts';
import { row } from './sampleRun.ts';

describe('JSON for people', () => {
  it.each([
    ['{"a":1.0,"b":[1,2],"c":{}}', '{\n  "a": 1.0,\n  "b": [\n    1,\n    2\n  ],\n  "c": {}\n}'],
    ['[]', '[]'],
    ['[{}]', '[\n  {}\n]'],
    ['{"big":12345678901234567890,"a":1,"a":2}', '{\n  "big": 12345678901234567890,\n  "a": 1,\n  "a": 2\n}'],
    ['{"text":"a \\" {b}: [c], \\\\"}', '{\n  "text": "a \\" {b}: [c], \\\\"\n}'],
    ['  {"a" : null , "b":true}', '{\n  "a": null,\n  "b": true\n}'],
    ['{"broken":', '{"broken":'],
    ['plain words, {not json}', 'plain words, {not json}'],
    ['"a string"', '"a string"'],
    ['', ''],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ])('%s', (text, pretty) => {
    expect(prettyJson(text)).toBe(pretty);
  });
});

describe('figures in words', () => {
  it.each([
    [620, '0.6 s'],
    [20, '20 ms'],
    [0, '0.0 s'],
    [12_400, '12 s'],
    [180_000, '3 min'],
  ])('%i ms', (ms, words) => expect(formatSeconds(ms)).toBe(words));

  it.each([
    [0, '$0.00'],
    [0.00001, 'below $0.0001'],
    [0.0042, '$0.0042'],
    [12.4, '$12.40'],
  ])('$%d', (usd, words) => expect(formatMoney(usd)).toBe(words));

  it('says the interval as in the mock-up', () => expect(intervalWords(33 / 37, 0.7529, 0.9571)).toBe('89.2 %, between 75.3 and 95.7'));
});

describe('the rows shown', () => {
  const rows = [
    row('a', { status: 'failed', failed: ['x', 'y'] }),
    row('b', { changed: true }),
    undefined,
    row('c', { status: 'unscored', unscored: ['judge'] }),
    row('d', { status: 'error', output: 'Overloaded' }),
    row('e', { status: 'failed', failed: ['y'] }),
    row('f', { status: 'running' }),
  ];
  const shown = (filters: readonly FilterName[], text = '', grouped = false): readonly string[] =>
    visibleEntries(rows, { filters: new Set(filters), text, grouped }).map((entry) =>
      entry.kind === 'row' ? entry.row.caseId : `# ${entry.name} ${entry.count}`,
    );

  it.each<readonly [filters: readonly FilterName[], text: string, shown: readonly string[]]>([
    [[], '', ['a', 'b', 'c', 'd', 'e', 'f']],
    [['failed'], '', ['a', 'e']],
    [['failed', 'unscored'], '', ['a', 'c', 'e']],
    [['errors'], '', ['d']],
    [['changed'], '', ['b']],
    [[], ' OVERloaded ', ['d']],
    [[], 'judge', ['c']],
    [['failed'], 'nothing like it', []],
  ])('filters %j, text %j', (filters, text, expected) => {
    expect(shown(filters, text)).toEqual(expected);
  });

  it('groups by evaluator, what failed most first, a case under each of its evaluators', () => {
    const grouped = shown([], '', true);
    expect(grouped).toEqual([
      '# y 2',
      'a',
      'e',
      '# x 1',
      'a',
      '# judge: unscored 1',
      'c',
      '# Without an answer 1',
      'd',
      '# Passed 1',
      'b',
      '# Not finished 1',
      'f',
    ]);
    const keys = visibleEntries(rows, { filters: new Set(), text: '', grouped: true }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
