import type { MapEntry, MapNode } from '../parse/positioned.ts';
import { lineStart } from '../text/lineStart.ts';

/** A value below one key or several: `evenkeel` › `versions` › `triage`. */
export interface Addition {
  readonly keys: readonly string[];
  /** Plain text that needs no quotes in YAML. */
  readonly value: string;
}

/**
 * The text with something added to one of its maps, in the map's own style: lines of a block, with its margin and the file's line ends; within braces
 * as the key beside it is written, as JSON in JSON. It stands below the entry `after`, else above all others. Undefined where there is no such place.
 */
export function addToMap(text: string, map: MapNode, addition: Addition, after?: MapEntry): string | undefined {
  if (text.charAt(map.range.start) === '{') return addInBraces(text, map, addition, after);
  const [first] = map.entries;
  if (!first) return undefined;
  const start = lineStart(text, first.keyRange.start);
  const margin = text.slice(start, first.keyRange.start);
  if (margin.trim() !== '') return undefined; // behind a `--- `, or an anchor
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = blockLines(addition)
    .map((line) => margin + line)
    .join(lineEnd);
  if (!after) return insertedAt(text, start, lines + lineEnd);
  const last = after.range.start + text.slice(after.range.start, after.range.end).trimEnd().length;
  const end = text.indexOf('\n', last);
  return end < 0 ? `${text}${lineEnd}${lines}` : insertedAt(text, end + 1, lines + lineEnd);
}

/** The lines of an addition in block style, without a margin. */
export function blockLines({ keys, value }: Addition): readonly string[] {
  return keys.map((key, depth) => `${'  '.repeat(depth)}${keyText(key)}:${depth === keys.length - 1 ? ` ${value}` : ''}`);
}

/** The same on one line within braces: `versions: { triage: 1.0.0 }`, or as JSON. */
export function inBraces({ keys, value }: Addition, json: boolean): string {
  const [key = '', ...rest] = keys;
  const [name, plain] = json ? [JSON.stringify(key), JSON.stringify(value)] : [keyText(key), value];
  return `${name}: ${rest.length > 0 ? `{ ${inBraces({ keys: rest, value }, json)} }` : plain}`;
}

/** A key as YAML reads it back: in quotes unless it is one plain word. */
function keyText(key: string): string {
  return /^[A-Za-z][\w.-]*$/.test(key) && !NOT_TEXT.test(key) ? key : JSON.stringify(key);
}

const NOT_TEXT = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

function addInBraces(text: string, { entries, range }: MapNode, addition: Addition, after: MapEntry | undefined): string | undefined {
  const beside = after ?? entries[0];
  if (!beside) return `${text.slice(0, range.start)}{ ${inBraces(addition, true)} }${text.slice(range.end)}`;
  const added = inBraces(addition, text.charAt(beside.keyRange.start) === '"');
  const start = lineStart(text, beside.keyRange.start);
  const margin = text.slice(start, beside.keyRange.start);
  const gap = margin.trim() === '' && start > range.start ? `${text.includes('\r\n') ? '\r\n' : '\n'}${margin}` : ' ';
  return after ? insertedAt(text, after.range.end, `,${gap}${added}`) : insertedAt(text, beside.keyRange.start, `${added},${gap}`);
}

function insertedAt(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}
