/** One line of the report. */
export interface BenchLine {
  readonly work: string;
  /** As in design.md's Speed table. */
  readonly target: string;
  /** What was measured, for people. */
  readonly measured: string;
  /** Undefined where there is nothing to compare with here. */
  readonly met: boolean | undefined;
  /** The figures behind it, for machines. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface BenchContext {
  /** The larger sizes too. */
  readonly full: boolean;
  readonly rounds: number;
  /** A folder in whose node_modules peers are installed. */
  readonly peers: string | undefined;
  /** An empty folder, removed at the end. */
  readonly folder: string;
  readonly say: (text: string) => void;
}

/** One row of the Speed table; everything it compares is measured in the same run, in turns. */
export interface BenchRow {
  readonly id: string;
  readonly run: (context: BenchContext) => Promise<readonly BenchLine[]>;
}

/** A line for what cannot be measured on this machine, with what would have to be there. */
export function notHere(work: string, target: string, why: string): BenchLine {
  return { work, target, measured: why, met: undefined, figures: {} };
}
