import type { PromptDocument } from '../document.ts';
import type { MapEntry, PositionedNode } from '../parse/positioned.ts';
import { childDocs, FIELD_DOCS, type FieldDoc, fieldDoc } from '../schemas/fieldDocs.ts';
import { lineStart } from '../text/lineStart.ts';
import type { Range } from '../text/range.ts';
import { blockPlaceAt } from './blockPlace.ts';

/** What could be written at a place of a file that is being typed. */
export interface CompletionContext {
  /** For a key: the map it would be in. For a value: the field it would be of. */
  readonly path: readonly (string | number)[];
  readonly kind: 'key' | 'value';
  /** Keys that the map has already; empty for a value. */
  readonly existingKeys: readonly string[];
  /** What is typed so far, up to the place. */
  readonly prefix: string;
  /** What a completion replaces: the word around the place. */
  readonly replaceRange: Range;
  /** A new item of the list that `path` ends in: a `- ` has to be written first. */
  readonly needsDash: boolean;
  /** Inside { }: keys are followed by a comma rather than a line end. */
  readonly flow: boolean;
}

/** Tolerant: works on half a line and on an empty one, by brackets and indentation. Undefined in prose, comments and block text. */
export function completionContextAt(
  document: Pick<PromptDocument, 'tree' | 'text'>,
  offset: number,
  docs: ReadonlyMap<string, FieldDoc> = FIELD_DOCS,
): CompletionContext | undefined {
  const { text, tree } = document;
  const from = lineStart(text, offset);
  if (inComment(text.slice(from, offset)) || inBlockText(text, tree, offset)) return undefined;
  const flow = flowAt(text, tree, offset);
  if (flow) return flowContext(text, flow, offset);
  const place = blockPlaceAt(text, offset);
  if (!place) return undefined;
  const replaceRange = { start: offset - place.prefix.length, end: wordEnd(text, offset) };
  const base = { prefix: place.prefix.replace(/^["']/, ''), replaceRange, needsDash: place.needsDash, flow: false };
  if (place.valueOf !== undefined) return { ...base, path: [...place.path, place.valueOf], kind: 'value', existingKeys: [] };
  const isValue = typeof place.path.at(-1) === 'number' && !childDocs(place.path, docs).length && fieldDoc(place.path, docs) !== undefined;
  return { ...base, path: place.path, kind: isValue ? 'value' : 'key', existingKeys: isValue ? [] : place.siblings };
}

function inComment(linePrefix: string): boolean {
  let quote = '';
  for (let at = 0; at < linePrefix.length; at++) {
    const character = linePrefix.charAt(at);
    if (quote) {
      if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /[\s[{,:]/.test(linePrefix.charAt(at - 1) || ' ')) quote = character;
    else if (character === '#' && /^\s?$/.test(linePrefix.charAt(at - 1))) return true;
  }
  return false;
}

/** Whether the place is in the text of a `|` or `>` scalar, or on a blank line that would continue it. */
function inBlockText(text: string, tree: PositionedNode | undefined, offset: number): boolean {
  let node = tree;
  while (node && node.kind !== 'scalar') {
    const entry: MapEntry | undefined = node.kind === 'map' ? node.entries.findLast(({ range }) => range.start < offset) : undefined;
    const value: PositionedNode | undefined =
      node.kind === 'list' ? node.items.findLast(({ range }) => range.start < offset) : entry?.value;
    if (value?.kind === 'scalar' && value.style === 'block') {
      const header = text.indexOf('\n', value.range.start);
      if (header < 0 || offset <= header) return false;
      if (offset <= value.range.end) return true;
      if (text.slice(value.range.end, offset).trim()) return false;
      const owner = entry?.keyRange.start ?? node.range.start;
      return columnOf(text, offset) > columnOf(text, owner);
    }
    node = value;
  }
  return false;
}

interface Flow {
  readonly node: PositionedNode;
  readonly path: readonly (string | number)[];
}

/** The innermost { } or [ ] around the offset. */
function flowAt(text: string, tree: PositionedNode | undefined, offset: number): Flow | undefined {
  let node = tree;
  let innermost: Flow | undefined;
  const path: (string | number)[] = [];
  while (node && node.kind !== 'scalar') {
    const open = text.charAt(node.range.start);
    const closed = /[}\]]/.test(text.charAt(node.range.end - 1));
    if ((open === '{' || open === '[') && node.range.start < offset && (offset < node.range.end || !closed))
      innermost = { node, path: [...path] };
    if (node.kind === 'list') {
      const index: number = node.items.findLastIndex(({ range }) => range.start <= offset);
      path.push(index);
      node = node.items[index];
    } else {
      const entry: MapEntry | undefined = node.entries.findLast(({ range }) => range.start <= offset);
      if (entry) path.push(entry.key);
      node = entry && offset > entry.keyRange.end ? entry.value : undefined;
    }
  }
  return innermost;
}

function flowContext(text: string, { node, path }: Flow, offset: number): CompletionContext {
  const start = segmentStart(text, node.range.start + 1, offset);
  const segment = text.slice(start, offset);
  const base = { needsDash: false, flow: true };
  if (node.kind === 'list') {
    const prefix = segment.trimStart();
    const index = node.items.filter(({ range }) => range.end <= start).length;
    return { ...base, path: [...path, index], kind: 'value', existingKeys: [], ...word(text, prefix, offset) };
  }
  const pair = /^\s*(["']?)([^"':]*)\1\s*:(?:\s+([\s\S]*))?$/.exec(segment);
  if (pair) return { ...base, path: [...path, pair[2] ?? ''], kind: 'value', existingKeys: [], ...word(text, pair[3] ?? '', offset) };
  const prefix = segment.trimStart();
  const keys = node.kind === 'map' ? node.entries.filter(({ keyRange }) => keyRange.end < start || keyRange.start > offset) : [];
  return { ...base, path, kind: 'key', existingKeys: keys.map(({ key }) => key), ...word(text, prefix, offset) };
}

function word(text: string, prefix: string, offset: number): Pick<CompletionContext, 'prefix' | 'replaceRange'> {
  return { prefix: prefix.replace(/^["']/, ''), replaceRange: { start: offset - prefix.length, end: wordEnd(text, offset) } };
}

/** After the last comma of this level. */
function segmentStart(text: string, from: number, offset: number): number {
  let start = from;
  let depth = 0;
  let quote = '';
  for (let at = from; at < offset; at++) {
    const character = text.charAt(at);
    if (quote) {
      if (character === '\\' && quote === '"') at++;
      else if (character === quote) quote = '';
    } else if (character === '"' || (character === "'" && /[\s,[{:]/.test(text.charAt(at - 1)))) quote = character;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else if (character === ',' && depth === 0) start = at + 1;
  }
  return start;
}

function wordEnd(text: string, offset: number): number {
  let end = offset;
  while (/[\w./@:$-]/.test(text.charAt(end)) && !/^:(?:\s|$)/.test(text.slice(end, end + 2))) end++;
  return end;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
