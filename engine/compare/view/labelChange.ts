import type { Json } from '../../../safety/index.ts';
import { exactKey } from '../../drift/index.ts';
import { type Change, shownValue } from './change.ts';
import { share } from './figures.ts';

/** One value of a side and how many samples have it. */
export interface Tally {
  readonly value: Json;
  readonly count: number;
}

/** The different values by their key, most frequent first; values of one frequency in the order of their keys. */
export function tally(values: readonly Json[], foldCase: boolean): ReadonlyMap<string, Tally> {
  const found = new Map<string, Tally>();
  for (const value of values) {
    const key = exactKey(value, foldCase);
    found.set(key, { value: found.get(key)?.value ?? value, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return new Map([...found].sort(([a, { count: first }], [b, { count: second }]) => second - first || (a < b ? -1 : 1)));
}

/**
 * `billing → refunds` where the most frequent value is another one; where it is the same, the value whose share grew most:
 * `refunds in 4 of 8, before in 1 of 10`. Undefined when the shares are equal.
 */
export function labelChange(path: string, approved: readonly Json[], fresh: readonly Json[], foldCase = false): Change | undefined {
  const [before, now] = [tally(approved, foldCase), tally(fresh, foldCase)];
  const [from] = before;
  const [to] = now;
  if (!from || !to) return undefined;
  if (from[0] !== to[0]) {
    const title = `${shownValue(from[1].value)} → ${shownValue(to[1].value)}`;
    return { kind: 'label', path, line: title, title, like: [from[0], to[0]] };
  }
  const grown = [...now]
    .map(([key, { value, count }]) => {
      const old = before.get(key)?.count ?? 0;
      return { key, value, count, old, by: count / fresh.length - old / approved.length };
    })
    .reduce((best, one) => (one.by > best.by + 1e-12 ? one : best));
  if (grown.by <= 1e-12) return undefined;
  const value = shownValue(grown.value);
  const line = `${value} in ${share(grown.count, fresh.length)}, before in ${share(grown.old, approved.length)}`;
  return { kind: 'share', path, line, title: `${value} more often`, like: grown.key };
}
