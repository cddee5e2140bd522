import type { CaseMatrices, Sample } from './caseMatrices.ts';
import { hasNewLabel } from './newLabel.ts';

/** New samples of the first look, and how many the second and the third add. */
export const SCREEN_SAMPLES = 3;
export const CONFIRM_SAMPLES = 5;
export const THIRD_SAMPLES = 7;
/** A case goes to the second look when the first one's p-value is at most this … */
export const SCREEN_P = 0.2;
/** … and to the third when that of the first two together is at most this: above it no case is ever listed. */
export const UNCLEAR_P = 0.1;
/** Up to this p-value of two looks a case is clear, and a third would be wasted. */
export const CLEAR_P = 0.0002;

/** How often a case is looked at: `one` where all samples are there and none was taken because of a look, `two` before there was a third. */
export type Looks = 'one' | 'two' | 'three';

/** What the looks at one case say. */
export interface LookedAt {
  /** Of the first look: whether it calls for a second. */
  readonly suspect: boolean;
  /** The p-value of the first two looks together; null when the second was not taken. */
  readonly pConfirm: number | null;
  /** The p-value of all three together; null when the third was not taken. */
  readonly pThird: number | null;
}

/**
 * Whether a first look earns a second one. Besides a small p-value one broken contract is enough, and one new label. Whatever opens the gate
 * cannot make the test too eager: see `countedP`.
 */
export function isSuspect(pScreen: number, screen: readonly Sample[], first: CaseMatrices, approved: number): boolean {
  return pScreen <= SCREEN_P || screen.some(({ contract }) => contract === false) || hasNewLabel(first, approved);
}

/** Whether two looks together earn a third. */
export function isUnclear(pConfirm: number): boolean {
  return pConfirm > CLEAR_P && pConfirm <= UNCLEAR_P;
}

/**
 * The p-value of a case over its looks. Exact: while nothing changes P(p ≤ a) ≤ a for every a, whatever calls for a look.
 *
 * A look that was not earned or not taken gives 1, so a gate can only keep a case from being listed: P(p2 ≤ a and the gate is passed) ≤ a. A
 * case that is clear after two looks keeps p2 ≤ CLEAR_P; after a third p = p3 + CLEAR_P, which pays for having been able to stop before. For
 * a ≤ CLEAR_P only the first can happen, P ≤ a; above it P(p ≤ a) ≤ P(p2 ≤ CLEAR_P) + P(p3 ≤ a - CLEAR_P) ≤ a.
 */
export function countedP({ suspect, pConfirm, pThird }: LookedAt, looks: 'two' | 'three'): number {
  if (!suspect || pConfirm === null) return 1;
  if (looks === 'two' || pConfirm <= CLEAR_P) return pConfirm;
  return isUnclear(pConfirm) && pThird !== null ? Math.min(1, pThird + CLEAR_P) : 1;
}
