import { type CodeAction, CodeActionKind, type Diagnostic, type TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver/node';
import type { FileEdit, Finding, Fix } from '../../lint/index.ts';
import type { LineIndex, Range } from '../../prompts-schema/index.ts';
import { LENS_COMMANDS, type RunLensArguments } from '../../protocol/index.ts';
import { lspRange } from '../positions.ts';

/** Where the edits of a fix go. */
export interface FixTarget {
  readonly uri: string;
  readonly version: number;
  readonly lines: LineIndex;
  /** The address of a root-relative path. */
  readonly uriOf: (path: string) => string;
  /** Lines of another file that a fix changes; undefined when it cannot be read, and the fix is not offered. */
  readonly linesOf: (path: string) => LineIndex | undefined;
  /** Whether the client makes files in an edit. */
  readonly canCreate: boolean;
  /** Whether the engine may be asked to act: the folder is trusted. */
  readonly canAct: boolean;
  /** The edit that suppresses a finding where it stands; undefined where none can. */
  readonly suppress: (finding: Finding) => FileEdit | undefined;
}

/** The quick fixes of the findings that touch a span, each tied to its diagnostic among those that the editor shows; a comment that suppresses the rule comes last. */
export function codeActions(findings: readonly Finding[], span: Range, shown: readonly Diagnostic[], target: FixTarget): CodeAction[] {
  const here = findings.filter(({ range }) => range.start <= span.end && range.end >= span.start);
  const actionOf = (finding: Finding, { title, preferred, ...mend }: Mend): CodeAction => {
    const { start } = lspRange(target.lines, finding.range);
    const mended = shown.filter((one) => one.code === finding.code && one.source === 'evenkeel' && sameStart(one, start));
    return {
      title,
      kind: CodeActionKind.QuickFix,
      ...mend,
      ...(preferred ? { isPreferred: true } : {}),
      ...(mended.length ? { diagnostics: mended } : {}),
    };
  };
  const fixes = here.flatMap((finding) => finding.fixes.flatMap((fix) => mendOf(fix, target).map((mend) => actionOf(finding, mend))));
  return [...fixes, ...here.flatMap((finding) => suppressionOf(finding, target).map((mend) => actionOf(finding, mend)))];
}

type Mend = Pick<CodeAction, 'title' | 'edit' | 'command'> & { readonly preferred: boolean };

/** Rules that speak of suppressions themselves, and text that no rule was asked about. */
const NEVER_SUPPRESSED: ReadonlySet<string> = new Set(['lint.unused-suppression', 'schema.syntax', 'schema.too-deep', 'schema.too-large']);

function suppressionOf(finding: Finding, target: FixTarget): readonly Mend[] {
  const edit = NEVER_SUPPRESSED.has(finding.code) ? undefined : target.suppress(finding);
  if (!edit) return [];
  const change = textEdit(target.uri, target.version, target.lines, [edit]);
  return [{ title: `Disable ${finding.code} for this line`, edit: { documentChanges: [change] }, preferred: false }];
}

/** Files that a fix edits beside the one it was found in. */
export function otherFiles(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.flatMap(({ file }) => file ?? []))))];
}

/** An edit, or for what takes more than one (git, a lock file) the command that has the engine do it. */
function mendOf(fix: Fix, target: FixTarget): readonly Mend[] {
  const { title, preferred } = fix;
  if (!fix.command) {
    const edit = editOf(fix, target);
    return edit ? [{ title, preferred, edit }] : [];
  }
  if (!target.canAct) return [];
  const { id, bump, prompt } = fix.command;
  const uri = prompt === undefined ? target.uri : `${target.uri}#${encodeURIComponent(prompt)}`;
  const argument: RunLensArguments = { uri, ...(bump === undefined ? {} : { bump }) };
  return [{ title, preferred, command: { title, command: LENS_COMMANDS[id], arguments: [argument] } }];
}

function editOf(fix: Fix, target: FixTarget): WorkspaceEdit | undefined {
  if (fix.create && !target.canCreate) return undefined;
  const byFile = Map.groupBy(fix.edits, ({ file }) => file);
  const documentChanges: WorkspaceEdit['documentChanges'] = [];
  if (fix.create) {
    const uri = target.uriOf(fix.create.file);
    const start = { line: 0, character: 0 };
    documentChanges.push({ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } });
    documentChanges.push({ textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: fix.create.text }] });
  }
  for (const [file, edits] of byFile) {
    const change = file === undefined ? textEdit(target.uri, target.version, target.lines, edits) : otherEdit(file, edits, target);
    if (!change) return undefined;
    documentChanges.push(change);
  }
  return { documentChanges };
}

function otherEdit(file: string, edits: readonly FileEdit[], target: FixTarget): TextDocumentEdit | undefined {
  const lines = target.linesOf(file);
  return lines && textEdit(target.uriOf(file), null, lines, edits);
}

function textEdit(uri: string, version: number | null, lines: LineIndex, edits: readonly FileEdit[]): TextDocumentEdit {
  return { textDocument: { uri, version }, edits: edits.map(({ range, newText }) => ({ range: lspRange(lines, range), newText })) };
}

function sameStart(diagnostic: Diagnostic, start: { readonly line: number; readonly character: number }): boolean {
  return diagnostic.range.start.line === start.line && diagnostic.range.start.character === start.character;
}
