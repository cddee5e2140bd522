import { hashText } from './hash.ts';

/** A stream of numbers in [0, 1). */
export type Random = () => number;

/** Seeded generator (sfc32 over the 128-bit hash of the seed): the same seed gives the same numbers for ever. */
export function createRandom(seed: string): Random {
  const hash = hashText(seed);
  let a = Number.parseInt(hash.slice(0, 8), 16) | 0;
  let b = Number.parseInt(hash.slice(8, 16), 16) | 0;
  let c = Number.parseInt(hash.slice(16, 24), 16) | 0;
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
}

/** One standard Gumbel value: adding it (times the temperature) to scores and taking the greatest samples from their softmax. */
export function gumbel(random: Random): number {
  return -Math.log(-Math.log(random() * (1 - 2e-10) + 1e-10));
}
