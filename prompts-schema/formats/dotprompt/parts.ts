import { openingLine } from '../../template/openingLine.ts';
import type { Range } from '../../text/range.ts';
import type { FileParts } from '../frontMatter.ts';

/**
 * Where the settings of a `.prompt` file are and where its template is. Blank lines and `#` lines, such as a licence, may stand before
 * the first `---`. A file without settings is a template as it stands; behind settings the template is trimmed.
 */
export function dotpromptParts(text: string): FileParts {
  const all = { start: text.startsWith('\uFEFF') ? 1 : 0, end: text.length };
  const open = OPENING.exec(text);
  if (!open) return { front: undefined, body: all, issues: [] };
  const start = open[0].length;
  CLOSING.lastIndex = start - 1;
  const close = CLOSING.exec(text);
  if (!close)
    return {
      front: undefined,
      body: all,
      issues: [
        {
          code: 'schema.syntax',
          message: 'The settings that begin here are never closed. Put a line `---` where the template begins.',
          range: openingLine(text, start - open[0].trimStart().length, text.length),
        },
      ],
    };
  return { front: { start, end: Math.max(start, close.index) }, body: trimmed(text, close.index + close[0].length), issues: [] };
}

const OPENING = /^\uFEFF?(?:[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\r(?!\n)))*---[ \t]*(?:\r\n|\r|\n)/;
const CLOSING = /(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|$)/g;

function trimmed(text: string, start: number): Range {
  const body = text.slice(start);
  const lead = body.length - body.trimStart().length;
  if (lead === body.length) return { start: text.length, end: text.length };
  return { start: start + lead, end: start + body.trimEnd().length };
}
