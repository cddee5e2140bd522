import type { Issue } from '../parse/issue.ts';
import { withoutConsequences } from '../parse/withoutConsequences.ts';
import type { LineIndex } from '../text/lineIndex.ts';

/** Issues in the order of the text, without those that follow from a syntax error. */
export function sortedIssues(issues: readonly Issue[], lines: LineIndex): readonly Issue[] {
  return withoutConsequences(issues, lines).sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
