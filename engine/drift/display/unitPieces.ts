import { canonicalText } from '../cases/canonicalText.ts';
import { type CodedText, type Codes, codesOf } from './codedText.ts';
import type { KeyOf } from './keyNumbers.ts';
import { noPieces, type Pieces } from './pieces.ts';

/** The end of a line, or of a sentence: its mark, what closes it, and the whitespace behind it, which scripts without spaces do not have. */
export const UNIT_END = /\n|[.!?…]["'”’)\]]*\s|[。！？]["'”’）」』]*/g;

/** A text as lines and, within them, sentences. White space around them belongs to none. */
export function unitPieces({ text, codes }: CodedText, keyOf: KeyOf): Pieces {
  const units = noPieces();
  let from = 0;
  const add = (to: number): void => {
    let [start, end] = [from, to];
    while (start < end && isSpace(codes[start] as number)) start += 1;
    while (end > start && isSpace(codes[end - 1] as number)) end -= 1;
    from = to;
    if (start === end) return;
    units.starts.push(start);
    units.ends.push(end);
    units.keys.push(isCanonical(codes, start, end) ? keyOf(codes, start, end) : keyOf(codesOf(canonicalText(text.slice(start, end)))));
  };
  const end = new RegExp(UNIT_END);
  while (end.test(text)) add(end.lastIndex);
  add(text.length);
  return units;
}

/** Whether a unit is its canonical text already: ASCII with single spaces. */
function isCanonical(codes: Codes, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = codes[at] as number;
    if (code > 126 || code < 32 || (code === 32 && codes[at + 1] === 32)) return false;
  }
  return true;
}

/** Whether a UTF-16 code unit is whitespace, as `\s` has it. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  return code >= 160 && (code <= 0x3000 || code >= 0xfeff) && SPACE.test(String.fromCharCode(code));
}

const SPACE = /\s/;

/** Whether a unit says enough to be known again at another place: some words, or as much in a script without spaces. */
export function isTelling(unit: string): boolean {
  return TELLING.test(unit.slice(0, ENOUGH));
}

/** Characters of a unit that are looked at: the pattern reads a long word once from each of its characters. */
const ENOUGH = 200;
const TELLING = /(?:\S+\s+){2}\S*[\p{L}\p{N}]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{M}]{8}/u;
