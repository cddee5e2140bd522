import type { Segment } from '../../../protocol/index.ts';
import type { AlignedSide, Alignment } from './alignment.ts';
import { alignUnits } from './alignUnits.ts';
import { alignWords } from './alignWords.ts';
import { type Codes, codedText } from './codedText.ts';
import { commonEnds } from './commonEnds.ts';
import { keyNumbers } from './keyNumbers.ts';
import { markedSide, markSegments } from './markedSegments.ts';
import { mergeIslands } from './mergeIslands.ts';
import { isSpace } from './unitPieces.ts';

/** Two texts side by side: joined, the segments of a side are its text; without the marked ones both sides are the same. */
export interface TextDiff {
  readonly left: readonly Segment[];
  readonly right: readonly Segment[];
  /** How they differ at most: not at all, in whitespace, in the place of parts, in what they say. */
  readonly kind: 'same' | 'whitespace' | 'moved' | 'changed';
  /** Too large, or too different for their size, to be compared word by word everywhere: by lines and sentences, or as a whole. */
  readonly coarse: boolean;
}

/**
 * How two texts differ: first by lines and sentences, where one that stands elsewhere on the other side is `moved`; then by words within what
 * is left. Only whitespace that differs is `space`; everything else on one side alone is `changed`. Bounded by counted steps, not by a clock,
 * so the same texts give the same answer everywhere, in about linear time whatever they are. Texts that differ in Unicode form alone are
 * the same.
 */
export function diffText(left: string, right: string): TextDiff {
  if (left === right) {
    const segments = markedSide(left).segments();
    return { left: segments, right: segments, kind: 'same', coarse: false };
  }
  const { start, end } = commonEnds(left, right);
  const { coarse, ...alignment } = align(left.slice(start, left.length - end), right.slice(start, right.length - end));
  mergeIslands(alignment);
  const sides = [markedSide(left, start), markedSide(right, start)] as const;
  markSegments(alignment, ...sides);
  const [leftSegments, rightSegments] = [sides[0].segments(), sides[1].segments()];
  return { left: leftSegments, right: rightSegments, kind: kindOf([leftSegments, rightSegments]), coarse };
}

function align(left: string, right: string): Alignment & { readonly coarse: boolean } {
  const texts = [codedText(left), codedText(right)] as const;
  const keyOf = keyNumbers();
  if (!sameButSpace(texts[0].codes, texts[1].codes)) return alignWords(alignUnits(...texts, keyOf), texts, keyOf);
  // Lines that are only broken at other places must not be taken for other lines.
  return alignWords({ left: oneUnit(left), right: oneUnit(right) }, texts, keyOf, Number.POSITIVE_INFINITY);
}

/** Whether two texts are the same without their whitespace. */
function sameButSpace(left: Codes, right: Codes): boolean {
  for (let l = 0, r = 0; ; l += 1, r += 1) {
    while (l < left.length && isSpace(left[l] as number)) l += 1;
    while (r < right.length && isSpace(right[r] as number)) r += 1;
    if (l === left.length || r === right.length) return l === left.length && r === right.length;
    if (left[l] !== right[r]) return false;
  }
}

function oneUnit(text: string): AlignedSide {
  return { text, starts: [0], ends: [text.length], partners: [-1], moved: [false] };
}

function kindOf(sides: readonly (readonly Segment[])[]): TextDiff['kind'] {
  const has = (mark: Segment['mark']): boolean => sides.some((segments) => segments.some((segment) => segment.mark === mark));
  if (has('changed')) return 'changed';
  return has('moved') ? 'moved' : has('space') ? 'whitespace' : 'same';
}
