import { alignKeys, type Effort, NO_KEY, READS } from './alignKeys.ts';
import { type AlignedSide, type Alignment, type Hunk, hunksOf } from './alignment.ts';
import type { CodedText } from './codedText.ts';
import type { KeyOf } from './keyNumbers.ts';
import { addPiece, noPieces, type Pieces } from './pieces.ts';
import { addWords } from './wordPieces.ts';

/** Steps of exact search for words: about 0.1 s at most. */
const STEPS = 500_000;
/** Words are looked at in so many characters of both sides together that are not the same line or sentence. */
const MOST_CHARACTERS = 1_000_000;

/** Both sides, the left one first. */
export type CodedTexts = readonly [left: CodedText, right: CodedText];

/** Looks at the words of what is not the same on both sides, as far as that is not too much; what says the same is never too much. */
export function alignWords(
  units: Alignment,
  texts: CodedTexts,
  keyOf: KeyOf,
  most = MOST_CHARACTERS,
): Alignment & { readonly coarse: boolean } {
  const [left, right] = [growing(units.left, texts[0]), growing(units.right, texts[1])];
  const effort: Effort = { steps: STEPS, reads: 0, gaveUp: false };
  let characters = 0;
  let coarse = false;
  const words = (hunk: Hunk, isSame: boolean): void => {
    const from = { left: left.starts.length, right: right.starts.length, moved: left.moved.length + right.moved.length };
    const length = lengthOf(units.left, hunk.left) + lengthOf(units.right, hunk.right);
    const both = hasChanges(units.left, hunk.left) && hasChanges(units.right, hunk.right);
    const byWords = both && (isSame || characters + length <= most);
    if (byWords && !isSame) characters += length;
    if (both && !byWords) coarse = true;
    left.add(hunk.left, byWords ? keyOf : undefined);
    right.add(hunk.right, byWords ? keyOf : undefined);
    if (!byWords) return;
    alignTail(left, right, from, effort);
  };
  for (const hunk of hunksOf(units)) {
    words(hunk, false);
    const [l, r] = [hunk.left[1], hunk.right[1]];
    if (l === units.left.starts.length) continue;
    if (textAt(units.left, l) === textAt(units.right, r)) {
      left.add([l, l + 1]);
      right.add([r, r + 1]);
      pairLast(left, right);
    } else words({ left: [l, l + 1], right: [r, r + 1] }, true);
  }
  return { left: grown(texts[0], left, right), right: grown(texts[1], right, left), coarse: coarse || effort.gaveUp };
}

/** A side of the finer alignment while it is made. */
interface GrowingSide extends Pieces {
  readonly moved: number[];
  /** Parts that have a partner, rising. */
  readonly paired: number[];
  /** Adds units: as words where a `keyOf` is given, else whole; moved ones always whole. */
  readonly add: (range: Hunk['left'], keyOf?: KeyOf) => void;
}

function growing(units: AlignedSide, text: CodedText): GrowingSide {
  const pieces = noPieces();
  const moved: number[] = [];
  const add: GrowingSide['add'] = ([from, to], keyOf) => {
    for (let at = from; at < to; at += 1) {
      const [start, end] = [units.starts[at] as number, units.ends[at] as number];
      if (units.moved[at]) moved.push(pieces.starts.length);
      if (keyOf && !units.moved[at]) addWords(text, start, end, pieces, keyOf);
      else addPiece(pieces, start, end, NO_KEY);
    }
  };
  return { ...pieces, moved, paired: [], add };
}

/** Pairs units that were added last and are the same on both sides. */
function pairLast(left: GrowingSide, right: GrowingSide): void {
  left.paired.push(left.starts.length - 1);
  right.paired.push(right.starts.length - 1);
}

/** How much there was of both sides. */
interface Tail {
  readonly left: number;
  readonly right: number;
  readonly moved: number;
}

/** Aligns the words behind `from`, without what moved. */
function alignTail(left: GrowingSide, right: GrowingSide, from: Tail, effort: Effort): void {
  const moved = left.moved.length + right.moved.length - from.moved;
  effort.reads = READS * (left.starts.length - from.left + right.starts.length - from.right - moved);
  const found = alignKeys(left.keys.slice(from.left), right.keys.slice(from.right), effort);
  for (let at = 0; at < found.length; at += 1) {
    const partner = found[at] as number;
    if (partner < 0) continue;
    left.paired.push(from.left + at);
    right.paired.push(from.right + partner);
  }
}

function grown({ text }: CodedText, side: GrowingSide, other: GrowingSide): AlignedSide {
  const { starts, ends, paired } = side;
  const partners = new Int32Array(starts.length).fill(-1);
  for (let at = 0; at < paired.length; at += 1) partners[paired[at] as number] = other.paired[at] as number;
  const moved = new Array<boolean>(starts.length).fill(false);
  for (const at of side.moved) moved[at] = true;
  return { text, starts, ends, partners, moved };
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
