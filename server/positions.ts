import type { Range as LspRange } from 'vscode-languageserver/node';
import type { LineIndex, Range } from '../prompts-schema/index.ts';

/** A span of offsets as the protocol's lines and characters. */
export function lspRange(lines: LineIndex, range: Range): LspRange {
  return { start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
}

/** Whether an offset lies in a span; its end counts, as a caret stands between characters. */
export function touches(range: Range | undefined, offset: number): boolean {
  return range !== undefined && range.start <= offset && offset <= range.end;
}
