import { type CodedText, type Codes, codesOf } from './codedText.ts';
import type { KeyOf } from './keyNumbers.ts';
import { addPiece, type Pieces } from './pieces.ts';
import { isSpace } from './unitPieces.ts';

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
  'yv',
);
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'v');

/** Words of scripts without spaces come from a dictionary; which one does not depend on the machine's language. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Adds the words of a part of a text. One begins wherever there is no whitespace. */
export function addWords({ text, codes }: CodedText, start: number, end: number, words: Pieces, keyOf: KeyOf): void {
  let part: string | undefined;
  for (let at = start; at < end; ) {
    if (isSpace(codes[at] as number)) {
      at += 1;
      continue;
    }
    const to = asciiEnd(codes, at, end);
    if (to > 0) addPiece(words, at, to, keyOf(codes, at, to));
    else {
      part ??= text.slice(start, end);
      addToken(tokenAt(part, at - start), codes, at, words, keyOf);
    }
    at = words.ends.at(-1) as number;
  }
}

function tokenAt(part: string, from: number): string {
  TOKEN.lastIndex = from;
  return part.slice(from, TOKEN.test(part) ? TOKEN.lastIndex : from + 1);
}

/** Adds a token that begins at a place, by its words where there are no spaces between them. */
function addToken(token: string, codes: Codes, start: number, words: Pieces, keyOf: KeyOf): void {
  const normal = token.normalize('NFC') === token;
  const add = (word: string, at: number): void => {
    const end = at + word.length;
    addPiece(words, at, end, normal ? keyOf(codes, at, end) : keyOf(codesOf(word.normalize('NFC'))));
  };
  if (!IS_UNSPACED.test(token)) add(token, start);
  else for (const { segment, index } of segmenter.segment(token)) add(segment, start + index);
}

/** What a UTF-16 code unit is to `TOKEN` in ASCII; no other character is looked at here. */
const [SPACE, LETTER, DIGIT, MARK, CONTROL, FOREIGN] = [0, 1, 2, 3, 4, 5];
const KINDS = new Uint8Array(0x10000).fill(FOREIGN);
for (let code = 0; code < 128; code += 1) {
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) KINDS[code] = SPACE;
  else if (/\w/.test(character)) KINDS[code] = /\d/.test(character) ? DIGIT : LETTER;
  else KINDS[code] = /[!-~]/.test(character) ? MARK : CONTROL;
}

/** Where a token ends, without the pattern, which costs several times as much. 0 where that is not for ASCII alone to say. */
function asciiEnd(codes: Codes, from: number, end: number): number {
  const first = KINDS[codes[from] as number];
  if (first === FOREIGN) return 0;
  let at = from + 1;
  if (first === CONTROL) while (kindAt(codes, at, end) === CONTROL) at += 1;
  else if (first !== MARK) at = wordEnd(codes, at, end);
  return kindAt(codes, at, end) === FOREIGN ? 0 : at;
}

/** Where letters and digits end, with the marks that join them, or where a character beyond ASCII may join more. */
function wordEnd(codes: Codes, from: number, end: number): number {
  for (let at = from; ; at += 1) {
    while (at < end && isWord(KINDS[codes[at] as number] as number)) at += 1;
    if (kindAt(codes, at, end) !== MARK) return at;
    const next = kindAt(codes, at + 1, end);
    if (next === FOREIGN) return at + 1;
    if (!joins(codes[at] as number, KINDS[codes[at - 1] as number] as number, next)) return at;
  }
}

/** Whether a mark joins what stands before and behind it: `'` and `-` parts of a word, `.`, `,`, `:` and `/` digits. */
function joins(mark: number, before: number, behind: number): boolean {
  if (mark === 0x27 || mark === 0x2d) return isWord(behind);
  return before === DIGIT && behind === DIGIT && (mark === 0x2c || mark === 0x2e || mark === 0x2f || mark === 0x3a);
}

function kindAt(codes: Codes, at: number, end: number): number {
  return at < end ? (KINDS[codes[at] as number] as number) : SPACE;
}

function isWord(kind: number): boolean {
  return kind === LETTER || kind === DIGIT;
}
