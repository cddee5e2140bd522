import type { MapEntry, MapNode, PromptDocument, Range } from '../../prompts-schema/index.ts';
import type { FileEdit } from '../finding.ts';

/**
 * The edit that takes an entry out of one of the file's top-level maps (`modelParameters`, `inputs`), the whole map with it when it
 * was the only one. Undefined where the entry shares its lines with others in a way that has no clean cut.
 */
export function removeEntry(document: PromptDocument, mapKey: string, keyRange: Range): FileEdit | undefined {
  const top = document.tree?.kind === 'map' ? document.tree.entries.find((entry) => entry.key === mapKey) : undefined;
  if (top?.value.kind !== 'map') return undefined;
  const map = top.value;
  const at = map.entries.findIndex((entry) => entry.keyRange.start === keyRange.start);
  const entry = map.entries[at];
  if (entry === undefined) return undefined;
  if (map.entries.length === 1) return removeLines(document.text, top);
  return isFlow(document.text, map) ? removeFromFlow(map, at, entry) : removeLines(document.text, entry);
}

/** The entry of a top-level key. */
export function topEntry(document: PromptDocument, key: string): MapEntry | undefined {
  return document.tree?.kind === 'map' ? document.tree.entries.find((entry) => entry.key === key) : undefined;
}

/** Whether the map is written in braces. */
export function isFlow(text: string, map: MapNode): boolean {
  return text.charAt(map.range.start) === '{';
}

/** Start of the line that holds the offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the span's last written character ends: a block's range takes the line end after it along. */
export function writtenEnd(text: string, { start, end }: Range): number {
  return start + text.slice(start, end).trimEnd().length;
}

function removeFromFlow(map: MapNode, at: number, entry: MapEntry): FileEdit | undefined {
  const next = map.entries[at + 1];
  const before = map.entries[at - 1];
  if (next) return { range: { start: entry.range.start, end: next.range.start }, newText: '' };
  return before && { range: { start: before.range.end, end: entry.range.end }, newText: '' };
}

function removeLines(text: string, entry: MapEntry): FileEdit | undefined {
  const last = writtenEnd(text, entry.range);
  const start = lineStart(text, entry.range.start);
  const lineEnd = text.indexOf('\n', last);
  const rest = text.slice(last, lineEnd < 0 ? text.length : lineEnd);
  const alone = text.slice(start, entry.range.start).trim() === '' && /^[ \t\r]*(?:#.*)?$/.test(rest);
  return alone ? { range: { start, end: lineEnd < 0 ? text.length : lineEnd + 1 }, newText: '' } : undefined;
}
