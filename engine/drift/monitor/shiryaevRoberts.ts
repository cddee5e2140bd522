/** One bet against "nothing changed": the share staked and the power; its factor for a p-value is 1 - e + e × c × p^(c - 1). */
export interface Bet {
  readonly e: number;
  readonly c: number;
}

/** The eight bets whose mean is the evidence. */
export const BETS: readonly Bet[] = [0.03, 0.1, 0.3, 1].flatMap((e) => [0.2, 0.5].map((c) => ({ e, c })));

/** p-values below this count as this. */
const LEAST_P = 1e-9;
/** Evidence stays finite, so that it can be written as JSON. */
const MOST = 1e300;

/** The evidence before the first day: 0 for every bet. */
export function noEvidence(bets: readonly Bet[] = BETS): readonly number[] {
  return bets.map(() => 0);
}

/**
 * One day of the Shiryaev-Roberts detector, for every bet: R ← (R + 1) × the product of its factors over the day's p-values. A day without
 * p-values adds 1. While nothing changes the expected R after t days is t.
 */
export function addDay(evidence: readonly number[], pValues: readonly number[], bets: readonly Bet[] = BETS): readonly number[] {
  return multiply(
    evidence.map((r) => r + 1),
    pValues,
    bets,
  );
}

/** More p-values on a day that is counted already: R ← R × the product. */
export function addToDay(evidence: readonly number[], pValues: readonly number[], bets: readonly Bet[] = BETS): readonly number[] {
  return multiply(evidence, pValues, bets);
}

/** The evidence R: the mean over the bets. It is not a probability. */
export function mixture(evidence: readonly number[]): number {
  return evidence.length === 0 ? 0 : evidence.reduce((sum, r) => sum + r / evidence.length, 0);
}

function multiply(evidence: readonly number[], pValues: readonly number[], bets: readonly Bet[]): readonly number[] {
  const powers = new Map<number, readonly number[]>();
  return bets.map(({ e, c }, at) => {
    const known = powers.get(c) ?? pValues.map((p) => Math.max(p, LEAST_P) ** (c - 1));
    powers.set(c, known);
    return known.reduce((r, power) => Math.min(MOST, r * (1 - e + e * c * power)), evidence[at] ?? 0);
  });
}
