import type { PositionedNode, PromptDocument, Range } from '../../prompts-schema/index.ts';
import type { FileEdit } from '../finding.ts';
import { lineStart, topEntry, writtenEnd } from './removeEntry.ts';

/**
 * The edit that takes an item out of one of the file's top-level lists (`messages`, `testData`). Undefined where it is the only one, or
 * shares its lines with others.
 */
export function removeItem(document: PromptDocument, listKey: string, range: Range): FileEdit | undefined {
  const list = topEntry(document, listKey)?.value;
  if (list?.kind !== 'list' || list.items.length < 2) return undefined;
  const item = list.items.find((one) => one.range.start === range.start);
  return item && removeLines(document.text, item);
}

function removeLines(text: string, item: PositionedNode): FileEdit | undefined {
  const last = writtenEnd(text, item.range);
  const start = lineStart(text, item.range.start);
  const lineEnd = text.indexOf('\n', last);
  const rest = text.slice(last, lineEnd < 0 ? text.length : lineEnd);
  const alone = /^[ \t]*-[ \t]*$/.test(text.slice(start, item.range.start)) && /^[ \t\r]*(?:#.*)?$/.test(rest);
  return alone ? { range: { start, end: lineEnd < 0 ? text.length : lineEnd + 1 }, newText: '' } : undefined;
}
