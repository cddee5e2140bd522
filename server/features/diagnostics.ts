import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import type { Finding, FindingTag, Severity } from '../../lint/index.ts';
import type { LineIndex } from '../../prompts-schema/index.ts';
import { lspRange } from '../positions.ts';

/** Findings as the protocol's diagnostics; `data` carries the finding's facts for tools. */
export function diagnostics(findings: readonly Finding[], lines: LineIndex): Diagnostic[] {
  return findings.map(({ code, severity, message, range, tags, data }) => ({
    range: lspRange(lines, range),
    severity: SEVERITIES[severity],
    source: 'evenkeel',
    code,
    message,
    ...(tags?.length ? { tags: tags.map((tag) => TAGS[tag]) } : {}),
    ...(data ? { data } : {}),
  }));
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS: Readonly<Record<FindingTag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};
