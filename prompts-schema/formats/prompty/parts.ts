import type { Issue } from '../../parse/issue.ts';
import { openingLine } from '../../template/openingLine.ts';
import type { FileParts } from '../frontMatter.ts';

/**
 * Where the settings of a `.prompty` file are and where its template is. White space may stand before the settings, `---` or `+++`
 * opens and either closes them. Prompty ends them at the first of these signs, even in the middle of a value; here they end at the first
 * that stands alone on its line, and the other is an issue.
 */
export function promptyParts(text: string): FileParts {
  const all = { start: text.startsWith('\uFEFF') ? 1 : 0, end: text.length };
  const open = OPENING.exec(text);
  if (!open) return { front: undefined, body: all, issues: [] };
  const start = open[0].length;
  CLOSING.lastIndex = start;
  const close = CLOSING.exec(text);
  if (!close)
    return {
      front: { start, end: text.length },
      body: { start: text.length, end: text.length },
      issues: [
        {
          code: 'schema.syntax',
          message: 'The settings that begin here are never closed. Put a line `---` where the template begins.',
          range: openingLine(text, start - 3, text.length),
        },
      ],
    };
  const end = close.index + (close[1]?.length ?? 0);
  const body = close.index + close[0].length;
  return { front: { start, end }, body: { start: body, end: text.length }, issues: earlyEnd(text, start, end) };
}

const OPENING = /^\uFEFF?\s*(?:---|\+\+\+)/;
const CLOSING = /(^[ \t]*|[\r\n][ \t]*)(?:---|\+\+\+)[ \t]*(?:\r\n|\r|\n|$)/g;

function earlyEnd(text: string, start: number, end: number): readonly Issue[] {
  const found = text.slice(start, end).search(/---|\+\+\+/);
  if (found < 0) return [];
  const at = start + found;
  return [
    {
      code: 'schema.syntax',
      message: `Prompty ends the settings at the first \`${text.slice(at, at + 3)}\`, which is here, and reads the rest as the prompt. Write it otherwise.`,
      range: { start: at, end: at + 3 },
    },
  ];
}
