import type { Segment } from '../../../protocol/index.ts';
import type { AlignedSide, Alignment } from './alignment.ts';
import { alignUnits } from './alignUnits.ts';
import { alignWords } from './alignWords.ts';
import { commonEnds } from './commonEnds.ts';
import { markedSide, markSegments } from './markedSegments.ts';
import { mergeIslands } from './mergeIslands.ts';
import { keyNumbers } from './pieces.ts';

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
  const [leftSide, rightSide] = [markedSide(), markedSide()];
  if (left === right) {
    leftSide.add(left);
    return { left: leftSide.segments, right: leftSide.segments, kind: 'same', coarse: false };
  }
  const { start, end } = commonEnds(left, right);
  const { coarse, ...alignment } = align(left.slice(start, left.length - end), right.slice(start, right.length - end));
  mergeIslands(alignment);
  for (const side of [leftSide, rightSide]) side.add(left.slice(0, start));
  markSegments(alignment, leftSide, rightSide);
  for (const side of [leftSide, rightSide]) side.add(left.slice(left.length - end));
  return { left: leftSide.segments, right: rightSide.segments, kind: kindOf([leftSide.segments, rightSide.segments]), coarse };
}

function align(left: string, right: string): Alignment & { readonly coarse: boolean } {
  const keyOf = keyNumbers();
  if (solid(left) !== solid(right)) return alignWords(alignUnits(left, right, keyOf), keyOf);
  // Lines that are only broken at other places must not be taken for other lines.
  return alignWords({ left: oneUnit(left), right: oneUnit(right) }, keyOf, Number.POSITIVE_INFINITY);
}

function solid(text: string): string {
  return text.replace(/\s+/g, '');
}

function oneUnit(text: string): AlignedSide {
  return { text, starts: [0], ends: [text.length], partners: [-1], moved: [false] };
}

function kindOf(sides: readonly (readonly Segment[])[]): TextDiff['kind'] {
  const marks = new Set(sides.flatMap((segments) => segments.map(({ mark }) => mark)));
  if (marks.has('changed')) return 'changed';
  return marks.has('moved') ? 'moved' : marks.has('space') ? 'whitespace' : 'same';
}
