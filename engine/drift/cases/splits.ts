import { seededRandom } from './random.ts';

/** Up to this many ways to choose the new samples, all are tried. */
export const MAX_EXACT_SPLITS = 100_000;
/** Otherwise so many are drawn. */
export const RANDOM_SPLITS = 9_999;

/**
 * The ways of dealing the labels "new" to n samples, in one fixed order that all views of a case share. `exact`: all of them, in
 * lexicographic order, the observed one last. `random`: drawn ones (`members[s * m + i]` is the i-th new sample of split s), the observed
 * one appended as the last.
 */
export type Splits =
  | { readonly kind: 'exact'; readonly size: number; readonly fresh: number; readonly count: number }
  | { readonly kind: 'random'; readonly size: number; readonly fresh: number; readonly count: number; readonly members: Uint16Array };

/** All splits of k approved and m new samples if they are at most 100,000, else 9,999 from the seed (and the observed one). */
export function splitsOf(k: number, m: number, seed: string | number): Splits {
  const size = k + m;
  const all = choose(size, m);
  if (all <= MAX_EXACT_SPLITS) return { kind: 'exact', size, fresh: m, count: all };
  if (size > 0xffff) throw new RangeError(`${size} samples in one case: at most 65,535`);
  const random = seededRandom(seed);
  const count = RANDOM_SPLITS + 1;
  const members = new Uint16Array(count * m);
  const deck = Uint16Array.from({ length: size }, (_, at) => at);
  for (let split = 0; split < RANDOM_SPLITS; split += 1) {
    for (let at = 0; at < m; at += 1) {
      const other = at + random.below(size - at);
      const card = deck[other] as number;
      deck[other] = deck[at] as number;
      deck[at] = card;
      members[split * m + at] = card;
    }
  }
  for (let at = 0; at < m; at += 1) members[RANDOM_SPLITS * m + at] = k + at;
  return { kind: 'random', size, fresh: m, count, members };
}

/** The number of ways to choose m of n; Infinity once it is beyond a billion. */
export function choose(n: number, m: number): number {
  let ways = 1;
  for (let at = 1; at <= Math.min(m, n - m); at += 1) {
    ways = Math.round((ways * (n - at + 1)) / at);
    if (ways > 1e9) return Number.POSITIVE_INFINITY;
  }
  return ways;
}
