/** One side of an aligned pair of texts: its parts in order, what lies between them is whitespace. */
export interface AlignedSide {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The place of each part's partner on the other side, rising; -1 for a part that has none. */
  readonly partners: Partners;
  /** Parts without a partner that stand at another place on the other side. */
  readonly moved: readonly boolean[];
}

/** Numbers that can be replaced, in whatever holds them. */
export interface Partners {
  readonly length: number;
  [at: number]: number;
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
export function hunksOf(alignment: Alignment): readonly Hunk[] {
  const hunks: Hunk[] = [];
  eachHunk(alignment, (left, leftEnd, right, rightEnd) => void hunks.push({ left: [left, leftEnd], right: [right, rightEnd] }));
  return hunks;
}

/** The same hunks one by one. Pairs before the current hunk may be taken apart meanwhile. */
export function eachHunk({ left, right }: Alignment, use: (left: number, leftEnd: number, right: number, rightEnd: number) => void): void {
  const { partners, starts } = left;
  let [l, r] = [0, 0];
  for (let at = 0; at < partners.length; at += 1) {
    const partner = partners[at] as number;
    if (partner < 0) continue;
    use(l, at, r, partner);
    l = at + 1;
    r = partner + 1;
  }
  use(l, starts.length, r, right.starts.length);
}
