import { alignKeys, READS } from './alignKeys.ts';
import type { Alignment } from './alignment.ts';
import type { CodedText } from './codedText.ts';
import type { KeyOf } from './keyNumbers.ts';
import type { Pieces } from './pieces.ts';
import { isTelling, unitPieces } from './unitPieces.ts';

type Units = Pieces & { readonly text: string };

/** Steps of exact search for lines and sentences: about 0.05 s at most. */
const STEPS = 250_000;

/** Two texts by lines and sentences: which correspond, and which moved. Those that no effort could align may still have words in common. */
export function alignUnits(leftText: CodedText, rightText: CodedText, keyOf: KeyOf): Alignment {
  const left: Units = { text: leftText.text, ...unitPieces(leftText, keyOf) };
  const right: Units = { text: rightText.text, ...unitPieces(rightText, keyOf) };
  const effort = { steps: STEPS, reads: READS * (left.keys.length + right.keys.length), gaveUp: false };
  const partners = alignKeys(left.keys, right.keys, effort);
  const backwards = new Int32Array(right.keys.length).fill(-1);
  for (let at = 0; at < partners.length; at += 1) if (partners[at] !== -1) backwards[partners[at] as number] = at;
  const moved = movedUnits(left, partners, right, backwards);
  return { left: { ...left, partners, moved: moved.left }, right: { ...right, partners: backwards, moved: moved.right } };
}

/** Units without a partner that say enough and stand without one on the other side too: the first with the first. */
function movedUnits(left: Units, partners: Int32Array, right: Units, backwards: Int32Array): { left: boolean[]; right: boolean[] } {
  const moved = { left: new Array<boolean>(partners.length).fill(false), right: new Array<boolean>(backwards.length).fill(false) };
  // By key the first unit of the left that is still free, and behind each the next one with its key.
  const free = new Int32Array(left.keys.reduce((most, key) => Math.max(most, key), -1) + 1).fill(-1);
  const behind = new Int32Array(partners.length);
  for (let at = partners.length - 1; at >= 0; at -= 1) {
    const key = left.keys[at] as number;
    if (partners[at] !== -1) continue;
    behind[at] = free[key] as number;
    free[key] = at;
  }
  right.keys.forEach((key, at) => {
    if (backwards[at] !== -1) return;
    let from = free[key] ?? -1;
    while (from !== -1 && !isTelling(left.text.slice(left.starts[from], left.ends[from]))) from = behind[from] as number;
    free[key] = from === -1 ? -1 : (behind[from] as number);
    if (from === -1) return;
    moved.left[from] = true;
    moved.right[at] = true;
  });
  return moved;
}
