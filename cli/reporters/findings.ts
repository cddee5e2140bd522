import { styleText } from 'node:util';
import { escapeTerminalLine } from '../../safety/index.ts';
import type { CliIo } from '../io.ts';
import type { FileFinding } from '../lint/fileFinding.ts';

/** How many files were looked at and what was found, by weight. */
export interface FindingCounts {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly others: number;
}

/** `triage.prompt.yml:3:8 warning model.deprecated Shuts down on …`. */
export function findingLine({ file, line, column, finding }: FileFinding, io: CliIo): string {
  const severity = io.colors ? styleText(COLORS[finding.severity], finding.severity, { validateStream: false }) : finding.severity;
  return `${escapeTerminalLine(file)}:${line}:${column} ${severity} ${finding.code} ${escapeTerminalLine(finding.message)}`;
}

/** What `--fix` did to a file, a line each. */
export function fixedLines(file: string, applied: readonly string[]): string {
  return applied.map((title) => `${escapeTerminalLine(file)}: fixed: ${escapeTerminalLine(title)}\n`).join('');
}

/** `4 files: 1 error, 2 warnings.` */
export function findingsSummary({ files, errors, warnings, others }: FindingCounts): string {
  const parts = [errors && plural(errors, 'error'), warnings && plural(warnings, 'warning'), others && plural(others, 'note')].filter(
    (part) => part !== 0,
  );
  return `${plural(files, 'file')}: ${parts.join(', ') || 'nothing found'}.`;
}

const COLORS = { error: 'red', warning: 'yellow', info: 'blue', hint: 'dim' } as const;

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
