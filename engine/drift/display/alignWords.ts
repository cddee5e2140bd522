import { alignKeys, type Effort, READS } from './alignKeys.ts';
import { type AlignedSide, type Alignment, type Hunk, hunksOf } from './alignment.ts';
import { type KeyOf, noPieces } from './pieces.ts';
import { addWords } from './wordPieces.ts';

/** Steps of exact search for words: about 0.1 s at most. */
const STEPS = 500_000;
/** Words are looked at in so many characters of both sides together that are not the same line or sentence. */
const MOST_CHARACTERS = 1_000_000;

/** Looks at the words of what is not the same on both sides, as far as that is not too much; what says the same is never too much. */
export function alignWords(units: Alignment, keyOf: KeyOf, most = MOST_CHARACTERS): Alignment & { readonly coarse: boolean } {
  const [left, right] = [growing(units.left), growing(units.right)];
  const effort: Effort = { steps: STEPS, reads: 0, gaveUp: false };
  let characters = 0;
  let coarse = false;
  const words = (hunk: Hunk, isSame: boolean): void => {
    const from = { left: left.starts.length, right: right.starts.length };
    const length = lengthOf(units.left, hunk.left) + lengthOf(units.right, hunk.right);
    const both = hasChanges(units.left, hunk.left) && hasChanges(units.right, hunk.right);
    const byWords = both && (isSame || characters + length <= most);
    if (byWords && !isSame) characters += length;
    if (both && !byWords) coarse = true;
    left.add(hunk.left, byWords ? keyOf : undefined);
    right.add(hunk.right, byWords ? keyOf : undefined);
    if (byWords) alignTail(left, right, from, effort);
  };
  for (const hunk of hunksOf(units)) {
    words(hunk, false);
    const [l, r] = [hunk.left[1], hunk.right[1]];
    if (l === units.left.starts.length) continue;
    if (textAt(units.left, l) === textAt(units.right, r)) pair(left, right, l, r);
    else words({ left: [l, l + 1], right: [r, r + 1] }, true);
  }
  return { left, right, coarse: coarse || effort.gaveUp };
}

/** A side of the finer alignment while it is made. */
interface GrowingSide extends AlignedSide {
  readonly starts: number[];
  readonly ends: number[];
  readonly keys: number[];
  readonly moved: boolean[];
  /** Adds units: as words where a `keyOf` is given, else whole; moved ones always whole. */
  readonly add: (range: Hunk['left'], keyOf?: KeyOf) => void;
}

function growing(units: AlignedSide): GrowingSide {
  const pieces = noPieces();
  const [partners, moved] = [[] as number[], [] as boolean[]];
  const add: GrowingSide['add'] = ([from, to], keyOf) => {
    for (let at = from; at < to; at += 1) {
      const [start, end] = [units.starts[at] as number, units.ends[at] as number];
      const isMoved = units.moved[at] === true;
      if (keyOf && !isMoved) addWords(units.text, start, end, pieces, keyOf);
      else {
        pieces.starts.push(start);
        pieces.ends.push(end);
        pieces.keys.push(-1);
      }
      while (moved.length < pieces.starts.length) {
        moved.push(isMoved);
        partners.push(-1);
      }
    }
  };
  return { text: units.text, ...pieces, partners, moved, add };
}

/** Adds a unit that is the same on both sides. */
function pair(left: GrowingSide, right: GrowingSide, l: number, r: number): void {
  left.add([l, l + 1]);
  right.add([r, r + 1]);
  left.partners[left.partners.length - 1] = right.partners.length - 1;
  right.partners[right.partners.length - 1] = left.partners.length - 1;
}

/** Aligns the words behind `from`, without what moved. */
function alignTail(left: GrowingSide, right: GrowingSide, from: { readonly left: number; readonly right: number }, effort: Effort): void {
  const places = (side: GrowingSide, start: number): readonly number[] => {
    const found: number[] = [];
    for (let at = start; at < side.starts.length; at += 1) if (!side.moved[at]) found.push(at);
    return found;
  };
  const [own, other] = [places(left, from.left), places(right, from.right)];
  effort.reads = READS * (own.length + other.length);
  const found = alignKeys(
    own.map((at) => left.keys[at] as number),
    other.map((at) => right.keys[at] as number),
    effort,
  );
  found.forEach((partner, at) => {
    if (partner < 0) return;
    left.partners[own[at] as number] = other[partner] as number;
    right.partners[other[partner] as number] = own[at] as number;
  });
}

function textAt({ text, starts, ends }: AlignedSide, at: number): string {
  return text.slice(starts[at], ends[at]);
}

function lengthOf({ starts, ends }: AlignedSide, [from, to]: Hunk['left']): number {
  return from === to ? 0 : (ends[to - 1] as number) - (starts[from] as number);
}

function hasChanges({ moved }: AlignedSide, [from, to]: Hunk['left']): boolean {
  for (let at = from; at < to; at += 1) if (!moved[at]) return true;
  return false;
}
