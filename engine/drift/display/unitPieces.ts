import { canonicalText } from '../cases/canonicalText.ts';
import { type KeyOf, noPieces, type Pieces } from './pieces.ts';

/** The end of a line, or of a sentence: its mark, what closes it, and the whitespace behind it, which scripts without spaces do not have. */
export const UNIT_END = /\n|[.!?…]["'”’)\]]*\s|[。！？]["'”’）」』]*/g;

/** A text as lines and, within them, sentences. White space around them belongs to none. */
export function unitPieces(text: string, keyOf: KeyOf): Pieces {
  const units = noPieces();
  let from = 0;
  const add = (to: number): void => {
    let [start, end] = [from, to];
    while (start < end && isSpace(text.charCodeAt(start))) start += 1;
    while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
    from = to;
    if (start === end) return;
    units.starts.push(start);
    units.ends.push(end);
    units.keys.push(keyOf(canonicalText(text.slice(start, end))));
  };
  for (const { index, 0: mark } of text.matchAll(UNIT_END)) add(index + mark.length);
  add(text.length);
  return units;
}

/** Whether a UTF-16 code unit is whitespace, as `\s` has it. */
export function isSpace(code: number): boolean {
  return code <= 32 ? code === 32 || (code >= 9 && code <= 13) : code >= 160 && SPACE.test(String.fromCharCode(code));
}

const SPACE = /\s/;

/** Whether a unit says enough to be known again at another place: some words, or as much in a script without spaces. */
export function isTelling(unit: string): boolean {
  return TELLING.test(unit.slice(0, ENOUGH));
}

/** Characters of a unit that are looked at: the pattern reads a long word once from each of its characters. */
const ENOUGH = 200;
const TELLING = /(?:\S+\s+){2}\S*[\p{L}\p{N}]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{M}]{8}/u;
