import { isDeepStrictEqual } from 'node:util';
import type { ComparisonView, DriftRow } from '../../protocol/index.ts';

/** A row that has changed, with its place in the list. */
export interface DriftRowPatch {
  readonly at: number;
  readonly row: DriftRow;
}

/** The rows in which two views of one comparison differ; undefined where a panel must be sent everything: other cases, other groups. */
export function changedRows(before: ComparisonView, now: ComparisonView): readonly DriftRowPatch[] | undefined {
  const sameCases = before.rows.length === now.rows.length && before.rows.every(({ caseId }, at) => now.rows[at]?.caseId === caseId);
  if (!sameCases || before.summary.comparisonId !== now.summary.comparisonId || !isDeepStrictEqual(before.groups, now.groups))
    return undefined;
  return now.rows.flatMap((row, at) => (isDeepStrictEqual(before.rows[at], row) ? [] : [{ at, row }]));
}
