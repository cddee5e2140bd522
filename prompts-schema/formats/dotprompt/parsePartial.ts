import type { PromptDocument } from '../../document.ts';
import type { Issue } from '../../parse/issue.ts';
import { LineIndex } from '../../text/lineIndex.ts';
import { readBody } from '../bodyTemplate.ts';
import { refusalOf } from '../frontMatter.ts';
import { sortedIssues } from '../sortedIssues.ts';
import { parseDotprompt } from './parseDotprompt.ts';
import { DOTPROMPT, roleIssues } from './roles.ts';

/** Reads a template that Dotprompt files put in (`_name.prompt`). All of it is template: a partial has no settings, and is no prompt by itself. */
export function parsePartial(text: string): PromptDocument {
  const refusal = refusalOf(text);
  const issues: Issue[] = refusal ? [refusal] : [];
  const lines = new LineIndex(text);
  const { messages, blocks, partials, body } = readBody(
    text,
    { start: 0, end: refusal ? 0 : text.length },
    'handlebars',
    DOTPROMPT,
    issues,
  );
  issues.push(...roleIssues(body?.nodes ?? []));
  return {
    ...parseDotprompt(''),
    text,
    lines,
    messages,
    ...(body ? { body } : {}),
    ...(blocks ? { blocks } : {}),
    ...(partials ? { partials } : {}),
    issues: sortedIssues(issues, lines),
  };
}
