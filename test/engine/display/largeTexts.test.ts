import { describe, expect, it } from 'vitest';
import { diffText } from '../../../engine/drift/display/diffText.ts';
import { seededRandom } from '../../../engine/drift/index.ts';
import type { Segment } from '../../../protocol/index.ts';

const random = seededRandom('large texts');
const VOCABULARY = Array.from({ length: 3000 }, () => random.below(2 ** 31).toString(36));

/** Words in sentences of 12 and paragraphs of 5 of them; with `sentence` Infinity one line. */
function prose(length: number, words: readonly string[] = VOCABULARY, sentence = 12): string {
  const parts: string[] = [];
  for (let at = 1, long = 0; long < length; at++) {
    const end = at % sentence === 0 ? (at % (5 * sentence) === 0 ? '.\n' : '. ') : ' ';
    const word = words[random.below(words.length)] ?? '';
    parts.push(word, end);
    long += word.length + end.length;
  }
  return parts.join('').slice(0, length);
}

/** One word of so many is another one. */
function edited(text: string, oneOf: number): string {
  return text
    .split(' ')
    .map((word) => (random.below(oneOf) === 0 ? 'edited' : word))
    .join(' ');
}

function shuffled(parts: readonly string[]): readonly string[] {
  return parts
    .map((part) => [random.uint32(), part] as const)
    .sort(([a], [b]) => a - b)
    .map(([, part]) => part);
}

const [small, large, line] = [prose(100_000), prose(1_000_000), prose(1_000_000, VOCABULARY, Number.POSITIVE_INFINITY)];
const chinese = Array.from({ length: 100_000 }, () => String.fromCharCode(0x4e00 + random.below(300))).join('');
const lines = Array.from({ length: 100_000 }, (_, at) => `line ${at}`);
const anchors = Array.from({ length: 30_000 }, (_, at) => `u${at} x`);

const textOf = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join('');
const markedShare = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { text, mark }) => sum + (mark ? text.length : 0), 0) / textOf(segments).length;

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Far above what it takes, far below what anything quadratic takes. */
const MOST_MS = 5000;

describe('an answer in bounded time', () => {
  it.each<readonly [name: string, left: string, right: string]>([
    ['differing everywhere, 100 KB', small, prose(100_000)],
    ['one line differing everywhere, 100 KB', prose(100_000, VOCABULARY, 1e9), prose(100_000, VOCABULARY, 1e9)],
    ['differing everywhere, 1 MB', large, prose(1_000_000)],
    ['one line of 1 MB differing everywhere', line, prose(1_000_000, VOCABULARY, Number.POSITIVE_INFINITY)],
    ['one word of 1 MB', 'a'.repeat(1_000_000), `${'a'.repeat(500_000)}b${'a'.repeat(500_000)}`],
    ['the same word', 'a '.repeat(500_000), 'a '.repeat(400_000)],
    ['alternating words', 'a b '.repeat(250_000), 'b a '.repeat(250_000)],
    ['two words at random', prose(300_000, ['a', 'b'], 1e9), prose(300_000, ['a', 'b'], 1e9)],
    ['lines of one letter', prose(400_000, ['a', 'b'], 1), prose(400_000, ['a', 'b'], 1)],
    ['100,000 short lines shuffled', lines.join('\n'), shuffled(lines).join('\n')],
    ['words in another order', anchors.join(' '), shuffled(anchors).join(' ')],
    ['Chinese without a space', chinese, [...chinese].reverse().join('')],
    ['white space', ' \n'.repeat(500_000), '\n '.repeat(500_000)],
    ['marks', '.'.repeat(1_000_000), '. '.repeat(500_000)],
    ['quotes behind an end', `.${'"'.repeat(500_000)}a`, `.${'"'.repeat(500_000)}b`],
    ['numbers with commas', '1,'.repeat(500_000), '1,2'.repeat(300_000)],
    ['emoji', '👍'.repeat(300_000), '👍👎'.repeat(150_000)],
    ['combining marks', `a${'\u0301'.repeat(300_000)}`, `b${'\u0301'.repeat(300_000)}`],
    ['open brackets', '['.repeat(500_000), '[ '.repeat(500_000)],
  ])('%s', (_name, left, right) => {
    let diff: ReturnType<typeof diffText> | undefined;
    const ms = cpuMs(() => {
      diff = diffText(left, right);
    });
    expect(textOf(diff?.left ?? []) === left && textOf(diff?.right ?? []) === right).toBe(true);
    expect(ms).toBeLessThan(MOST_MS);
  });
});

describe('what is still seen in large texts', () => {
  it.each([
    ['100 KB, one word of 100', small, edited(small, 100), 0.03],
    ['100 KB, one word of 5', small, edited(small, 5), 0.35],
    ['100 KB in one line, one word of 100', small.replaceAll('\n', ' '), edited(small.replaceAll('\n', ' '), 100), 0.03],
    ['1 MB, one word of 1,000', large, edited(large, 1000), 0.003],
    ['1 MB, one word of 100', large, edited(large, 100), 0.03],
  ] as const)('%s', (_name, left, right, most) => {
    const diff = diffText(left, right);
    expect(diff.coarse).toBe(false);
    expect(markedShare(diff.left)).toBeGreaterThan(0);
    expect(markedShare(diff.left)).toBeLessThan(most);
  });

  it('one word in the middle of a line of 1 MB', () => {
    const right = `${line.slice(0, 500_000)} edited ${line.slice(500_000)}`;
    const diff = diffText(line, right);
    expect(diff.coarse).toBe(false);
    expect(markedShare(diff.right)).toBeLessThan(0.0001);
  });

  it('other breaks alone, however many', () => {
    const again = large.replaceAll('\n', '  ').replace(/((?:\S+\s){7})/g, '$1\n');
    expect(diffText(large, again)).toMatchObject({ kind: 'whitespace', coarse: false });
    const json = JSON.stringify(lines.slice(0, 20_000).map((text, at) => ({ at, text })));
    expect(diffText(json, JSON.stringify(JSON.parse(json), null, 2))).toMatchObject({ kind: 'whitespace', coarse: false });
  });

  it('lines in reverse order are moved', () => {
    const long = lines.map((text) => `${text} of the order list`);
    expect(diffText(long.join('\n'), [...long].reverse().join('\n')).kind).toBe('moved');
  });

  it('1 MB against another 1 MB is said to be coarse, and the same texts give the same answer', () => {
    const other = prose(1_000_000);
    const diff = diffText(large, other);
    expect(diff).toMatchObject({ kind: 'changed', coarse: true });
    expect(diffText(large, other)).toEqual(diff);
  });

  it('two texts that share nothing are not coarse: there is nothing that was not seen', () =>
    expect(diffText(small, prose(100_000, ['other', 'words'], 9))).toMatchObject({ kind: 'changed', coarse: false }));
});
