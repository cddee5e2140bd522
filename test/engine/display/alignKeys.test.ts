import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignKeys, type Effort, NO_KEY } from '../../../engine/drift/display/alignKeys.ts';
import { longestCommon } from './longestCommon.ts';

const plenty = (): Effort => ({ steps: 1e6, reads: 1e6, gaveUp: false });
/** No exact search at all: anchors alone. */
const anchorsOnly = (): Effort => ({ steps: 0, reads: 1e6, gaveUp: false });
const keys = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));

/** The left elements that found a partner. */
function kept(left: string, right: string, effort: Effort): string {
  const partners = alignKeys(keys(left), keys(right), effort);
  return [...left].filter((_, at) => (partners[at] ?? -1) >= 0).join('');
}

describe('partners', () => {
  it.each([
    ['', 'abc', ''],
    ['abc', 'abc', 'abc'],
    ['abcd', 'axcd', 'acd'],
    ['abcabba', 'cbabac', 'caba'],
    ['abc', 'xyz', ''],
  ])('of %j in %j: %j', (left, right, expected) => {
    const found = kept(left, right, plenty());
    expect(found.length).toBe(expected.length);
  });

  it.each([
    ['xaybzc', 'paqbrc', 'abc'],
    ['abcdef', 'bcdeaf', 'bcdef'],
    ['xaayaax', 'zaawaaz', 'aaaa'],
  ])('by anchors alone: %j in %j: %j', (left, right, expected) => expect(kept(left, right, anchorsOnly())).toBe(expected));

  it('says when it gave up on what has something in common, and only then', () => {
    const [spent, done] = [anchorsOnly(), anchorsOnly()];
    alignKeys(keys('abab'), keys('baaab'), spent);
    expect(spent.gaveUp).toBe(true);
    alignKeys(keys('abab'), keys('xyzxyz'), done);
    expect(done.gaveUp).toBe(false);
  });

  const text = fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: 30 }).map((parts) => parts.join(''));

  it('are equal and in order, whatever the effort', () =>
    fc.assert(
      fc.property(text, text, fc.nat(400), fc.nat(60), (left, right, steps, reads) => {
        const partners = alignKeys(keys(left), keys(right), { steps, reads, gaveUp: false });
        let last = -1;
        for (const [at, partner] of partners.entries()) {
          if (partner < 0) continue;
          expect(left[at]).toBe(right[partner]);
          expect(partner).toBeGreaterThan(last);
          last = partner;
        }
      }),
      { numRuns: 2000 },
    ));

  it('are as many as can be, with enough effort', () =>
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(kept(left, right, plenty()).length).toBe(longestCommon(left, right));
      }),
    ));

  it('are as many as can be whenever the effort is enough for the edits', () =>
    fc.assert(
      fc.property(text, text, fc.nat(60), (left, right, edits) => {
        fc.pre(left.length + right.length - 2 * longestCommon(left, right) <= edits);
        const effort = { steps: 2 * edits ** 2, reads: 0, gaveUp: false };
        expect(kept(left, right, effort).length).toBe(longestCommon(left, right));
        expect(effort.gaveUp).toBe(false);
      }),
    ));

  it('do not depend on how the keys are numbered', () =>
    fc.assert(
      fc.property(text, text, fc.nat(400), fc.nat(200), (left, right, steps, reads) => {
        const partners = (spread: number): Int32Array =>
          alignKeys(
            keys(left).map((key) => key * spread),
            keys(right).map((key) => key * spread),
            { steps, reads, gaveUp: false },
          );
        expect(partners(1_000_003)).toEqual(partners(1));
      }),
    ));

  it.each([1, 1_000_003])('an element that is to have none has none: keys times %j', (spread) => {
    const own = [1, NO_KEY, 2, NO_KEY, 3].map((key) => (key === NO_KEY ? key : key * spread));
    const other = [NO_KEY, 1, NO_KEY, 3].map((key) => (key === NO_KEY ? key : key * spread));
    expect([...alignKeys(own, other, plenty())]).toEqual([1, -1, -1, -1, 3]);
  });
});
