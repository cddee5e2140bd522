import type { KeyOf, Pieces } from './pieces.ts';

/** Scripts that put no space between words. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const FIRST = `[[\\p{L}\\p{N}_]--[${UNSPACED}]]`;
const NEXT = `[[\\p{L}\\p{N}\\p{M}_\\u200c\\u200d]--[${UNSPACED}]]`;

/**
 * A word with what joins it (`don't`, `INV-20418`, `49,00`, `2026-11-21`), a run of a script without spaces, one mark of punctuation, or a run
 * of anything else (emoji, signs). Combining marks and joiners stay with what they belong to, so that no character is ever cut.
 */
const TOKEN = new RegExp(
  [
    `${FIRST}${NEXT}*(?:['’\\-]${FIRST}${NEXT}*|(?<=\\p{N})[.,:\\/](?=\\p{N})${NEXT}+)*`,
    `[${UNSPACED}][${UNSPACED}\\p{M}ー\\u200c\\u200d]*`,
    '[!-\\/:-@\\[-\\^`\\{-~][\\p{M}\\u200d]*',
    '[^\\s\\p{L}\\p{N}!-~]+',
  ].join('|'),
  'gv',
);
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'v');
const ASCII = /^[\0-\x7f]*$/;

/** Words of scripts without spaces come from a dictionary; which one does not depend on the machine's language. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Adds the words of a part of a text. */
export function addWords(text: string, start: number, end: number, words: Pieces, keyOf: KeyOf): void {
  const part = text.slice(start, end);
  const ascii = ASCII.test(part);
  const add = (word: string, at: number): void => {
    words.starts.push(start + at);
    words.ends.push(start + at + word.length);
    words.keys.push(keyOf(ascii ? word : word.normalize('NFC')));
  };
  for (const { 0: token, index } of part.matchAll(TOKEN)) {
    if (ascii || !IS_UNSPACED.test(token)) add(token, index);
    else for (const { segment, index: at } of segmenter.segment(token)) add(segment, index + at);
  }
}
