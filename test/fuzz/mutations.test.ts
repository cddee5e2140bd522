import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from '../../scripts/fuzz/mutate.ts';
import { hasCorpus } from '../../scripts/fuzz/seeds.ts';
import { TARGETS } from '../../scripts/fuzz/targets.ts';
import { LONGEST_MS, watched } from '../../scripts/fuzz/watched.ts';

/** Files a kind; `npm run fuzz` does a hundred thousand of them in processes of their own. */
const FILES = 120;

/** The same files every time: new ones are what `npm run fuzz` draws, and a machine that runs other tests beside is given more time than it gives. */
const SEED = 5;
const SLOW = 4;

describe(`changed files of every kind that a repository may hold${hasCorpus() ? '' : ' (from our own seeds: no corpus beside the repository)'}`, () => {
  it.each(TARGETS)(
    '$name: no exception, no place outside the text, nothing on a prototype, no hang',
    ({ seeds, check }) => {
      fc.assert(
        fc.property(mutated(seeds()), (text) => void watched(() => check(text), LONGEST_MS * SLOW)),
        { numRuns: FILES, seed: SEED, endOnFailure: true }, // shrinking texts of this size takes longer than reading them
      );
    },
    60_000,
  );

  it.each(TARGETS)('$name: its seeds themselves are sound', ({ seeds, check }) => {
    const { files } = seeds();
    expect(files.length).toBeGreaterThan(0);
    for (const text of files) watched(() => check(text), LONGEST_MS * SLOW);
  });
});
