import type { TestedWith } from '../../prompts-schema/index.ts';
import { type CaseStatus, type ComparedCase, type Comparison, REVIEWABLE, type ReviewState } from '../../protocol/index.ts';
import { testedOf } from './testedOf.ts';

/**
 * What a finished drift review says that the candidate's version was tested with; undefined while something in it is pending or rejected, and for
 * comparisons that are none. A case passed when none of its new samples failed an evaluator, as in a run.
 */
export function testedByReview(
  { kind, candidate, cases, incomplete, id }: Comparison,
  stateOf: (of: ComparedCase) => ReviewState,
  on: string,
): TestedWith | undefined {
  const answered = cases.filter(({ label }) => label !== 'missing');
  if (kind !== 'review' || incomplete || candidate.model === '' || !answered.length) return undefined;
  const open = cases.some((of) => REVIEWABLE.has(of.label) && !SETTLED.has(stateOf(of).state));
  if (open) return undefined;
  const statuses = answered.map(statusOf);
  const passed = statuses.filter((status) => status === 'passed').length;
  const failed = statuses.filter((status) => status === 'failed').length;
  return testedOf({
    model: candidate.model,
    dataset: candidate.dataset,
    cases: answered.length,
    passed,
    scored: passed + failed,
    run: reviewRun({ candidate, id }),
    how: 'review',
    on,
  });
}

/** The run that a review's entry names: the candidate's newest, or the comparison where it came from none. */
export function reviewRun({ candidate, id }: Pick<Comparison, 'candidate' | 'id'>): string {
  return [...candidate.runIds].sort().at(-1) ?? id;
}

const SETTLED: ReadonlySet<ReviewState['state']> = new Set(['accepted', 'knownNoise']);

/** As RunTally has it. */
function statusOf({ fresh, failures }: ComparedCase): CaseStatus {
  const scores = fresh.flatMap((sample) => sample.scores);
  if (scores.some(({ status }) => status === 'failed')) return 'failed';
  if (failures > 0 || !fresh.length) return 'error';
  if (fresh.some((sample) => !sample.scores.length || sample.scores.some(({ status }) => status === 'unscored'))) return 'unscored';
  return 'passed';
}
