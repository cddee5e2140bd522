import type { CaseLabel } from '../../../protocol/index.ts';
import type { CaseEvidence } from './reviewCase.ts';

/** A case is listed as drifted up to this q-value (about one in ten listed ones may be false) … */
export const LIST_Q = 0.1;
/** … and from this effect. */
export const LEAST_EFFECT = 0.1;
/** Up to this p-value a case that is not listed is called unsure; a contract view counts as worse up to it. */
export const UNSURE_P = 0.05;

/**
 * The first label that applies. `q` is the case's Benjamini-Hochberg q-value among all tested cases of the review (gated ones in it with
 * p = 1); null for a case that was not tested.
 */
export function labelCase(evidence: CaseEvidence, q: number | null): CaseLabel {
  const { baseline, fresh, tested, p, lead } = evidence;
  if (baseline === 0) return 'new';
  if (fresh === 0) return 'missing';
  const drifted = tested && q !== null && q <= LIST_Q && lead !== null && lead.effect >= LEAST_EFFECT;
  if (evidence.contractLost || (drifted && contractWorse(evidence))) return 'broken';
  if (drifted) return 'drifted';
  if (tested && (evidence.unconfirmed || (p !== null && p <= UNSURE_P))) return 'unsure';
  if (evidence.same) return 'same';
  if (evidence.equivalent) return 'equivalent';
  return tested ? 'noise' : 'changed';
}

/**
 * Labels all cases of a review. `qValues` turns the p-values of the tested cases into q-values, in the same order (Benjamini-Hochberg).
 */
export function labelCases(
  cases: readonly CaseEvidence[],
  qValues: (p: readonly number[]) => readonly number[],
): readonly { readonly label: CaseLabel; readonly q: number | null }[] {
  const q = [...qValues(cases.flatMap(({ p }) => (p === null ? [] : [p])))];
  return cases.map((evidence) => {
    const own = evidence.p === null ? null : (q.shift() ?? null);
    return { label: labelCase(evidence, own), q: own };
  });
}

/** The contract view says, family-wise over the case, that the contract is kept less often than before. */
function contractWorse({ views, contractFailures, baseline, fresh }: CaseEvidence): boolean {
  const view = views.find(({ kind }) => kind === 'contract');
  if (view === undefined || contractFailures === null || view.pAdjusted > UNSURE_P) return false;
  return contractFailures.fresh / fresh > contractFailures.baseline / baseline;
}
