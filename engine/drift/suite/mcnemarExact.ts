import { binomialAtLeast, binomialCdf, binomialPmf } from '../special/binomial.ts';

/** The chances of a drop, of a rise and of either as strong as seen, if a case that changed were as likely to change either way. */
export interface McnemarResult {
  readonly pDrop: number;
  readonly pRise: number;
  readonly pTwoSided: number;
  /** Half the weight on the outcome seen: less strict, near its nominal level, not exact. */
  readonly midPTwoSided: number;
}

/**
 * The exact McNemar test on paired cases with one sample a side: `lost` passed before and fail now, `gained` failed before and pass now.
 * 1 everywhere where no case changed. Source: McNemar 1947 with the binomial distribution; mid-p by Fagerland, Lydersen and Laake 2013.
 */
export function mcnemarExact(lost: number, gained: number): McnemarResult {
  const changed = lost + gained;
  if (changed === 0) {
    return { pDrop: 1, pRise: 1, pTwoSided: 1, midPTwoSided: 1 };
  }
  const fewer = Math.min(lost, gained);
  const twoSided = 2 * binomialCdf(fewer, changed, 0.5);
  return {
    pDrop: binomialAtLeast(lost, changed, 0.5),
    pRise: binomialAtLeast(gained, changed, 0.5),
    pTwoSided: Math.min(1, twoSided),
    midPTwoSided: Math.min(1, twoSided - binomialPmf(fewer, changed, 0.5)),
  };
}
