import { alignKeys, READS } from './alignKeys.ts';
import type { Alignment } from './alignment.ts';
import type { KeyOf } from './pieces.ts';
import { isTelling, unitPieces } from './unitPieces.ts';

/** Steps of exact search for lines and sentences: about 0.05 s at most. */
const STEPS = 250_000;

/** Two texts by lines and sentences: which correspond, and which moved. Those that no effort could align may still have words in common. */
export function alignUnits(leftText: string, rightText: string, keyOf: KeyOf): Alignment {
  const left = { text: leftText, ...unitPieces(leftText, keyOf) };
  const right = { text: rightText, ...unitPieces(rightText, keyOf) };
  const effort = { steps: STEPS, reads: READS * (left.keys.length + right.keys.length), gaveUp: false };
  const partners = [...alignKeys(left.keys, right.keys, effort)];
  const backwards = new Array<number>(right.keys.length).fill(-1);
  partners.forEach((partner, at) => {
    if (partner >= 0) backwards[partner] = at;
  });
  const waiting = new Map<number, number[]>();
  left.keys.forEach((key, at) => {
    if (partners[at] !== -1 || !isTelling(left.text.slice(left.starts[at], left.ends[at]))) return;
    const places = waiting.get(key);
    if (places) places.push(at);
    else waiting.set(key, [at]);
  });
  for (const places of waiting.values()) places.reverse();
  const moved = { left: partners.map(() => false), right: backwards.map(() => false) };
  right.keys.forEach((key, at) => {
    const from = backwards[at] === -1 ? waiting.get(key)?.pop() : undefined;
    if (from === undefined) return;
    moved.left[from] = true;
    moved.right[at] = true;
  });
  return { left: { ...left, partners, moved: moved.left }, right: { ...right, partners: backwards, moved: moved.right } };
}
