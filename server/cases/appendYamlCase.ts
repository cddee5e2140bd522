import { stringify } from 'yaml';
import type { ListNode, MapNode, PositionedNode } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';
import { spacedJson } from './appendJsonCase.ts';
import { asObject, lineEndOf, type TextInsertion } from './newCase.ts';

type Row = readonly (readonly [string, Json])[];

/** A further item of a YAML list: block lists grow by a block item at their own column, flow lists by a flow item. */
export function appendYamlItem(text: string, list: ListNode, row: Row): TextInsertion {
  const last = list.items.at(-1);
  const flow = text[list.range.start] === '[';
  if (flow && last) return { start: last.range.end, end: last.range.end, newText: `, ${spacedJson(asObject(row))}` };
  if (flow) return { start: list.range.start, end: list.range.end, newText: `[${spacedJson(asObject(row))}]` };
  const column = last ? dashColumn(text, last) : 0;
  return afterLine(text, list.range.end, blockItem(row, ' '.repeat(column)));
}

/** The list of cases with its first ones, where a prompt file has none: `missing` is the empty value of its key, if there is one. */
export function addCases(
  text: string,
  root: PositionedNode | undefined,
  missing: PositionedNode | undefined,
  key: string,
  rows: readonly Row[],
): TextInsertion {
  const items = rows.map((row) => blockItem(row, '  ')).join('\n');
  if (missing) {
    const { start, end } = missing.range;
    return { start, end, newText: `${lineEndOf(text)}${withLineEnds(items, text)}`.replace(/\s+$/, '') };
  }
  if (root?.kind === 'map' && text[root.range.start] === '{') return beforeBrace(root, key, rows);
  return afterLine(text, root ? root.range.end : text.length, `${key}:\n${items}`);
}

function beforeBrace(root: MapNode, key: string, rows: readonly Row[]): TextInsertion {
  const last = root.entries.at(-1);
  const at = last ? last.range.end : root.range.start + 1;
  return {
    start: at,
    end: at,
    newText: `${last ? ', ' : ''}${JSON.stringify(key)}: [${rows.map((row) => spacedJson(asObject(row))).join(', ')}]`,
  };
}

function blockItem(row: Row, margin: string): string {
  const object = asObject(row);
  const yaml = Object.keys(object).length ? stringify([object], { lineWidth: 0, indent: 2 }) : '- {}\n';
  return yaml
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : margin + line))
    .join('\n');
}

/** After the line that holds `offset` (or just before it, when it already stands at a line's start), so that trailing comments stay where they are. */
function afterLine(text: string, offset: number, block: string): TextInsertion {
  const eol = lineEndOf(text);
  let at = offset;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--; // a block scalar's span may reach over blank lines
  const lineEnd = text.indexOf('\n', at);
  const start = lineEnd < 0 ? text.length : lineEnd + 1;
  const before = lineEnd < 0 && text !== '' ? eol : '';
  return { start, end: start, newText: `${before}${withLineEnds(block, text)}${eol}` };
}

function withLineEnds(block: string, text: string): string {
  return block.replaceAll('\n', lineEndOf(text));
}

function dashColumn(text: string, item: PositionedNode): number {
  let at = item.range.start - 1;
  while (at >= 0 && text[at] !== '-') at--;
  return Math.max(0, at - (text.lastIndexOf('\n', at) + 1));
}
