import type { CliIo } from '../io.ts';
import type { DriftReporter } from './driftReporter.ts';

/** Everything as one JSON object a line with its `type`; docs/drift-review.md has the fields. */
export function driftJsonLines(io: CliIo): DriftReporter {
  const line = (value: object): void => io.out(`${JSON.stringify(value)}\n`);
  return {
    plan: (plan) => line({ type: 'planned', plan }),
    event: line,
    comparison: ({ comparison, view, exitCode }) =>
      line({ type: 'comparison', promptId: comparison.promptId, comparisonId: comparison.id, word: view.summary.word, exitCode, ...view }),
    toReview: (listing, { view, exitCode }) => line({ type: 'toReview', exitCode, listing, groups: view.groups }),
    case: (comparisonId, of) => line({ type: 'case', comparisonId, case: of }),
    reviewed: (action, comparisonId, result) => line({ type: 'reviewed', action, comparisonId, ...result }),
    dropped: (comparisonId) => line({ type: 'dropped', comparisonId }),
    baseline: (summary) => line({ type: 'baseline', ...summary }),
    check: (check) => line({ type: 'check', ...check }),
    prune: (type, entries) => line({ type, ...entries }),
    report: (promptId, file) => line({ type: 'report', promptId, file }),
    problem: (promptId, message) => line({ type: 'problem', promptId, message }),
    skipped: (promptId, message) => line({ type: 'skipped', promptId, message }),
    say: () => undefined,
    end: () => undefined,
  };
}
