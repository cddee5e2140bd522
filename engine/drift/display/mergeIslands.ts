import { type AlignedSide, type Alignment, eachHunk } from './alignment.ts';

/** So many words or marks at most … */
const MOST_PARTS = 2;
/** … of so many characters are an island between two changes. */
const LONGEST = 8;

/**
 * Takes apart pairs that stand alone between two changes and are no longer than either: `red of blue` against `green of yellow` reads better
 * as one change than as two around `of`. A line of its own stays.
 */
export function mergeIslands(alignment: Alignment): void {
  const { left, right } = alignment;
  /** The length of the change before, and where on the left the pairs behind it begin. */
  let before = 0;
  let run = 0;
  eachHunk(alignment, (l, lEnd, r, rEnd) => {
    if (l === lEnd && r === rEnd) return;
    const size = Math.max(changedLength(left, l, lEnd), changedLength(right, r, rEnd));
    const length = l > run && l - run <= MOST_PARTS ? partsLength(left, run, l) : Number.POSITIVE_INFINITY;
    if (length <= Math.min(LONGEST, before, size) && !ownLine(left, run, l)) {
      for (let part = run; part < l; part += 1) {
        right.partners[left.partners[part] as number] = -1;
        left.partners[part] = -1;
      }
      before += length + size;
    } else before = size;
    run = lEnd;
  });
}

function changedLength(side: AlignedSide, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) if (!side.moved[at]) sum += lengthOf(side, at);
  return sum;
}

function partsLength(side: AlignedSide, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += lengthOf(side, at);
  return sum;
}

function lengthOf({ starts, ends }: AlignedSide, at: number): number {
  return (ends[at] as number) - (starts[at] as number);
}

/** Whether parts are all there is on their line, or the first or the last of it. */
function ownLine({ text, starts, ends }: AlignedSide, from: number, to: number): boolean {
  return text.slice(ends[from - 1] ?? 0, starts[from]).includes('\n') || text.slice(ends[to - 1], starts[to]).includes('\n');
}
