/** The trigrams of one canonical text as sorted numbers, made by one `trigramProfiler`; only profiles of the same profiler compare. */
export type TrigramProfile = Float64Array;

/** The most different characters that get a number of their own: the cube must stay below 2^53. Any beyond share the last one. */
const ALPHABET = 200_000;

/**
 * Makes trigram profiles: trigrams over code points, the text padded with one space on both sides, repeated ones counted. Characters are
 * numbered as they come, so a trigram is one exact number and two profiles compare by one merge.
 */
export function trigramProfiler(): (canonical: string) => TrigramProfile {
  const numbers = new Map<string, number>([[' ', 0]]);
  const numberOf = (character: string): number => {
    const known = numbers.get(character);
    if (known !== undefined) return known;
    const fresh = Math.min(numbers.size, ALPHABET - 1);
    numbers.set(character, fresh);
    return fresh;
  };
  return (canonical) => {
    const characters: number[] = [0];
    let most = 0;
    for (const character of canonical) {
      const number = numberOf(character);
      if (number > most) most = number;
      characters.push(number);
    }
    characters.push(0);
    return most < FEW ? fewProfile(characters) : profileOf(characters);
  };
}

/** So many different characters make trigrams of 30 bits, which sort in half the time. */
const FEW = 1024;

function fewProfile(characters: readonly number[]): TrigramProfile {
  const packed = new Uint32Array(characters.length - 2);
  for (let at = 0; at < packed.length; at += 1)
    packed[at] = ((characters[at] as number) << 20) | ((characters[at + 1] as number) << 10) | (characters[at + 2] as number);
  packed.sort();
  const profile = new Float64Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) {
    const trigram = packed[at] as number;
    profile[at] = numberOfTrigram(trigram >>> 20, (trigram >>> 10) & (FEW - 1), trigram & (FEW - 1));
  }
  return profile;
}

function profileOf(characters: readonly number[]): TrigramProfile {
  const profile = new Float64Array(characters.length - 2);
  for (let at = 0; at < profile.length; at += 1)
    profile[at] = numberOfTrigram(characters[at] as number, characters[at + 1] as number, characters[at + 2] as number);
  return profile.sort();
}

function numberOfTrigram(first: number, second: number, third: number): number {
  return (first * ALPHABET + second) * ALPHABET + third;
}

/** Multiset Dice distance in [0, 1]: 1 - 2 × shared / (all of both). Two empty texts: 0. */
export function trigramProfileDistance(left: TrigramProfile, right: TrigramProfile): number {
  const total = left.length + right.length;
  if (total === 0) return 0;
  let steps = 0;
  let atLeft = 0;
  let atRight = 0;
  while (atLeft < left.length && atRight < right.length) {
    const order = (left[atLeft] as number) - (right[atRight] as number);
    atLeft += Number(order <= 0);
    atRight += Number(order >= 0);
    steps += 1;
  }
  const shared = atLeft + atRight - steps;
  return 1 - (2 * shared) / total;
}

/** The trigram Dice distance of two canonical texts. For many texts make the profiles once with `trigramProfiler`. */
export function trigramDistance(left: string, right: string): number {
  const profile = trigramProfiler();
  return trigramProfileDistance(profile(left), profile(right));
}
