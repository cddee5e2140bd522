import type { Segment } from '../../../protocol/index.ts';
import { alignKeys, type Effort } from './alignKeys.ts';
import { type AlignedSide, type Alignment, type Hunk, hunksOf } from './alignment.ts';
import { commonEnds } from './commonEnds.ts';
import { markedSide, markSegments } from './markedSegments.ts';
import { mergeIslands } from './mergeIslands.ts';
import { type KeyOf, keyNumbers, noPieces, type Pieces } from './pieces.ts';
import { isTelling, unitPieces } from './unitPieces.ts';
import { addWords } from './wordPieces.ts';

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
  const { alignment, coarse } = align(left.slice(start, left.length - end), right.slice(start, right.length - end));
  mergeIslands(alignment);
  for (const side of [leftSide, rightSide]) side.add(left.slice(0, start));
  markSegments(alignment, leftSide, rightSide);
  for (const side of [leftSide, rightSide]) side.add(left.slice(left.length - end));
  return { left: leftSide.segments, right: rightSide.segments, kind: kindOf([leftSide.segments, rightSide.segments]), coarse };
}

/** What one comparison may cost: about 0.1 s of exact search at most … */
const STEPS = 500_000;
/** … and each part of the texts read for anchors so many times. */
const READS = 12;
/** Words are looked at in so many characters of both sides together that are not the same line or sentence. */
const MOST_WORD_CHARACTERS = 500_000;

function align(left: string, right: string): { readonly alignment: Alignment; readonly coarse: boolean } {
  const keyOf = keyNumbers();
  const [leftUnits, rightUnits] = [unitPieces(left, keyOf), unitPieces(right, keyOf)];
  const size = leftUnits.keys.length + rightUnits.keys.length;
  const units = unitAlignment(
    { text: left, ...leftUnits },
    { text: right, ...rightUnits },
    { steps: STEPS / 2, reads: READS * size, gaveUp: false },
  );
  const refined = refine(units, keyOf);
  return { alignment: { left: refined.left, right: refined.right }, coarse: refined.coarse };
}

type Text = Pieces & { readonly text: string };

/** Lines and sentences that correspond, and those that moved. Lines that no effort could align are not yet coarse: their words may be. */
function unitAlignment(left: Text, right: Text, effort: Effort): Alignment {
  const partners = [...alignKeys(left.keys, right.keys, effort)];
  const backwards = new Array<number>(right.keys.length).fill(-1);
  partners.forEach((partner, at) => {
    if (partner >= 0) backwards[partner] = at;
  });
  const waiting = new Map<number, number[]>();
  left.keys.forEach((key, at) => {
    if (partners[at] !== -1 || !isTelling(left.text.slice(left.starts[at], left.ends[at]))) return;
    const places = waiting.get(key);
    if (places) places.push(at);
    else waiting.set(key, [at]);
  });
  for (const places of waiting.values()) places.reverse();
  const moved = { left: partners.map(() => false), right: backwards.map(() => false) };
  right.keys.forEach((key, at) => {
    const from = backwards[at] === -1 ? waiting.get(key)?.pop() : undefined;
    if (from === undefined) return;
    moved.left[from] = true;
    moved.right[at] = true;
  });
  return { left: { ...left, partners, moved: moved.left }, right: { ...right, partners: backwards, moved: moved.right } };
}

