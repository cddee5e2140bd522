import type { Range } from '../text/range.ts';

/** From an offset to the end of its line: what an issue about something that never ends points at. */
export function openingLine(text: string, start: number, end: number): Range {
  const found = text.slice(start, Math.min(end, start + 200)).search(/[\r\n]/);
  return { start, end: found < 0 ? Math.min(end, start + 200) : start + found };
}
