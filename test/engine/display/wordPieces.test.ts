import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codedText } from '../../../engine/drift/display/codedText.ts';
import { keyNumbers } from '../../../engine/drift/display/keyNumbers.ts';
import { noPieces } from '../../../engine/drift/display/pieces.ts';
import { addWords } from '../../../engine/drift/display/wordPieces.ts';

function wordsOf(text: string, start = 0, end = text.length): readonly string[] {
  const words = noPieces();
  addWords(codedText(text), start, end, words, keyNumbers());
  return words.starts.map((from, at) => text.slice(from, words.ends[at]));
}

describe('words', () => {
  it.each([
    ["don't", ["don't"]],
    ["'don't'", ["'", "don't", "'"]],
    ['o’clock', ['o’clock']],
    ["l'été, d'où", ["l'été", ',', "d'où"]],
    ['a-é a-', ['a-é', 'a', '-']],
    ['naïve_1 x', ['naïve_1', 'x']],
    ['49,00 € 1.2.3 1. 1.a a.1', ['49,00', '€', '1.2.3', '1', '.', '1', '.', 'a', 'a', '.', '1']],
    ['1,٣ 2:3/4', ['1,٣', '2:3/4']],
    ['x\u0301y .\u0301 !', ['x\u0301y', '.\u0301', '!']],
    ['a重复b', ['a', '重复', 'b']],
    ['\u0001\u0002\u0080 ok', ['\u0001\u0002\u0080', 'ok']],
    ['a\u00a0b\u3000c\u2028d', ['a', 'b', 'c', 'd']],
  ])('of %j', (text, words) => expect(wordsOf(text)).toEqual(words));

  it('of a part end where it ends, whatever stands behind', () => {
    expect(wordsOf("ab'cd 1.2", 1, 2)).toEqual(['b']);
    expect(wordsOf("ab'cd 1.2", 3, 8)).toEqual(['cd', '1', '.']);
    expect(wordsOf('abé', 0, 2)).toEqual(['ab']);
  });

  /** What a word is in ASCII, as one pattern. */
  const ASCII_WORD = /\w+(?:['-]\w+|(?<=\d)[.,:/](?=\d)\w+)*|[!-~]|[^\s!-~]+/g;
  const ascii = fc.string({
    unit: fc.constantFrom(...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), ..."aab12''--..,:/  "),
    maxLength: 40,
  });

  it('of ASCII are those of the pattern', () =>
    fc.assert(
      fc.property(ascii, (text) => {
        expect(wordsOf(text)).toEqual(text.match(ASCII_WORD) ?? []);
      }),
      { numRuns: 2000 },
    ));

  const mixed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(..."ab1'-.,: é重٣\u0301\u200d\ud83d’"), maxLength: 40 }),
  );

  it('leave out whitespace alone', () =>
    fc.assert(
      fc.property(mixed, (text) => {
        expect(wordsOf(text).join('')).toBe(text.replace(/\s+/g, ''));
      }),
      { numRuns: 2000 },
    ));

  it('of ASCII are the same beside other characters', () =>
    fc.assert(
      fc.property(ascii, (text) => {
        expect(wordsOf(`${text} é`).slice(0, -1)).toEqual(wordsOf(text));
      }),
    ));
});
