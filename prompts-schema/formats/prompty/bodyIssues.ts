import type { Issue } from '../../parse/issue.ts';
import type { Range } from '../../text/range.ts';

/**
 * What the text of a prompt holds that cannot be sent as text. Version 1 sends `![alt](url)` as a picture; in version 2 it is text.
 * `![thread]` stands for the conversation so far.
 */
export function bodyIssues(text: string, { start, end }: Range, version: 1 | 2): readonly Issue[] {
  return [...text.slice(start, end).matchAll(/!\[[^\]\n]{0,200}\]\([^)\n]{1,200}|!\[thread\]/g)]
    .slice(0, MAX_PICTURES)
    .flatMap((match): readonly Issue[] => {
      const thread = match[0] === '![thread]';
      if (!thread && version === 2) return [];
      const at = start + match.index;
      return [
        {
          code: 'template.unsupported-construct',
          message: thread
            ? 'The conversation so far is not sent here: this stays text.'
            : 'Only text is sent here: this picture is sent as the text it is written as.',
          range: { start: at, end: at + match[0].length },
          data: { construct: thread ? 'thread' : 'image' },
        },
      ];
    });
}

/** Nobody reads more. */
const MAX_PICTURES = 100;
