import type { LineIndex } from '../text/lineIndex.ts';
import type { Issue, IssueCode } from './issue.ts';
import { isConflict } from './mergeConflicts.ts';

/**
 * In a text with a syntax error, what seems to be missing may only not have been read, and what else is found on the line of the
 * error follows from it. Behind a merge conflict nothing is sure.
 */
export function withoutConsequences(all: readonly Issue[], lines: LineIndex): Issue[] {
  const conflict = all.find(isConflict)?.range.start ?? Number.POSITIVE_INFINITY;
  const issues = all.filter((issue) => issue.range.start < conflict || isConflict(issue));
  const broken = new Set(issues.filter(({ code }) => code === 'schema.syntax').map(({ range }) => lines.positionAt(range.start).line));
  if (!broken.size) return [...issues];
  return issues.filter(
    ({ code, range }) => code === 'schema.syntax' || !(ABSENCES.has(code) || broken.has(lines.positionAt(range.start).line)),
  );
}

const ABSENCES: ReadonlySet<IssueCode> = new Set<IssueCode>(['schema.missing-key', 'evaluator.no-predicate', 'schema.not-a-prompt']);
