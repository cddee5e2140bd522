/** A reproducible stream of random numbers. The same seed gives the same stream on every machine; never for secrets. */
export interface SeededRandom {
  /** A whole number from 0 to 2^32 - 1. */
  readonly uint32: () => number;
  /** A number in [0, 1) with 53 random bits. */
  readonly unit: () => number;
  /** A whole number from 0 to `bound` - 1, without bias; `bound` from 1 to 2^32. */
  readonly below: (bound: number) => number;
}

/**
 * The generator xoshiro128** (Blackman and Vigna, 2018), its 128-bit state filled by splitmix32 from a 32-bit FNV-1a hash of the
 * seed's text. A number and its decimal text are the same seed.
 */
export function seededRandom(seed: string | number): SeededRandom {
  let mixed = fnv1a(String(seed));
  const fill = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let word = mixed ^ (mixed >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return word ^ (word >>> 15);
  };
  let a = fill();
  let b = fill();
  let c = fill();
  let d = fill();
  const uint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  const unit = (): number => ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000;
  const below = (bound: number): number => {
    if (!Number.isInteger(bound) || bound < 1 || bound > 0x100000000)
      throw new RangeError(`below(${bound}): a whole number from 1 to 2^32`);
    const limit = 0x100000000 - (0x100000000 % bound);
    for (;;) {
      const word = uint32();
      if (word < limit) return word % bound;
    }
  };
  return { uint32, unit, below };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash;
}
