import { diffArrays } from 'diff';

/** The work that one comparison of two texts may cost, whatever they are: counted, not timed, so that the answer is always the same. */
export interface Effort {
  /** Steps of the exact search left. A search for d edits takes about d² / 2. */
  steps: number;
  /** Keys left to read: bounds how often a range is split by its anchors. */
  reads: number;
  /** Some ranges were left as wholly different although they share parts. */
  gaveUp: boolean;
}

/** How often each part is read for anchors at most. */
export const READS = 12;

/**
 * Which elements of two sequences correspond, both kept in order: for each left one the place of its partner on the right, or -1. The least
 * edits where the effort allows, else between anchors: keys that both have equally often. Never quadratic.
 */
export function alignKeys(left: readonly number[], right: readonly number[], effort: Effort): Int32Array {
  const partners = new Int32Array(left.length).fill(-1);
  const open: Range[] = [{ left: left.map((_, at) => at), right: right.map((_, at) => at) }];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const rest = trim(onBothSides(range, left, right), left, right, partners);
    if (rest.left.length === 0 || rest.right.length === 0) continue;
    effort.reads -= rest.left.length + rest.right.length;
    if (search(rest, left, right, partners, effort)) continue;
    const parts = effort.reads > 0 ? split(rest, left, right, partners) : [];
    if (parts.length === 0) effort.gaveUp = true;
    for (const part of parts) open.push(part);
  }
  return partners;
}

/** Places of elements that may still correspond. */
interface Range {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

type Keys = readonly number[];

/** What only one side has can have no partner: without it there is less to search, and nothing for texts that share nothing. */
function onBothSides(range: Range, left: Keys, right: Keys): Range {
  const [inLeft, inRight] = [new Set(range.left.map((at) => left[at])), new Set(range.right.map((at) => right[at]))];
  return { left: range.left.filter((at) => inRight.has(left[at])), right: range.right.filter((at) => inLeft.has(right[at])) };
}

/** Pairs what is equal at both ends. */
function trim(range: Range, left: Keys, right: Keys, partners: Int32Array): Range {
  let start = 0;
  let [endLeft, endRight] = [range.left.length, range.right.length];
  const pair = (at: number, other: number): boolean => {
    const [l, r] = [range.left[at] as number, range.right[other] as number];
    if (left[l] !== right[r]) return false;
    partners[l] = r;
    return true;
  };
  while (start < endLeft && start < endRight && pair(start, start)) start += 1;
  while (endLeft > start && endRight > start && pair(endLeft - 1, endRight - 1)) {
    endLeft -= 1;
    endRight -= 1;
  }
  return { left: range.left.slice(start, endLeft), right: range.right.slice(start, endRight) };
}

/** Pairs by the least edits, with at most a quarter of the effort that is left. False when that was not enough. */
function search(range: Range, left: Keys, right: Keys, partners: Int32Array, effort: Effort): boolean {
  const maxEditLength = Math.min(range.left.length + range.right.length, Math.floor(Math.sqrt(Math.max(0, effort.steps) / 2)));
  if (Math.abs(range.left.length - range.right.length) > maxEditLength) return false;
  const keys = [range.left.map((at) => left[at]), range.right.map((at) => right[at])] as const;
  const changes = diffArrays(...keys, { maxEditLength });
  const edits = changes?.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0) ?? maxEditLength;
  effort.steps -= (edits * edits) / 2;
  let [l, r] = [0, 0];
  for (const { added, removed, count } of changes ?? []) {
    if (!added && !removed) for (let at = 0; at < count; at += 1) partners[range.left[l + at] as number] = range.right[r + at] as number;
    if (!added) l += count;
    if (!removed) r += count;
  }
  return changes !== undefined;
}

/** Pairs the anchors that stand in the same order on both sides; what lies between them is still to be aligned. Empty without anchors. */
function split(range: Range, left: Keys, right: Keys, partners: Int32Array): Range[] {
  const anchors = anchorsOf(placesOf(range.left, left), placesOf(range.right, right));
  const kept = longestRise(anchors.map((anchor) => anchor.right)).map((at) => anchors[at] as Anchor);
  if (kept.length === 0) return [];
  const parts: Range[] = [];
  let [l, r] = [0, 0];
  for (const anchor of [...kept, { left: range.left.length, right: range.right.length }]) {
    if (anchor.left > l && anchor.right > r)
      parts.push({ left: range.left.slice(l, anchor.left), right: range.right.slice(r, anchor.right) });
    [l, r] = [anchor.left + 1, anchor.right + 1];
  }
  for (const anchor of kept) partners[range.left[anchor.left] as number] = range.right[anchor.right] as number;
  return parts;
}

/** Two places in a range that are likely to correspond. */
interface Anchor {
  readonly left: number;
  readonly right: number;
}

/** Keys that both have exactly once; without such the first with the first, the second with the second of those both have equally often. */
function anchorsOf(left: ReadonlyMap<number, readonly number[]>, right: ReadonlyMap<number, readonly number[]>): readonly Anchor[] {
  const [once, often]: [Anchor[], Anchor[]] = [[], []];
  for (const [key, places] of left) {
    const others = right.get(key);
    if (others?.length !== places.length) continue;
    const anchors = places.length === 1 ? once : often;
    places.forEach((at, nth) => void anchors.push({ left: at, right: others[nth] as number }));
  }
  return once.length > 0 ? once : often.sort((a, b) => a.left - b.left);
}

/** Where each key stands in a range, in rising order. */
function placesOf(range: readonly number[], keys: Keys): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  range.forEach((place, at) => {
    const places = found.get(keys[place] as number);
    if (places) places.push(at);
    else found.set(keys[place] as number, [at]);
  });
  return found;
}

/** The places of a longest rising subsequence of different numbers, by patience sorting. */
function longestRise(values: readonly number[]): readonly number[] {
  const tops: number[] = [];
  const before = new Int32Array(values.length);
  values.forEach((value, at) => {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tops[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = at;
  });
  const rise: number[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = before[at] as number) rise.push(at);
  return rise.reverse();
}
