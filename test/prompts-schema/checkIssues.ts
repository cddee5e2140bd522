import { expect } from 'vitest';
import { type Issue, LineIndex, parsePrompt } from '../../prompts-schema/index.ts';

/**
 * Reads a prompt written with its expected issues below the lines they are on: `^^^^ code message words`. The marks stand in the
 * columns of the issue's range (of its first line when it spans several); the words after the code must be in the message.
 * A `^` at the end of a line means the rest of that line. Every issue must be marked.
 */
export function checkIssues(marked: string, issuesOf: (text: string) => readonly Issue[] = (text) => parsePrompt(text).issues): void {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of marked.split('\n')) {
    const mark = /^(\s*)(\^+) (\S+)(?: (.*))?$/.exec(line);
    if (mark)
      expected.push(
        `${lines.length}:${mark[1]?.length}-${(mark[1]?.length ?? 0) + (mark[2]?.length ?? 0)} ${mark[3]} ${mark[4] ?? ''}`.trim(),
      );
    else lines.push(line);
  }
  const text = lines.join('\n');
  const index = new LineIndex(text);
  const wanted = expected.map((line) => line.split(' '));
  const found = issuesOf(text).map((issue, place) => {
    const { line, character } = index.positionAt(issue.range.start);
    const end = Math.min(issue.range.end, issue.range.start - character + (lines[line]?.length ?? 0));
    const words = wanted[place]?.slice(2).join(' ') ?? '';
    const says = issue.message.includes(words) ? words : issue.message;
    return `${line + 1}:${character}-${character + (end - issue.range.start)} ${issue.code} ${says}`.trim();
  });
  expect(found).toEqual(expected);
}
