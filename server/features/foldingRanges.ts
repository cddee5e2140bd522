import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver/node';
import { type PositionedNode, type PromptDocument, type Range, settingsRange } from '../../prompts-schema/index.ts';

/** What can be folded: maps, lists and block texts of the settings, the front matter, messages of a template, its blocks, runs of comments. */
export function foldingRanges(document: PromptDocument): FoldingRange[] {
  const { text, lines, tree, body, messages, blocks } = document;
  const found = new Map<number, FoldingRange>();
  const add = ({ start, end }: Range, kind?: FoldingRangeKind): void => {
    const last = start + text.slice(start, end).trimEnd().length;
    const range = { startLine: lines.positionAt(start).line, endLine: lines.positionAt(last).line };
    const known = found.get(range.startLine);
    if (range.endLine > range.startLine && (!known || known.endLine < range.endLine))
      found.set(range.startLine, { ...range, ...(kind ? { kind } : {}) });
  };
  if (body) {
    const settings = settingsRange(document);
    if (settings && settings.start > 0) add({ start: text.lastIndexOf('\n', settings.start - 2) + 1, end: settings.end });
    for (const { range } of messages) add(range);
    // the closing tag stays in sight
    for (const { open, close } of blocks ?? []) if (close) add({ start: open.start, end: text.lastIndexOf('\n', close.start - 1) });
  }
  if (tree) addNodes(tree, add);
  for (const range of commentRuns(text, body?.range.start ?? text.length)) add(range, FoldingRangeKind.Comment);
  return [...found.values()].sort((a, b) => a.startLine - b.startLine);
}

function addNodes(node: PositionedNode, add: (range: Range) => void): void {
  if (node.kind === 'list')
    for (const item of node.items) {
      add(item.range);
      addNodes(item, add);
    }
  if (node.kind === 'map')
    for (const { range, value } of node.entries) {
      add(range);
      addNodes(value, add);
    }
}

/** Two lines of comments or more, one below the other. */
function commentRuns(text: string, end: number): readonly Range[] {
  return [...text.slice(0, end).matchAll(/(?:^[ \t]*#[^\n]*(?:\n|$)){2,}/gm)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
