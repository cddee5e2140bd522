import { type Finding, RULES, type Rule } from '../../lint/index.ts';
import { sha256Hex } from '../../prompts-schema/index.ts';
import type { FileFinding } from '../lint/fileFinding.ts';

/**
 * Findings as a SARIF 2.1.0 log with one run: what code-scanning services read. Every rule is described, found or not; a result is known
 * again by its rule, its file and what its line says, so that lines added above do not make it a new one.
 */
export function sarifLog(found: readonly FileFinding[], version: string): object {
  const seen = new Map<string, number>();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Evenkeel', version, semanticVersion: version, rules: RULES.map(ruleDescription) } },
        columnKind: 'utf16CodeUnits',
        results: found.map((one) => result(one, seen)),
      },
    ],
  };
}

function ruleDescription({ code, title, severity, explain }: Rule): object {
  return {
    id: code,
    name: code.replace(/(?:^|[.-])(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `Finds ${title}.` },
    fullDescription: { text: explain.split('\n\n')[0] ?? title },
    help: { text: explain, markdown: explain },
    defaultConfiguration: { enabled: true, level: LEVELS[severity] },
  };
}

function result({ file, line, column, endLine, endColumn, lineText, finding }: FileFinding, seen: Map<string, number>): object {
  const known = `${finding.code}\n${file}\n${lineText.trim() || String(finding.data?.['case'] ?? '')}`;
  const copy = (seen.get(known) ?? 0) + 1;
  seen.set(known, copy);
  const index = RULES.findIndex(({ code }) => code === finding.code);
  return {
    ruleId: finding.code,
    ...(index >= 0 ? { ruleIndex: index } : {}),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    partialFingerprints: { 'evenkeelFinding/v1': sha256Hex(`${known}\n${copy}`).slice(0, 32) },
  };
}

/** A relative reference: each step escaped, so that no name reads as a scheme or a query. */
function uriOf(file: string): string {
  return file.split('/').map(encodeStep).join('/');
}

function encodeStep(step: string): string {
  return encodeURIComponent(step.toWellFormed()).replace(/%(?:40|2B|3D|26|24|2C)/g, decodeURIComponent);
}

const LEVELS: Readonly<Record<Finding['severity'], 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};
