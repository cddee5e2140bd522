/** Called for each run of equal keys: where it begins on each side, and how long it is. From the last run to the first. */
export type OnRun = (left: number, right: number, count: number) => void;

/**
 * The least edits (a key taken out, a key put in) that make one sequence of keys the other, by the greedy search for the furthest way on each
 * diagonal. Their number, when they are no more than `most`; else -1, and no run. Of several answers always the same one.
 */
export function leastEdits(left: Int32Array, right: Int32Array, most: number, onRun: OnRun): number {
  const ways: Ways = { left, right, furthest: new Int32Array(2 * most + 3).fill(NONE), middle: most + 1, lowest: -most, highest: most };
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    const steps = new Int32Array(edits + 1);
    trace.push(steps);
    if (!lengthen(ways, edits, steps)) continue;
    walkBack(trace, left.length, left.length - right.length, onRun);
    return edits;
  }
  return NONE;
}

/** No way leads here. */
const NONE = -1;
/** The last bit of a step: a key of the left was taken out, else one of the right put in. The others: how much of the left is used then. */
const TAKEN = 1;

/** All ways of so many edits. A diagonal is how much more of the left than of the right is used. */
interface Ways {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By diagonal, that of 0 in the middle: how much of the left the furthest way uses. */
  readonly furthest: Int32Array;
  readonly middle: number;
  /** Beyond the end of one side there is nothing to gain on diagonals further out. */
  lowest: number;
  highest: number;
}

/** Makes every way longer by one edit and what is equal behind it; the edits are noted in `steps`. True when a way is at the end of both sides. */
function lengthen(ways: Ways, edits: number, steps: Int32Array): boolean {
  const { left, right, furthest, middle } = ways;
  for (let diagonal = Math.max(ways.lowest, -edits); diagonal <= Math.min(ways.highest, edits); diagonal += 2) {
    const at = middle + diagonal;
    const below = furthest[at - 1] as number;
    const above = furthest[at + 1] as number;
    const canTake = below !== NONE && below < left.length;
    const canPut = above !== NONE && above - diagonal <= right.length;
    let l = NONE;
    if (edits === 0) l = 0;
    else if (canTake && !(canPut && below < above)) {
      l = below + 1;
      steps[(diagonal + edits) >> 1] = (l << 1) | TAKEN;
    } else if (canPut) {
      l = above;
      steps[(diagonal + edits) >> 1] = l << 1;
    }
    if (l !== NONE) {
      while (l < left.length && l - diagonal < right.length && left[l] === right[l - diagonal]) l += 1;
      if (l === left.length) ways.highest = Math.min(ways.highest, diagonal - 1);
      if (l - diagonal === right.length) {
        if (l === left.length) return true;
        ways.lowest = Math.max(ways.lowest, diagonal + 1);
      }
    }
    furthest[at] = l;
  }
  return false;
}

function walkBack(trace: readonly Int32Array[], length: number, last: number, onRun: OnRun): void {
  let [l, diagonal] = [length, last];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const step = trace[edits]?.[(diagonal + edits) >> 1] as number;
    const from = step >> 1;
    if (l > from) onRun(from, from - diagonal, l - from);
    const taken = step & TAKEN;
    l = from - taken;
    diagonal += taken ? -1 : 1;
  }
}
