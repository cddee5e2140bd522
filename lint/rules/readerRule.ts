import type { Issue, IssueCode } from '../../prompts-schema/index.ts';
import type { Fix, Severity } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** A rule that passes on what the reader found under the same code. With a near name in the issue's data the fix writes it. */
export function readerRule(rule: {
  readonly code: IssueCode;
  readonly title: string;
  readonly severity?: Severity;
  /** Severity of an issue for which the reader knows no near name. */
  readonly severityWithoutNearest?: Severity;
  readonly explain: string;
}): Rule {
  const { code, title, severity = 'error', severityWithoutNearest, explain } = rule;
  return {
    code,
    title,
    severity,
    explain,
    ofPartials: true,
    check: ({ document }) =>
      document.issues.flatMap((issue) => {
        if (issue.code !== code) return [];
        const fixes = nearestFix(issue);
        const weaker = fixes.length === 0 && severityWithoutNearest ? { severity: severityWithoutNearest } : {};
        return [{ range: issue.range, message: issue.message, fixes, ...(issue.data ? { data: issue.data } : {}), ...weaker }];
      }),
  };
}

function nearestFix({ range, data }: Issue): readonly Fix[] {
  const nearest = data?.nearest;
  if (typeof nearest !== 'string' || range.end === range.start) return [];
  return [{ title: `Change to \`${nearest}\``, preferred: true, edits: [{ range, newText: nearest }] }];
}
