/** Cases with one sample on each side: how often each pair of outcomes came up. */
export interface PairedTable {
  /** Passed in the baseline and passes now. */
  readonly bothPass: number;
  /** Passed in the baseline and fails now. */
  readonly lost: number;
  /** Failed in the baseline and passes now. */
  readonly gained: number;
  /** Failed in the baseline and fails now. */
  readonly bothFail: number;
}

/** The change of the pass rate, now − baseline, with its interval; `null` and [−1, 1] without cases. */
export interface PairedDifference {
  readonly diff: number | null;
  readonly low: number;
  readonly high: number;
}
