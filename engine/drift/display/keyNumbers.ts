import type { Codes } from './codedText.ts';

/** Gives equal texts, whole or parts of others, equal numbers from 0 on. One for both sides of a comparison. */
export type KeyOf = (codes: Codes, from?: number, to?: number) => number;

/** So many other texts are met in the table before a text goes to the map: no choice of texts makes it slow. */
const MOST_PROBES = 32;
const FREE = -1;

/** Numbers by a table of hashes, since a map would want a string made of every part. */
export function keyNumbers(hash: typeof hashOf = hashOf): KeyOf {
  // The texts by their number, in one: each behind the one before.
  let all = new Uint16Array(4096);
  const ends = [0];
  const hashes: number[] = [];
  const crowded = new Map<string, number>();
  let slots = new Int32Array(1024).fill(FREE);
  const put = (number: number): void => {
    for (let probe = 0; probe < MOST_PROBES; probe += 1) {
      const slot = ((hashes[number] as number) + probe) & (slots.length - 1);
      if (slots[slot] !== FREE) continue;
      slots[slot] = number;
      return;
    }
    crowded.set(all.subarray(ends[number], ends[number + 1]).join(), number);
  };
  const add = (codes: Codes, from: number, to: number, own: number): number => {
    const number = hashes.push(own) - 1;
    const start = ends[number] as number;
    const end = start + to - from;
    if (end > all.length) {
      const larger = new Uint16Array(2 * end);
      larger.set(all);
      all = larger;
    }
    for (let at = from; at < to; at += 1) all[start + at - from] = codes[at] as number;
    ends.push(end);
    if (2 * hashes.length <= slots.length) put(number);
    else {
      slots = new Int32Array(4 * slots.length).fill(FREE);
      crowded.clear();
      for (let each = 0; each <= number; each += 1) put(each);
    }
    return number;
  };
  return (codes, from = 0, to = codes.length) => {
    const own = hash(codes, from, to);
    for (let probe = 0; probe < MOST_PROBES; probe += 1) {
      const number = slots[(own + probe) & (slots.length - 1)] as number;
      if (number === FREE) break;
      const start = ends[number] as number;
      if (hashes[number] === own && ends[number + 1] === start + to - from && areSame(all, start, codes, from, to)) return number;
    }
    const known = crowded.size > 0 ? crowded.get(codes.subarray(from, to).join()) : undefined;
    return known ?? add(codes, from, to, own);
  };
}

function areSame(one: Codes, start: number, other: Codes, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (one[start + at - from] !== other[at]) return false;
  return true;
}

/** 30 bits of FNV-1a. */
function hashOf(codes: Codes, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (codes[at] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x3fffffff;
}
