import type { Range } from '../../prompts-schema/index.ts';

/** The part of a span that is on its first line: enough to underline. */
export function firstLine(text: string, { start, end }: Range): Range {
  const lineEnd = text.slice(start, end).search(/\r?\n/);
  return { start, end: lineEnd < 0 ? end : start + lineEnd };
}
