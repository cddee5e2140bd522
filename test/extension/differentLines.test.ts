import { describe, expect, it } from 'vitest';
import { differentLines } from '../../extension/deployments/differentLines.ts';

/** Lines of the text now, `+` before changed ones, `-` before those in front of which lines are gone. */
function marked(other: string, now: string): string {
  const { changed, gone } = differentLines(other, now);
  return now
    .split('\n')
    .map((line, at) => `${gone.includes(at) ? '-' : ''}${changed.includes(at) ? '+' : ''}${line}`)
    .join('\n');
}

describe('lines that differ', () => {
  it.each<[string, string, string, string]>([
    ['nothing', 'a\nb', 'a\nb', 'a\nb'],
    ['one line', 'a\nb\nc', 'a\nB\nc', 'a\n+B\nc'],
    ['a new line', 'a\nc', 'a\nb\nc', 'a\n+b\nc'],
    ['a line that is gone', 'a\nb\nc', 'a\nc', 'a\n-c'],
    ['lines gone at the end', 'a\nb\nc', 'a', 'a'],
    ['two places', 'a\nb\nc\nd\ne', 'a\nB\nc\nd\nE', 'a\n+B\nc\nd\n+E'],
    ['a moved line', 'a\nb\nc', 'b\nc\na', '-b\nc\n+a'],
    ['all of it', 'a', 'x\ny', '+x\n+y'],
    ['line ends alone', 'a\r\nb\r\nc', 'a\nb\nc', 'a\nb\nc'],
    ['an empty text', 'a', '', '+'],
  ])('%s', (_, other, now, expected) => {
    expect(marked(other, now)).toBe(expected);
  });

  it('gone at the very end stands behind the last line', () => {
    expect(differentLines('a\nb', 'a')).toEqual({ changed: [], gone: [1] });
  });

  it('agrees with a look at every line on random texts: what is not marked is in the other text, in order', () => {
    let state = 7;
    const random = (below: number): number => {
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return Math.floor((state / 4_294_967_296) * below);
    };
    for (let round = 0; round < 300; round++) {
      const line = (): string => 'abcd'[random(4)] ?? '';
      const before = Array.from({ length: random(12) }, line);
      const after = Array.from({ length: random(12) }, line);
      const { changed, gone } = differentLines(before.join('\n'), after.join('\n'));
      const lines = after.join('\n').split('\n');
      const kept = lines.filter((_, at) => !changed.includes(at));
      let at = 0;
      for (const one of before.join('\n').split('\n')) if (kept[at] === one) at++;
      expect(at).toBe(kept.length);
      expect([...changed].sort((a, b) => a - b)).toEqual(changed);
      for (const place of [...changed, ...gone]) expect(place).toBeLessThanOrEqual(lines.length);
      if (changed.length + gone.length === 0) expect(after.join('\n')).toBe(before.join('\n'));
    }
  });

  it('2,000 lines that have nothing in common are all marked', () => {
    const lines = (start: string) => Array.from({ length: 2_000 }, (_, at) => `${start} ${at}`).join('\n');
    expect(differentLines(lines('a'), lines('b')).changed).toHaveLength(2_000);
    const edited = lines('a')
      .split('\n')
      .map((line, at) => (at % 100 === 0 ? `${line}!` : line));
    expect(differentLines(lines('a'), edited.join('\n')).changed).toHaveLength(20);
  });
});
