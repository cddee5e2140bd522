import type { PromptDocument } from '../document.ts';
import type { MapNode, PositionedNode } from '../parse/positioned.ts';
import { entryOf } from '../parse/tree.ts';
import { lineStart } from '../text/lineStart.ts';
import type { Range } from '../text/range.ts';

/**
 * The prompt's text with another version, as small an edit as there is: the value alone, in the quotes that it has; where there is no `version:`
 * a line below `name:`, else above the first key, with the file's own line ends. Undefined where the file, or its format, has no such place.
 */
export function withVersion(document: PromptDocument, version: string): string | undefined {
  const { text, tree } = document;
  const map = tree?.kind === 'map' && document.format === 'native' ? tree : undefined; // elsewhere `version:` may mean something else
  const entry = map && entryOf(map, 'version');
  const place = document.version?.range ?? valueRange(entry?.value);
  if (place) return replaced(text, place, quotedAs(text.slice(place.start, place.end), version));
  if (entry) return replaced(text, { start: entry.keyRange.end, end: colonEnd(text, entry.keyRange.end) }, `: ${version}`);
  return map && inserted(text, map, version);
}

/** Of a value that is there, whatever it is. */
function valueRange(value: PositionedNode | undefined): Range | undefined {
  return value && value.range.end > value.range.start ? value.range : undefined;
}

function quotedAs(written: string, version: string): string {
  const quote = written.charAt(0);
  return quote === '"' || quote === "'" ? `${quote}${version}${quote}` : version;
}

function colonEnd(text: string, from: number): number {
  return from + (/^[ \t]*:/.exec(text.slice(from))?.[0].length ?? 0);
}

function inserted(text: string, map: MapNode, version: string): string | undefined {
  const [first] = map.entries;
  if (!first || text.charAt(map.range.start) === '{') return undefined;
  const start = lineStart(text, first.keyRange.start);
  const margin = text.slice(start, first.keyRange.start);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const line = `${margin}version: ${version}`;
  if (margin.trim() !== '') return undefined; // behind a `--- `, or an anchor
  const name = entryOf(map, 'name');
  if (!name) return replaced(text, { start, end: start }, `${line}${lineEnd}`);
  const last = name.range.start + text.slice(name.range.start, name.range.end).trimEnd().length;
  const end = text.indexOf('\n', last);
  return end < 0 ? `${text}${lineEnd}${line}` : replaced(text, { start: end + 1, end: end + 1 }, `${line}${lineEnd}`);
}

function replaced(text: string, { start, end }: Range, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
