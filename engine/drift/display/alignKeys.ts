import { leastEdits } from './leastEdits.ts';
import { longestRise } from './longestRise.ts';

/** The work that one comparison of two texts may cost, whatever they are: counted, not timed, so that the answer is always the same. */
export interface Effort {
  /** Steps of the exact search left. A search for d edits takes about d² / 2. */
  steps: number;
  /** Keys left to read: bounds how often a range is split by its anchors. */
  reads: number;
  /** Some ranges were left as wholly different although they share parts. */
  gaveUp: boolean;
}

/** The key of an element that is to have no partner. */
export const NO_KEY = -1;

/** How often each part is read for anchors at most. */
export const READS = 12;

/**
 * Which elements of two sequences correspond, both kept in order: for each left one the place of its partner on the right, or -1. The least
 * edits where the effort allows, else between anchors: keys that both have equally often. Never quadratic.
 */
export function alignKeys(left: ArrayLike<number>, right: ArrayLike<number>, effort: Effort): Int32Array {
  const partners = new Int32Array(left.length).fill(-1);
  const work = workOn(left, right, partners);
  const open: Range[] = [{ left: 0, leftEnd: work.left.keys.length, right: 0, rightEnd: work.right.keys.length, edits: 0 }];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const rest = trim(onBothSides(range, work), work);
    if (rest.left === rest.leftEnd || rest.right === rest.rightEnd) continue;
    effort.reads -= rest.leftEnd - rest.left + rest.rightEnd - rest.right;
    if (search(rest, work, effort)) continue;
    const parts = effort.reads > 0 ? split(rest, work) : [];
    if (parts.length === 0) effort.gaveUp = true;
    for (const part of parts) open.push(part);
  }
  return partners;
}

/** Elements of both sides that may still correspond: from and to, in the lists of the work. */
interface Range {
  readonly left: number;
  readonly leftEnd: number;
  readonly right: number;
  readonly rightEnd: number;
  /** It takes so many edits in any order: as far as one side has keys more often. */
  readonly edits: number;
}

/** A side's elements: what falls out of a range is overwritten by what stands behind it there. */
interface Side {
  readonly keys: Int32Array;
  /** Where each stands in the sequence. */
  readonly places: Int32Array;
  /** By key: how often the range that is looked at has it, without what is paired at its ends. */
  readonly counts: Int32Array;
}

interface Work {
  readonly left: Side;
  readonly right: Side;
  readonly partners: Int32Array;
  /** By key: where it stands next on the right, while anchors are looked for. */
  readonly next: Int32Array;
}

/** The elements whose keys both sides have, these numbered from 0: what only one side has can have no partner. */
function workOn(left: ArrayLike<number>, right: ArrayLike<number>, partners: Int32Array): Work {
  const [own, others] = closeTogether(left, right);
  const numbers = new Int32Array(largest(own, others) + 1).fill(ABSENT);
  for (let at = 0; at < own.length; at += 1) if (own[at] !== NO_KEY) numbers[own[at] as number] = UNNUMBERED;
  let shared = 0;
  for (let at = 0; at < others.length; at += 1) {
    const key = others[at] as number;
    if (numbers[key] !== UNNUMBERED) continue;
    numbers[key] = shared;
    shared += 1;
  }
  return {
    left: sideOf(own, numbers, shared),
    right: sideOf(others, numbers, shared),
    partners,
    next: new Int32Array(shared),
  };
}

const [ABSENT, UNNUMBERED] = [-1, -2];

/** Keys as they are when a table of them is not much larger than they are many, else numbered anew. */
function closeTogether(left: ArrayLike<number>, right: ArrayLike<number>): readonly [ArrayLike<number>, ArrayLike<number>] {
  if (largest(left, right) <= SPARSE * (left.length + right.length)) return [left, right];
  const numbers = new Map([[NO_KEY, NO_KEY]]);
  const numbered = (keys: ArrayLike<number>): Int32Array =>
    Int32Array.from(keys, (key) => {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, numbers.size - 1);
      return numbers.size - 2;
    });
  return [numbered(left), numbered(right)];
}

const SPARSE = 8;

function largest(...sides: readonly ArrayLike<number>[]): number {
  let most = -1;
  for (const keys of sides) for (let at = 0; at < keys.length; at += 1) most = Math.max(most, keys[at] as number);
  return most;
}

function sideOf(sequence: ArrayLike<number>, numbers: Int32Array, shared: number): Side {
  const [keys, places] = [new Int32Array(sequence.length), new Int32Array(sequence.length)];
  let count = 0;
  for (let at = 0; at < sequence.length; at += 1) {
    const key = numbers[sequence[at] as number] ?? ABSENT;
    if (key < 0) continue;
    keys[count] = key;
    places[count] = at;
    count += 1;
  }
  return { keys: keys.subarray(0, count), places, counts: new Int32Array(shared) };
}

/** A range without what only one side of it has: less to search, and nothing for texts that share nothing. */
function onBothSides(range: Range, { left, right }: Work): Range {
  forget(range.left, range.leftEnd, left.keys, left.counts, right.counts);
  forget(range.right, range.rightEnd, right.keys, left.counts, right.counts);
  count(range.left, range.leftEnd, left, right.counts);
  const common = count(range.right, range.rightEnd, right, left.counts);
  const leftEnd = keepThoseOf(left, range.left, range.leftEnd, right.counts);
  const rightEnd = keepThoseOf(right, range.right, range.rightEnd, left.counts);
  return { ...range, leftEnd, rightEnd, edits: leftEnd - range.left + rightEnd - range.right - 2 * common };
}

