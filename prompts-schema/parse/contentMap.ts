import type { Range } from '../text/range.ts';
import type { ScalarNode } from './positioned.ts';

/** From an offset in a scalar's value to the offset in the file where that character is written. */
export interface ContentMap {
  readonly fileOffset: (contentOffset: number) => number;
  /** The part of the file that writes a part of the value. */
  readonly fileRange: (content: Range) => Range;
  /** The other way: the place in the value of a file offset, the next one when the offset is in indentation or an escape. */
  readonly contentOffset: (fileOffset: number) => number;
}

/**
 * Made by walking the scalar as it is written beside its value. Characters that are not white space are exact in every style;
 * white space that folding made out of line ends and indentation maps to the first of the characters it stands for.
 */
export function contentMap(text: string, node: ScalarNode): ContentMap {
  const value = typeof node.value === 'string' ? node.value : text.slice(node.range.start, node.range.end);
  const source = text.slice(node.range.start, node.range.end);
  const quote = node.style === 'single' || node.style === 'double' ? 1 : 0;
  if (node.style !== 'block' && source.length === value.length + 2 * quote && !source.includes('\n') && !(quote && source.includes('\\')))
    return linear(node.range.start + quote, value.length);
  const offsets = new Int32Array(value.length + 1);
  const walker = { source, value, offsets };
  if (node.style === 'double') walkDouble(walker);
  else if (node.style === 'block') walkBlock(walker);
  else walkPlain(walker, quote, node.style === 'single');
  // the last line end of a block text is part of its value, also where the file ends without one
  return mapped(node.range.start, text.length, offsets, (at) => widthAt(source, at, node.style));
}

interface Walker {
  readonly source: string;
  readonly value: string;
  /** Filled with the source offset of each unit of the value, and of its end. */
  readonly offsets: Int32Array;
}

function linear(start: number, length: number): ContentMap {
  const fileOffset = (at: number): number => start + Math.max(0, Math.min(at, length));
  return {
    fileOffset,
    fileRange: (content) => ({ start: fileOffset(content.start), end: fileOffset(content.end) }),
    contentOffset: (at) => Math.max(0, Math.min(at - start, length)),
  };
}

