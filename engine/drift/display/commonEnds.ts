import { isSpace, UNIT_END } from './unitPieces.ts';

/** How many characters two different texts share at their beginning and at their end, cut where a line, a sentence or at least a word ends. */
export function commonEnds(left: string, right: string): { readonly start: number; readonly end: number } {
  const most = Math.min(left.length, right.length);
  let same = 0;
  while (same < most && left.charCodeAt(same) === right.charCodeAt(same)) same += 1;
  const start = boundaryBefore(left, same);
  let end = 0;
  while (end < most - start && left.charCodeAt(left.length - 1 - end) === right.charCodeAt(right.length - 1 - end)) end += 1;
  return { start, end: end - boundaryBehind(left, left.length - end) };
}

/** How far the end of a line or a sentence is looked for; a text's own ends are such. Where it is farther, the next word will do. */
const REACH = 4000;

/** The last boundary of `text` up to `to`, told by what stands before it; 0 where there is none in reach. */
function boundaryBefore(text: string, to: number): number {
  const from = Math.max(0, to - REACH);
  const near = text.slice(from, to);
  const unit = [...near.matchAll(UNIT_END)].at(-1);
  if (unit) return from + unit.index + unit[0].length;
  if (from === 0) return 0;
  for (let at = to; at > from; at -= 1) if (isSpace(text.charCodeAt(at - 1))) return at;
  for (let at = to - 1; at > from; at -= 1) if (isIdeograph(text.charCodeAt(at - 1)) && isIdeograph(text.charCodeAt(at))) return at;
  return 0;
}

/** How many characters behind `from` the first boundary stands; all the rest of the text where there is none in reach. */
function boundaryBehind(text: string, from: number): number {
  const near = text.slice(from, from + REACH);
  const unit = near.matchAll(UNIT_END).next().value;
  if (unit) return unit.index + unit[0].length;
  if (near.length < REACH) return near.length;
  for (let at = 0; at < near.length; at += 1) if (isSpace(near.charCodeAt(at))) return at + 1;
  for (let at = 1; at < near.length; at += 1) if (isIdeograph(near.charCodeAt(at - 1)) && isIdeograph(near.charCodeAt(at))) return at;
  return text.length - from;
}

/** A character of Chinese or Japanese that can stand alone: between two of them a text can be cut. */
function isIdeograph(code: number): boolean {
  return code >= 0x3041 && code <= 0x9fff && code !== 0x3099 && code !== 0x309a;
}