function forget(from: number, to: number, keys: Int32Array, counts: Int32Array, others: Int32Array): void {
  for (let at = from; at < to; at += 1) {
    const key = keys[at] as number;
    counts[key] = 0;
    others[key] = 0;
  }
}

/** Counts the keys of a side; how many of them the other side has as often, as far as it is counted. */
function count(from: number, to: number, { keys, counts }: Side, others: Int32Array): number {
  let common = 0;
  for (let at = from; at < to; at += 1) {
    const key = keys[at] as number;
    const before = counts[key] as number;
    if (before < (others[key] as number)) common += 1;
    counts[key] = before + 1;
  }
  return common;
}

/** Moves what the other side has too together; where it ends now. */
function keepThoseOf({ keys, places }: Side, from: number, to: number, counts: Int32Array): number {
  let end = from;
  for (let at = from; at < to; at += 1) {
    const key = keys[at] as number;
    if (counts[key] === 0) continue;
    keys[end] = key;
    places[end] = places[at] as number;
    end += 1;
  }
  return end;
}

/** Pairs what is equal at both ends. */
function trim(range: Range, work: Work): Range {
  let { left, leftEnd, right, rightEnd } = range;
  const [own, other] = [work.left.keys, work.right.keys];
  const pairEnd = (l: number, r: number): void => {
    pair(work, l, r);
    const key = own[l] as number;
    work.left.counts[key] = (work.left.counts[key] as number) - 1;
    work.right.counts[key] = (work.right.counts[key] as number) - 1;
  };
  while (left < leftEnd && right < rightEnd && own[left] === other[right]) {
    pairEnd(left, right);
    left += 1;
    right += 1;
  }
  while (leftEnd > left && rightEnd > right && own[leftEnd - 1] === other[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
    pairEnd(leftEnd, rightEnd);
  }
  return { left, leftEnd, right, rightEnd, edits: range.edits };
}

function pair({ left, right, partners }: Work, l: number, r: number): void {
  partners[left.places[l] as number] = right.places[r] as number;
}

/** Pairs by the least edits, with at most a quarter of the effort that is left. False when that was not enough. */
function search(range: Range, work: Work, effort: Effort): boolean {
  const { left, leftEnd, right, rightEnd } = range;
  const all = leftEnd - left + rightEnd - right;
  const most = Math.min(all, Math.floor(Math.sqrt(Math.max(0, effort.steps) / 2)));
  if (Math.abs(leftEnd - left - (rightEnd - right)) > most) return false;
  const pairRun = (l: number, r: number, length: number): void => {
    for (let at = 0; at < length; at += 1) pair(work, left + l + at, right + r + at);
  };
  // What is hopeless counts as tried.
  const edits =
    range.edits > most ? -1 : leastEdits(work.left.keys.subarray(left, leftEnd), work.right.keys.subarray(right, rightEnd), most, pairRun);
  effort.steps -= (edits < 0 ? most : edits) ** 2 / 2;
  return edits >= 0;
}

/** Pairs the anchors that stand in the same order on both sides; what lies between them is still to be aligned. Empty without anchors. */
function split(range: Range, work: Work): readonly Range[] {
  const anchors = anchorsOf(range, work);
  const kept = longestRise(anchors.right);
  if (kept.length === 0) return [];
  const parts: Range[] = [];
  let { left, right } = range;
  const partTo = (leftEnd: number, rightEnd: number): void => {
    if (leftEnd > left && rightEnd > right) parts.push({ left, leftEnd, right, rightEnd, edits: 0 });
    [left, right] = [leftEnd + 1, rightEnd + 1];
  };
  for (const at of kept) {
    const [l, r] = [anchors.left[at] as number, anchors.right[at] as number];
    pair(work, l, r);
    partTo(l, r);
  }
  partTo(range.leftEnd, range.rightEnd);
  return parts;
}

/** Elements that are likely to correspond: the first of the left with the first of the right, in the order of the left. */
interface Anchors {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Keys that both have exactly once; without such the first with the first, the second with the second of those both have equally often. */
function anchorsOf(range: Range, work: Work): Anchors {
  const { left, right, next } = work;
  // Behind each element of the right the next one with its key.
  const behind = new Int32Array(range.rightEnd - range.right);
  for (let at = range.rightEnd - 1; at >= range.right; at -= 1) {
    const key = right.keys[at] as number;
    behind[at - range.right] = next[key] as number;
    next[key] = at;
  }
  const [once, often] = [anchors(), anchors()];
  for (let at = range.left; at < range.leftEnd; at += 1) {
    const key = left.keys[at] as number;
    if (left.counts[key] !== right.counts[key]) continue;
    const { left: own, right: others } = left.counts[key] === 1 ? once : often;
    const other = next[key] as number;
    own.push(at);
    others.push(other);
    next[key] = behind[other - range.right] as number;
  }
  return once.left.length > 0 ? once : often;
}

function anchors(): { readonly left: number[]; readonly right: number[] } {
  return { left: [], right: [] };
}
