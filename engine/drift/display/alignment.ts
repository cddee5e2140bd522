/** One side of an aligned pair of texts: its parts in order, what lies between them is whitespace. */
export interface AlignedSide {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The place of each part's partner on the other side, rising; -1 for a part that has none. */
  readonly partners: number[];
  /** Parts without a partner that stand at another place on the other side. */
  readonly moved: readonly boolean[];
}

/** Two texts with what corresponds. */
export interface Alignment {
  readonly left: AlignedSide;
  readonly right: AlignedSide;
}

/** Parts without a partner between two pairs (or an end): from and to, on each side. */
export interface Hunk {
  readonly left: readonly [from: number, to: number];
  readonly right: readonly [from: number, to: number];
}

/** The hunks of an alignment, also the empty ones: before the first pair, between each two neighbouring pairs, behind the last one. */
export function hunksOf({ left, right }: Alignment): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [l, r] = [0, 0];
  left.partners.forEach((partner, at) => {
    if (partner < 0) return;
    hunks.push({ left: [l, at], right: [r, partner] });
    [l, r] = [at + 1, partner + 1];
  });
  hunks.push({ left: [l, left.starts.length], right: [r, right.starts.length] });
  return hunks;
}
