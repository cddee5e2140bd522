import { UserError } from '../../safety/index.ts';
import type { ParsedOptions } from '../args.ts';
import type { CliIo } from '../io.ts';
import { annotation } from '../reporters/annotations.ts';
import { type FindingCounts, findingLine, findingsSummary, fixedLines } from '../reporters/findings.ts';
import { sarifLog } from '../reporters/sarif.ts';
import type { FileFinding } from './fileFinding.ts';

/** How findings are written out, one by one, and what comes at the end. */
export interface LintOutput {
  readonly finding: (found: FileFinding) => void;
  readonly fixed: (file: string, applied: readonly string[]) => void;
  readonly end: (counts: FindingCounts) => void;
}

/** The output that `--format` (or `--json`) asks for. Throws UserError('usage') for a format that there is not. */
export function lintOutput(options: ParsedOptions, io: CliIo, version: string): LintOutput {
  const format = options['format'] ?? (options['json'] ? 'json' : 'text');
  if (options['json'] && format !== 'json')
    throw new UserError('usage', `--json and --format ${String(format)} cannot both be meant. Leave one out.`);
  const quiet = options['quiet'] === true;
  switch (format) {
    case 'text':
      return {
        finding: (found) => shows(found, quiet) && io.out(`${findingLine(found, io)}\n`),
        fixed: (file, applied) => io.out(fixedLines(file, applied)),
        end: (counts) => io.out(`${findingsSummary(counts)}\n`),
      };
    case 'github':
      return {
        finding: (found) => shows(found, quiet) && io.out(`${annotation(found)}\n`),
        fixed: (file, applied) => io.out(fixedLines(file, applied)),
        end: (counts) => io.out(`${findingsSummary(counts)}\n`),
      };
    case 'json':
      return {
        finding: (found) => shows(found, quiet) && io.out(`${JSON.stringify(asJson(found))}\n`),
        fixed: (file, applied) => io.out(`${JSON.stringify({ type: 'fixed', file, fixes: applied })}\n`),
        end: () => {},
      };
    case 'sarif':
      return sarifOutput(io, quiet, version);
    default:
      throw new UserError('usage', `There is no format “${String(format)}”. Formats: text, json, sarif, github.`);
  }
}

function sarifOutput(io: CliIo, quiet: boolean, version: string): LintOutput {
  const found: FileFinding[] = [];
  return {
    finding: (one) => {
      if (shows(one, quiet)) found.push(one);
    },
    fixed: (file, applied) => io.err(fixedLines(file, applied)),
    end: () => io.out(`${JSON.stringify(sarifLog(found, version), null, 2)}\n`),
  };
}

function shows({ finding }: FileFinding, quiet: boolean): boolean {
  return !quiet || finding.severity === 'error';
}

function asJson({ file, line, column, endLine, endColumn, finding }: FileFinding): object {
  const { code, severity, message, fixes, docs } = finding;
  return { file, line, column, endLine, endColumn, code, severity, message, fixes: fixes.map(({ title }) => title), docs };
}
