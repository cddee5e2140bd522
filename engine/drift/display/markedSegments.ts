import type { Segment } from '../../../protocol/index.ts';
import { type AlignedSide, type Alignment, eachHunk } from './alignment.ts';

type Mark = Segment['mark'];

/** A side as it is marked from its beginning to its end; neighbours with one mark are one segment. */
export interface MarkedSide {
  /** Gives what stands between the last place and this one a mark, or none. */
  readonly markTo: (place: number, mark?: Mark) => void;
  /** The whole text in segments; what is behind the last place has no mark. */
  readonly segments: () => readonly Segment[];
}

/** Places are counted from `offset`; what stands before it has no mark. */
export function markedSide(text: string, offset = 0): MarkedSide {
  const segments: Segment[] = [];
  let [from, to] = [0, offset];
  let current: Mark;
  const markTo = (place: number, mark?: Mark): void => {
    if (offset + place === to) return;
    if (mark !== current) {
      if (to > from) segments.push(current === undefined ? { text: text.slice(from, to) } : { text: text.slice(from, to), mark: current });
      from = to;
      current = mark;
    }
    to = offset + place;
  };
  return {
    markTo,
    segments: () => {
      markTo(text.length - offset);
      if (to > from) segments.push(current === undefined ? { text: text.slice(from, to) } : { text: text.slice(from, to), mark: current });
      from = to;
      return segments;
    },
  };
}

/**
 * Marks both sides of an alignment. What stays unmarked is the same on both sides: whitespace around a change is a part of it, or marked as
 * `space`, where the other side has another one at its place.
 */
export function markSegments(alignment: Alignment, leftSide: MarkedSide, rightSide: MarkedSide): void {
  const [left, right] = [
    { ...alignment.left, ...leftSide },
    { ...alignment.right, ...rightSide },
  ];
  eachHunk(alignment, (l, lEnd, r, rEnd) => {
    if (l === lEnd && r < rEnd) markInsertion(left, l, right, r, rEnd);
    else if (r === rEnd && l < lEnd) markInsertion(right, r, left, l, lEnd);
    else {
      markGaps(left, l, right, r);
      if (l < lEnd) {
        markParts(left, l, lEnd);
        markParts(right, r, rEnd);
        markGaps(left, lEnd, right, rEnd);
      }
    }
    if (lEnd < left.starts.length) left.markTo(left.ends[lEnd] as number);
    if (rEnd < right.starts.length) right.markTo(right.ends[rEnd] as number);
  });
}

type Side = AlignedSide & Pick<MarkedSide, 'markTo'>;

/** Whitespace at one place of both sides: behind what it begins with on both, it is marked. */
function markGaps(left: Side, l: number, right: Side, r: number): void {
  let [own, other] = [gapStart(left, l), gapStart(right, r)];
  const [ownEnd, otherEnd] = [gapEnd(left, l), gapEnd(right, r)];
  while (own < ownEnd && other < otherEnd && left.text.charCodeAt(own) === right.text.charCodeAt(other)) {
    own += 1;
    other += 1;
  }
  left.markTo(own);
  left.markTo(ownEnd, 'space');
  right.markTo(other);
  right.markTo(otherEnd, 'space');
}

/** Parts that only one side has. Of the whitespace around them the one that the other side has too is unmarked. */
function markInsertion(empty: Side, place: number, full: Side, from: number, to: number): void {
  const own = gap(empty, place);
  const keepsBefore = own === gap(full, from);
  const keepsBehind = !keepsBefore && own === gap(full, to);
  empty.markTo(gapEnd(empty, place), keepsBefore || keepsBehind ? undefined : 'space');
  full.markTo(gapEnd(full, from), keepsBefore ? undefined : markOf(full, from));
  markParts(full, from, to);
  full.markTo(gapEnd(full, to), keepsBehind ? undefined : markOf(full, to - 1));
}

/** The parts of a hunk with the whitespace between them, not with that around them. */
function markParts(side: Side, from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    const mark = markOf(side, at);
    if (at > from) side.markTo(side.starts[at] as number, markOf(side, at - 1) === mark ? mark : 'changed');
    side.markTo(side.ends[at] as number, mark);
  }
}

function markOf({ moved }: AlignedSide, at: number): 'moved' | 'changed' {
  return moved[at] ? 'moved' : 'changed';
}

/** The whitespace before a part, or behind the last one. */
function gap(side: AlignedSide, at: number): string {
  return side.text.slice(gapStart(side, at), gapEnd(side, at));
}

function gapStart({ ends }: AlignedSide, at: number): number {
  return at === 0 ? 0 : (ends[at - 1] as number);
}

function gapEnd({ text, starts }: AlignedSide, at: number): number {
  return at === starts.length ? text.length : (starts[at] as number);
}
