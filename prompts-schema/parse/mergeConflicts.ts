import type { Issue } from './issue.ts';

/**
 * Where git left two sides of a merge in the text for a person to choose from: an issue at the first marker of each. Lines of `=======` alone are
 * headings in Markdown, so all three markers have to be there.
 */
export function mergeConflicts(text: string): readonly Issue[] {
  if (!text.includes('<<<<<<<')) return [];
  const issues: Issue[] = [];
  let begun: { readonly start: number; readonly end: number } | undefined;
  let isParted = false;
  for (const { 0: line, index } of text.matchAll(/^(?:<{7}|={7}|>{7})(?![<=>]).*$/gm)) {
    if (line.startsWith('<')) {
      begun = { start: index, end: index + line.trimEnd().length };
      isParted = false;
    } else if (line.startsWith('=')) isParted = begun !== undefined;
    else if (begun && isParted) {
      issues.push({ code: 'schema.syntax', message: MESSAGE, range: begun, data: { conflict: true } });
      begun = undefined;
      if (issues.length === MOST_ISSUES) break;
    }
  }
  return issues;
}

/** Whether the issue is one of these. */
export function isConflict({ data }: Issue): boolean {
  return data?.['conflict'] === true;
}

const MESSAGE =
  'Git could not merge this place. Keep what is right of both sides, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`.';

const MOST_ISSUES = 50;