/** Looks at the words of what is not the same on both sides, as far as it is not too much. */
function refine(units: Alignment, keyOf: KeyOf): Alignment & { readonly coarse: boolean } {
  const [left, right] = [growing(units.left), growing(units.right)];
  const effort: Effort = { steps: STEPS, reads: 0, gaveUp: false };
  let characters = 0;
  let coarse = false;
  const words = (hunk: Hunk, isSame: boolean): void => {
    const from = { left: left.starts.length, right: right.starts.length };
    const length = lengthOf(units.left, hunk.left) + lengthOf(units.right, hunk.right);
    const both = hasChanges(units.left, hunk.left) && hasChanges(units.right, hunk.right);
    const byWords = both && (isSame || characters + length <= MOST_WORD_CHARACTERS);
    if (byWords && !isSame) characters += length;
    if (both && !byWords) coarse = true;
    left.add(hunk.left, byWords ? keyOf : undefined);
    right.add(hunk.right, byWords ? keyOf : undefined);
    if (byWords) alignTail(left, right, from, effort);
  };
  for (const hunk of hunksOf(units)) {
    words(hunk, false);
    const [l, r] = [hunk.left[1], hunk.right[1]];
    if (l === units.left.starts.length) continue;
    if (textAt(units.left, l) === textAt(units.right, r)) pair(left, right, l, r);
    else words({ left: [l, l + 1], right: [r, r + 1] }, true);
  }
  return { left, right, coarse: coarse || effort.gaveUp };
}

/** A side of the finer alignment while it is made. */
interface GrowingSide extends AlignedSide {
  readonly starts: number[];
  readonly ends: number[];
  readonly keys: number[];
  readonly moved: boolean[];
  /** Adds units: as words where a `keyOf` is given, else whole; moved ones always whole. */
  readonly add: (range: Hunk['left'], keyOf?: KeyOf) => void;
}

function growing(units: AlignedSide): GrowingSide {
  const pieces = noPieces();
  const [partners, moved] = [[] as number[], [] as boolean[]];
  const add: GrowingSide['add'] = ([from, to], keyOf) => {
    for (let at = from; at < to; at += 1) {
      const [start, end] = [units.starts[at] as number, units.ends[at] as number];
      const isMoved = units.moved[at] === true;
      if (keyOf && !isMoved) addWords(units.text, start, end, pieces, keyOf);
      else {
        pieces.starts.push(start);
        pieces.ends.push(end);
        pieces.keys.push(-1);
      }
      while (moved.length < pieces.starts.length) {
        moved.push(isMoved);
        partners.push(-1);
      }
    }
  };
  return { text: units.text, ...pieces, partners, moved, add };
}

/** Adds a unit that is the same on both sides. */
function pair(left: GrowingSide, right: GrowingSide, l: number, r: number): void {
  left.add([l, l + 1]);
  right.add([r, r + 1]);
  left.partners[left.partners.length - 1] = right.partners.length - 1;
  right.partners[right.partners.length - 1] = left.partners.length - 1;
}

/** Aligns the words behind `from`, without what moved. */
function alignTail(left: GrowingSide, right: GrowingSide, from: { readonly left: number; readonly right: number }, effort: Effort): void {
  const places = (side: GrowingSide, start: number): readonly number[] => {
    const found: number[] = [];
    for (let at = start; at < side.starts.length; at += 1) if (!side.moved[at]) found.push(at);
    return found;
  };
  const [own, other] = [places(left, from.left), places(right, from.right)];
  effort.reads = READS * (own.length + other.length);
  const found = alignKeys(
    own.map((at) => left.keys[at] as number),
    other.map((at) => right.keys[at] as number),
    effort,
  );
  found.forEach((partner, at) => {
    if (partner < 0) return;
    left.partners[own[at] as number] = other[partner] as number;
    right.partners[other[partner] as number] = own[at] as number;
  });
}

function textAt({ text, starts, ends }: AlignedSide, at: number): string {
  return text.slice(starts[at], ends[at]);
}

function lengthOf({ starts, ends }: AlignedSide, [from, to]: Hunk['left']): number {
  return from === to ? 0 : (ends[to - 1] as number) - (starts[from] as number);
}

function hasChanges({ moved }: AlignedSide, [from, to]: Hunk['left']): boolean {
  for (let at = from; at < to; at += 1) if (!moved[at]) return true;
  return false;
}

function kindOf(sides: readonly (readonly Segment[])[]): TextDiff['kind'] {
  const marks = new Set(sides.flatMap((segments) => segments.map(({ mark }) => mark)));
  if (marks.has('changed')) return 'changed';
  return marks.has('moved') ? 'moved' : marks.has('space') ? 'whitespace' : 'same';
}
