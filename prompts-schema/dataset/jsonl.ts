import { isJsonObject, type Json, MAX_DEPTH } from '../../safety/index.ts';
import type { Issue } from '../parse/issue.ts';
import { parseJsonTree } from '../parse/jsonTree.ts';
import { entryOf } from '../parse/tree.ts';
import type { Range } from '../text/range.ts';
import type { RowBuilder } from './rowBuilder.ts';

/** JSON lines: one case a line; blank lines count for nothing. A bad line is an issue, the others are read. */
export function readJsonl(text: string, builder: RowBuilder, issues: Issue[]): void {
  for (const line of jsonLines(text)) {
    const value = parseLine(text, line);
    if (isJsonObject(value)) builder.add(value, line, (name) => keyRange(text, line, name));
    else
      issues.push({
        code: 'dataset.invalid-row',
        message:
          value === undefined ? badLineMessage(text, line) : 'A line of a .jsonl file is one JSON object, a case; this line is left out.',
        range: value === undefined ? badPlace(text, line) : line,
      });
  }
}

/** The lines that hold anything, without the white space around it. */
export function* jsonLines(text: string): Generator<Range> {
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const lineEnd = found < 0 ? text.length : found;
    let start = at;
    let end = lineEnd;
    while (start < end && text.charCodeAt(start) <= 32) start++;
    while (end > start && text.charCodeAt(end - 1) <= 32) end--;
    if (end > start) yield { start, end };
    at = lineEnd + 1;
  }
}

/** JSON.parse is not recursive; what it gives may nest too deep for all that follows, so that is looked at before anything else. */
function parseLine(text: string, { start, end }: Range): Json | undefined {
  try {
    const value = JSON.parse(text.slice(start, end)) as Json;
    return nestsWithin(value, MAX_DEPTH) ? value : undefined;
  } catch {
    return undefined;
  }
}

function nestsWithin(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels <= 0) return false;
  for (const item of Object.values(value)) if (typeof item === 'object' && item !== null && !nestsWithin(item, levels - 1)) return false;
  return true;
}

function keyRange(text: string, line: Range, name: string): Range {
  const read = parseJsonTree(text, line.start, line.end);
  return (read.ok && read.node.kind === 'map' && entryOf(read.node, name)?.keyRange) || line;
}

function badLineMessage(text: string, line: Range): string {
  const read = parseJsonTree(text, line.start, line.end);
  return `This line is not valid JSON and is left out${read.ok ? '' : `: ${read.message}`}.`;
}

/** From where it goes wrong to the end of the line. */
function badPlace(text: string, line: Range): Range {
  const read = parseJsonTree(text, line.start, line.end);
  return read.ok || read.at >= line.end ? line : { start: read.at, end: line.end };
}
