import { type AlignedSide, type Alignment, type Hunk, hunksOf } from './alignment.ts';

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
  const hunks = hunksOf(alignment);
  let before = 0;
  let run: number[] = [];
  hunks.forEach((hunk, at) => {
    const size = Math.max(changedLength(left, hunk.left), changedLength(right, hunk.right));
    if (size > 0 || hunk.left[0] < hunk.left[1] || hunk.right[0] < hunk.right[1]) {
      const length = run.reduce((sum, part) => sum + lengthOf(left, part), 0);
      const island = run.length > 0 && run.length <= MOST_PARTS && length <= Math.min(LONGEST, before, size);
      if (island && !ownLine(left, run)) {
        for (const part of run) {
          right.partners[left.partners[part] as number] = -1;
          left.partners[part] = -1;
        }
        before += length + size;
      } else before = size;
      run = [];
    }
    if (at < hunks.length - 1) run.push(hunk.left[1]);
  });
}

function changedLength(side: AlignedSide, [from, to]: Hunk['left']): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) if (!side.moved[at]) sum += lengthOf(side, at);
  return sum;
}

function lengthOf({ starts, ends }: AlignedSide, at: number): number {
  return (ends[at] as number) - (starts[at] as number);
}

function ownLine({ text, starts, ends }: AlignedSide, run: readonly number[]): boolean {
  const [first, last] = [run[0] as number, run.at(-1) as number];
  return text.slice(ends[first - 1] ?? 0, starts[first]).includes('\n') || text.slice(ends[last], starts[last + 1]).includes('\n');
}
