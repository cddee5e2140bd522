import type { Segment } from '../../../protocol/index.ts';
import { type AlignedSide, type Alignment, type Hunk, hunksOf } from './alignment.ts';

type Mark = Segment['mark'];

/** A side as it is marked part by part; neighbours with one mark are one segment. */
export interface MarkedSide {
  readonly add: (text: string, mark?: Mark) => void;
  readonly segments: readonly Segment[];
}

export function markedSide(): MarkedSide {
  const segments: Segment[] = [];
  return {
    segments,
    add: (text, mark) => {
      const last = segments.at(-1);
      if (text === '') return;
      if (last !== undefined && last.mark === mark) last.text += text;
      else segments.push(mark === undefined ? { text } : { text, mark });
    },
  };
}

/**
 * Marks both sides of an alignment. What stays unmarked is the same on both sides: whitespace around a change is a part of it, or marked as
 * `space`, where the other side has another one at its place.
 */
export function markSegments({ left, right }: Alignment, leftSide: MarkedSide, rightSide: MarkedSide): void {
  for (const hunk of hunksOf({ left, right })) {
    markHunk({ side: left, range: hunk.left, to: leftSide }, { side: right, range: hunk.right, to: rightSide });
    addPart(left, hunk.left[1], leftSide);
    addPart(right, hunk.right[1], rightSide);
  }
}

function addPart({ text, starts, ends }: AlignedSide, at: number, to: MarkedSide): void {
  if (at < starts.length) to.add(text.slice(starts[at], ends[at]));
}

/** A hunk on one side, and where it is marked. */
interface HunkSide {
  readonly side: AlignedSide;
  readonly range: Hunk['left'];
  readonly to: MarkedSide;
}

function markHunk(left: HunkSide, right: HunkSide): void {
  if (isEmpty(left) && !isEmpty(right)) markInsertion(left, right);
  else if (isEmpty(right) && !isEmpty(left)) markInsertion(right, left);
  else markReplacement(left, right);
}

/** Parts of both sides, or only the whitespace of both. */
function markReplacement(left: HunkSide, right: HunkSide): void {
  markGaps(left, right, 0);
  if (isEmpty(left)) return;
  for (const hunk of [left, right]) addParts(hunk);
  markGaps(left, right, 1);
}

/** Whitespace at one place of both sides: behind what it begins with on both, it is marked. */
function markGaps(left: HunkSide, right: HunkSide, end: 0 | 1): void {
  const [own, other] = [gap(left, end), gap(right, end)];
  let same = 0;
  while (same < own.length && own[same] === other[same]) same += 1;
  left.to.add(own.slice(0, same));
  left.to.add(own.slice(same), 'space');
  right.to.add(other.slice(0, same));
  right.to.add(other.slice(same), 'space');
}

/** Parts that only one side has. Of the whitespace around them the one that the other side has too is unmarked. */
function markInsertion(empty: HunkSide, full: HunkSide): void {
  const own = gap(empty, 0);
  const [before, behind] = [gap(full, 0), gap(full, 1)];
  const keepsBefore = own === before;
  const keepsBehind = !keepsBefore && own === behind;
  const { side, range } = full;
  empty.to.add(own, keepsBefore || keepsBehind ? undefined : 'space');
  full.to.add(before, keepsBefore ? undefined : markOf(side, range[0]));
  addParts(full);
  full.to.add(behind, keepsBehind ? undefined : markOf(side, range[1] - 1));
}

/** The parts of a hunk with the whitespace between them, not with that around them. */
function addParts({ side, range: [from, to], to: marked }: HunkSide): void {
  const { text, starts, ends } = side;
  for (let at = from; at < to; at += 1) {
    const mark = markOf(side, at);
    if (at > from) marked.add(text.slice(ends[at - 1], starts[at]), markOf(side, at - 1) === mark ? mark : 'changed');
    marked.add(text.slice(starts[at], ends[at]), mark);
  }
}

function markOf({ moved }: AlignedSide, at: number): 'moved' | 'changed' {
  return moved[at] ? 'moved' : 'changed';
}

function isEmpty({ range: [from, to] }: HunkSide): boolean {
  return from === to;
}

/** The whitespace before (0) or behind (1) the parts of a hunk; of an empty hunk both are the one that is there. */
function gap({ side: { text, starts, ends }, range }: HunkSide, end: 0 | 1): string {
  const at = range[end];
  return text.slice(at === 0 ? 0 : ends[at - 1], at === starts.length ? text.length : starts[at]);
}
