import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leastEdits } from '../../../engine/drift/display/leastEdits.ts';
import { longestCommon } from './longestCommon.ts';

const keys = (alphabet: number): fc.Arbitrary<number[]> => fc.array(fc.nat(alphabet), { maxLength: 40 });
const pairOfKeys = fc.oneof(fc.tuple(keys(1), keys(1)), fc.tuple(keys(5), keys(5)), fc.tuple(keys(30), keys(30)));

interface Found {
  readonly edits: number;
  /** The left place of each pair, and its right place, from the first to the last. */
  readonly pairs: readonly (readonly [left: number, right: number])[];
}

function search(left: readonly number[], right: readonly number[], most: number): Found {
  const pairs: [number, number][] = [];
  const edits = leastEdits(Int32Array.from(left), Int32Array.from(right), most, (l, r, count) => {
    for (let at = count - 1; at >= 0; at -= 1) pairs.unshift([l + at, r + at]);
  });
  return { edits, pairs };
}

it('the edits are the least, what is left is equal and in order', () =>
  fc.assert(
    fc.property(pairOfKeys, ([left, right]) => {
      const { edits, pairs } = search(left, right, left.length + right.length);
      expect(edits).toBe(left.length + right.length - 2 * longestCommon(left, right));
      expect(pairs.length).toBe(longestCommon(left, right));
      for (const [at, [l, r]] of pairs.entries()) {
        expect(left[l]).toBe(right[r]);
        const [before, beforeRight] = pairs[at - 1] ?? [-1, -1];
        expect(l > before && r > beforeRight).toBe(true);
      }
    }),
    { numRuns: 1000 },
  ));

it('more edits than allowed are no answer, as many are', () =>
  fc.assert(
    fc.property(pairOfKeys, fc.nat(40), ([left, right], most) => {
      const least = left.length + right.length - 2 * longestCommon(left, right);
      const { edits, pairs } = search(left, right, most);
      expect(edits).toBe(least <= most ? least : -1);
      if (edits < 0) expect(pairs).toEqual([]);
    }),
    { numRuns: 1000 },
  ));
