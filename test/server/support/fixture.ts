import type { Diagnostic, Position, TextEdit } from 'vscode-languageserver/node';

/** The caret of the fixture language: prompt text is full of `|`, `$` and `{`. */
export const CARET = '¦';

/** Text without its caret, and where the caret was (undefined without one). */
export function withoutCaret(text: string): { readonly text: string; readonly caret: Position | undefined } {
  const at = text.indexOf(CARET);
  if (at < 0) return { text, caret: undefined };
  const before = text.slice(0, at);
  return {
    text: before + text.slice(at + 1),
    caret: { line: before.split('\n').length - 1, character: at - (before.lastIndexOf('\n') + 1) },
  };
}

/** A file with `^^^^ code message` lines under the lines they speak of; the message may be left out. */
export interface Annotated {
  readonly text: string;
  readonly expected: readonly string[];
}

/** Splits annotations off: the file's own text, and the annotations as `line:from-to code message`, lines from 1. */
export function readAnnotations(annotated: string): Annotated {
  const kept: string[] = [];
  const expected: string[] = [];
  for (const line of annotated.split('\n')) {
    const found = /^(\s*)(\^+) (\S+)(?: (.*))?$/.exec(line);
    if (!found) kept.push(line);
    else {
      const from = (found[1] ?? '').length;
      expected.push(described(kept.length, from, from + (found[2] ?? '').length, found[3] ?? '', found[4] ?? ''));
    }
  }
  return { text: kept.join('\n'), expected };
}

/**
 * Diagnostics in the same words, in file order. A message is left out where the expectation for that place and code leaves it out;
 * a diagnostic over several lines is marked to the end of its first.
 */
export function describeDiagnostics(text: string, diagnostics: readonly Diagnostic[], expected: readonly string[]): readonly string[] {
  const lines = text.split('\n');
  return [...diagnostics]
    .sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character)
    .map(({ range, code, message }) => {
      const { line, character } = range.start;
      const end = range.end.line === line ? range.end.character : (lines[line] ?? '').length;
      const bare = described(line + 1, character, Math.max(end, character + 1), String(code), '');
      return expected.includes(bare)
        ? bare
        : described(line + 1, character, Math.max(end, character + 1), String(code), typeof message === 'string' ? message : message.value);
    });
}

/** Applies the protocol's edits to a text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (let at = 0; at < text.length; at++) if (text[at] === '\n') starts.push(at + 1);
  const offset = ({ line, character }: Position): number => Math.min(text.length, (starts[line] ?? text.length) + character);
  return [...edits]
    .map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }))
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end), text);
}

function described(line: number, from: number, to: number, code: string, message: string): string {
  return `${line}:${from}-${to} ${code} ${message}`.trim();
}