function mapped(start: number, fileEnd: number, offsets: Int32Array, width: (at: number) => number): ContentMap {
  const last = offsets.length - 1;
  const fileOffset = (at: number): number => start + (offsets[Math.max(0, Math.min(at, last))] ?? 0);
  return {
    fileOffset,
    fileRange: (content) => {
      if (content.end <= content.start) return { start: fileOffset(content.start), end: fileOffset(content.start) };
      // to the end of the last character, not to the start of the next: indentation may lie between
      const lastUnit = offsets[Math.min(content.end, last) - 1] ?? 0;
      return { start: fileOffset(content.start), end: Math.min(fileEnd, start + lastUnit + width(lastUnit)) };
    },
    contentOffset: (at) => {
      let low = 0;
      let high = last;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((offsets[middle] ?? 0) < at - start) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

/** Plain and single-quoted: only white space differs between source and value, and `''` for `'`. */
function walkPlain({ source, value, offsets }: Walker, from: number, single: boolean): void {
  const end = source.length - (single && source.length > 1 ? 1 : 0);
  let at = from;
  for (let unit = 0; unit < value.length; unit++) {
    const wanted = value.charCodeAt(unit);
    if (isWhite(wanted)) {
      offsets[unit] = Math.min(at, end);
      if (at < end && isWhite(source.charCodeAt(at))) at++;
      continue;
    }
    while (at < end && isWhite(source.charCodeAt(at))) at++;
    offsets[unit] = Math.min(at, end);
    at += single && wanted === SINGLE_QUOTE ? 2 : 1;
  }
  offsets[value.length] = Math.min(at, end);
}

/** Block: the header line, then lines whose common indentation is no part of the value. */
function walkBlock({ source, value, offsets }: Walker): void {
  const headerEnd = source.indexOf('\n');
  let at = headerEnd < 0 ? source.length : headerEnd + 1;
  const indent = blockIndent(source, at, value);
  const skipIndent = (): void => {
    for (let left = indent; left > 0 && source.charCodeAt(at) === SPACE; left--) at++;
  };
  skipIndent();
  for (let unit = 0; unit < value.length; unit++) {
    const wanted = value.charCodeAt(unit);
    if (!isWhite(wanted)) while (at < source.length && isWhite(source.charCodeAt(at))) at++;
    else if (wanted === LINE_FEED && source.charCodeAt(at) === RETURN) at++;
    offsets[unit] = Math.min(at, source.length);
    if (at >= source.length) continue;
    const found = source.charCodeAt(at);
    if (!isWhite(wanted) || isWhite(found)) at++;
    if (found === LINE_FEED) skipIndent();
  }
  offsets[value.length] = Math.min(at, source.length);
}

function blockIndent(source: string, from: number, value: string): number {
  const written = /^(?:[ \t]*\r?\n)*( *)/.exec(source.slice(from))?.[1]?.length ?? 0;
  const kept = /^(?:[ \t]*\n)*( *)/.exec(value)?.[1]?.length ?? 0;
  return Math.max(0, written - kept);
}

/** Double-quoted: escapes, folded line ends, and escaped line ends that join. */
function walkDouble({ source, value, offsets }: Walker): void {
  const end = source.length > 1 && source.endsWith('"') ? source.length - 1 : source.length;
  let at = 1;
  let unit = 0;
  const put = (units: number): void => {
    for (let count = 0; count < units && unit < value.length; count++) offsets[unit++] = Math.min(at, end);
  };
  while (at < end && unit <= value.length) {
    const code = source.charCodeAt(at);
    if (code === BACKSLASH) {
      const lineEnd = /^\\\r?\n[ \t]*/.exec(source.slice(at, at + 1000))?.[0];
      if (lineEnd) {
        at += lineEnd.length;
        continue;
      }
      const { length, units } = escapeAt(source, at);
      put(units);
      at += length;
    } else if (code === SPACE || code === TAB || code === LINE_FEED || (code === RETURN && source.charCodeAt(at + 1) === LINE_FEED)) {
      let stop = at;
      let lines = 0;
      for (; stop < end && isWhite(source.charCodeAt(stop)); stop++) if (source.charCodeAt(stop) === LINE_FEED) lines++;
      if (lines) {
        put(lines === 1 ? 1 : lines - 1);
        at = stop;
      } else {
        put(1);
        at++;
      }
    } else {
      put(1);
      at++;
    }
  }
  offsets.fill(end, unit);
}

function escapeAt(source: string, at: number): { readonly length: number; readonly units: number } {
  const digits = { x: 2, u: 4, U: 8 }[source.charAt(at + 1)];
  if (digits === undefined) return { length: 2, units: KNOWN_ESCAPES.includes(source.charAt(at + 1)) ? 1 : 2 };
  const hex = source.slice(at + 2, at + 2 + digits);
  const code = hex.length === digits && /^[0-9a-fA-F]+$/.test(hex) ? Number.parseInt(hex, 16) : Number.NaN;
  if (!(code <= 0x10ffff)) return { length: 2 + digits, units: 2 + Math.min(digits, hex.length) };
  return { length: 2 + digits, units: code > 0xffff ? 2 : 1 };
}

/** How many characters of the source write the one at this offset. */
function widthAt(source: string, at: number, style: ScalarNode['style']): number {
  if (style === 'double' && source.charCodeAt(at) === BACKSLASH) return escapeAt(source, at).length;
  return style === 'single' && source.charCodeAt(at) === SINGLE_QUOTE ? 2 : 1;
}

function isWhite(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === TAB || code === RETURN;
}

const KNOWN_ESCAPES = '0abefnrtvN_LP "/\\\t';
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;
