import type { Finding } from '../../lint/index.ts';
import type { LineIndex } from '../../prompts-schema/index.ts';

/** A finding with its file, as it is shown, and its place; lines and columns count from 1, columns in UTF-16 units, the end is behind it. */
export interface FileFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** What the line says, to know the finding again after lines above it changed; empty where the text is not at hand. */
  readonly lineText: string;
  readonly finding: Finding;
}

/** The finding in its file. Without lines it stands at the file's beginning. */
export function placed(file: string, finding: Finding, lines: LineIndex | undefined, text: string | undefined): FileFinding {
  const start = lines?.positionAt(finding.range.start) ?? { line: 0, character: 0 };
  const end = lines?.positionAt(Math.max(finding.range.start, finding.range.end)) ?? start;
  const from = lines?.offsetAt({ line: start.line, character: 0 }) ?? 0;
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    lineText: text?.slice(from).split(/\r?\n/, 1)[0] ?? '',
    finding,
  };
}
