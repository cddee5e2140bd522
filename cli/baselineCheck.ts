import type { Comparison } from '../protocol/index.ts';

/** What a check of a baseline (A/A) came to. */
export interface BaselineCheck {
  readonly promptId: string;
  readonly comparisonId: string;
  readonly model: string;
  /** The smallest of the headline tests, adjusted for their number; null where nothing could be tested. */
  readonly p: number | null;
  /** What of the sides differed, so that it was no A/A. */
  readonly differs: readonly string[];
  readonly sentence: string;
}

/** The check in words. `p` is how often chance alone makes a difference like this one or a larger one. */
export function baselineCheck({ id, promptId, candidate, suite }: Comparison, differs: readonly string[]): BaselineCheck {
  const adjusted = Object.values(suite.tests).flatMap((test) => (test ? [test.adjusted] : []));
  const p = adjusted.length ? Math.min(...adjusted) : null;
  const sentence = differs.length
    ? `This was no check of the baseline: ${differs.join(', ')} differ between the two sides. Capture the baseline again, or read this as a drift review.`
    : sentenceOf(p, suite.word === 'worse' || suite.word === 'changed', suite.gated);
  return { promptId, comparisonId: id, model: candidate.model, p, differs, sentence };
}

function sentenceOf(p: number | null, found: boolean, gated: number): string {
  if (p === null) return 'The baseline cannot be checked: that takes at least 3 approved samples and 2 new ones in some case.';
  const odds = `With nothing changed, chance alone makes a difference like this or a larger one in ${often(p)} checks (p = ${shown(p)}).`;
  if (!found) return `${odds} The approved samples and a fresh run are alike: the baseline holds.`;
  const cases = gated > 0 ? ` ${gated === 1 ? '1 case stands' : `${gated} cases stand`} out.` : '';
  return `${odds}${cases} The answers vary more from run to run than the approved samples among themselves, or the model changed: capture in two sessions on different days, then check again.`;
}

/** `43 of 100`, `4 of 1,000`, `fewer than 1 of 1,000`. */
function often(p: number): string {
  if (p >= 0.995) return 'nearly all';
  if (p >= 0.01) return `${Math.round(p * 100)} of 100`;
  return p >= 0.001 ? `${Math.round(p * 1000)} of 1,000` : 'fewer than 1 of 1,000';
}

function shown(p: number): string {
  return p >= 0.01 ? p.toFixed(2) : p.toPrecision(1);
}
