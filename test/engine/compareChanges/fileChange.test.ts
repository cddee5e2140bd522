import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileChange, shownBudget } from '../../../engine/compare/changes/fileChange.ts';
import type { FileChange } from '../../../protocol/index.ts';

const diff = (old: string | undefined, fresh: string | undefined, budget = shownBudget()): FileChange | undefined =>
  fileChange({ path: 'a.prompt.yml', old, fresh }, budget);

/** The change as `diff -u` writes it, words that differ in brackets, hunks apart by `@@`. */
const shown = (change: FileChange | undefined): readonly string[] =>
  (change?.hunks ?? []).flatMap((hunk, at) => [
    ...(at > 0 ? ['@@'] : []),
    ...hunk.map(
      ({ side, line, segments }) =>
        `${{ both: ' ', old: '-', new: '+' }[side]}${line} ${segments.map(({ text, mark }) => (mark ? `[${text}]` : text)).join('')}`,
    ),
  ]);

const numbered = (count: number, replace: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, at) => `${replace[at + 1] ?? `line ${at + 1}`}\n`).join('');

describe('a changed file', () => {
  it.each<readonly [what: string, old: string | undefined, fresh: string | undefined, lines: readonly string[]]>([
    ['is nothing where the texts are the same', 'a\nb\n', 'a\nb\n', []],
    ['is nothing where only line ends differ', 'a\r\nb\r\n', 'a\nb', []],
    [
      'marks the words of a replaced line',
      'Answer in one sentence.\n',
      'Answer in two sentences.\n',
      ['-1 Answer in [one sentence].', '+1 Answer in [two sentences].'],
    ],
    ['leaves a new line unmarked', 'a\nc\n', 'a\nb\nc\n', [' 1 a', '+2 b', ' 3 c']],
    ['counts lines on their own side', 'x\na\nb\n', 'a\nb\ny\n', ['-1 x', ' 1 a', ' 2 b', '+3 y']],
    ['is all new where the old side has none', undefined, 'a\nb\n', ['+1 a', '+2 b']],
    ['is all gone where the new side has none', 'a\n', undefined, ['-1 a']],
  ])('%s', (_what, old, fresh, lines) => expect(shown(diff(old, fresh))).toEqual(lines));

  it('shows three lines around a change, and changes near each other together', () => {
    const change = diff(numbered(40), numbered(40, { 5: 'FIVE', 9: 'NINE', 30: 'THIRTY' }));
    expect(change).toMatchObject({ added: 3, removed: 3 });
    expect(shown(change).filter((line) => !line.startsWith(' '))).toEqual([
      '-5 [line 5]',
      '+5 [FIVE]',
      '-9 [line 9]',
      '+9 [NINE]',
      '@@',
      '-30 [line 30]',
      '+30 [THIRTY]',
    ]);
    expect(shown(change)[0]).toBe(' 2 line 2');
    expect(shown(change).at(-1)).toBe(' 33 line 33');
  });

  it('names where the file was, if elsewhere', () => {
    const pair = { path: 'new.prompt.yml', old: 'a\n', fresh: 'b\n' };
    expect(fileChange({ ...pair, was: 'old.prompt.yml' }, shownBudget())?.was).toBe('old.prompt.yml');
    expect(fileChange({ ...pair, was: 'new.prompt.yml' }, shownBudget())?.was).toBeUndefined();
  });

  it('keeps to its budget over all files, and counts what is left out', () => {
    const budget = { lines: 30, characters: 1_000 };
    const first = diff(numbered(20), numbered(20, { 10: 'TEN' }), budget);
    expect(first?.cut).toBeUndefined();
    const second = diff('', numbered(500), budget);
    expect(second).toMatchObject({ added: 500, removed: 0 });
    expect((second?.hunks.flat().length ?? 0) + (second?.cut ?? 0)).toBe(500);
    const third = diff('a\n', 'b\n', budget);
    expect(third).toMatchObject({ hunks: [], cut: 2 });
    const long = diff('a\n', `${'x'.repeat(3_000_000)}\n`);
    expect(JSON.stringify(long).length).toBeLessThan(25_000);
  });

  it('is told and cut, however large and different the texts are', () => {
    const lines = (seed: number): string => Array.from({ length: 40_000 }, (_, at) => `${(at * seed) % 9973} and some words`).join('\n');
    const change = diff(lines(7), lines(11));
    expect((change?.hunks.flat().length ?? 0) <= 2_000).toBe(true);
    expect(change?.cut).toBeGreaterThan(30_000);
  });

  it('gives both texts back: the lines of a side in order are lines of its text, and what is left out is the same', () => {
    const line = fc.constantFrom('a', 'b', 'c', '', 'some words here', 'some other words', '{{x}}', '  ');
    const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.map((each) => `${each}\n`).join(''));
    fc.assert(
      fc.property(text, text, (old, fresh) => {
        const change = diff(old, fresh);
        const [was, is] = [old.split('\n').slice(0, -1), fresh.split('\n').slice(0, -1)];
        const all = change?.hunks.flat() ?? [];
        const gone = new Map(all.filter(({ side }) => side === 'old').map(({ line: at, segments }) => [at, segments]));
        const came = new Map(all.filter(({ side }) => side === 'new').map(({ line: at, segments }) => [at, segments]));
        for (const [at, segments] of gone) expect(segments.map((one) => one.text).join('')).toBe(was[at - 1]);
        for (const { side, line: at, segments } of all)
          if (side !== 'old') expect(segments.map((one) => one.text).join('')).toBe(is[at - 1]);
        expect(was.filter((_, at) => !gone.has(at + 1))).toEqual(is.filter((_, at) => !came.has(at + 1)));
        expect([gone.size, came.size]).toEqual([change?.removed ?? 0, change?.added ?? 0]);
      }),
    );
  });
});
