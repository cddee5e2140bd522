import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../prompts-schema/text/nearest.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '_', 'é'), maxLength: 9 });

/** The definition, letter by letter from the end, without a table. */
function slowDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(0, -1), b.slice(0, -1)];
  if (a.at(-1) === b.at(-1)) return slowDistance(restA, restB);
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return (
    1 +
    Math.min(
      slowDistance(restA, b),
      slowDistance(a, restB),
      slowDistance(restA, restB),
      ...(swapped ? [slowDistance(a.slice(0, -2), b.slice(0, -2))] : []),
    )
  );
}

describe('editDistance', () => {
  it('is what its definition says, and above a bound no more than that it is above', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(short, short, fc.nat(6), (a, b, most) => {
        const expected = slowDistance(a, b);
        expect(editDistance(a, b)).toBe(expected);
        if (expected <= most) expect(editDistance(a, b, most)).toBe(expected);
        else expect(editDistance(a, b, most)).toBeGreaterThan(most);
      }),
    );
  });
});

describe('nearest', () => {
  it('finds what comparing with every candidate finds', () => {
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 6 }), (typed, candidates) => {
        const plain = (text: string) => text.toLowerCase().replace(/[_\-\s]/g, '');
        let best: string | undefined;
        let least = Number.POSITIVE_INFINITY;
        for (const candidate of candidates) {
          const [a, b] = [plain(typed), plain(candidate)];
          const distance = editDistance(a, b);
          if (distance >= least || distance > Math.max(1, Math.floor(Math.max(a.length, b.length) / 3))) continue;
          best = candidate;
          least = distance;
        }
        expect(nearest(typed, candidates)).toBe(best === typed ? undefined : best);
      }),
    );
  });

  it.each([
    ['mdoel', 'model'],
    ['max_tokens', 'maxTokens'],
    ['mesages', 'messages'],
    ['temperature', undefined],
  ])('%s is a slip of %s', (typed, meant) => {
    expect(nearest(typed, ['model', 'maxTokens', 'messages'])).toBe(meant);
  });
});
