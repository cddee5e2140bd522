import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { hashText, writeAtomic } from '../../workspace/index.ts';
import { numberOption, type ParsedOptions } from '../args.ts';
import { catalogOf } from '../catalogOf.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { applyFixes } from '../lint/applyFixes.ts';
import { type CheckedFile, filesToCheck } from '../lint/checkFiles.ts';
import { placed } from '../lint/fileFinding.ts';
import { lintOutput } from '../lint/lintOutput.ts';
import { selectFiles } from '../selection.ts';

/** Checks prompt files, their datasets and evenkeel.yml; makes no call, and writes nothing without `--fix`. */
export async function lintCommand(paths: readonly string[], options: ParsedOptions, io: CliIo, version: string): Promise<ExitCode> {
  const output = lintOutput(options, io, version);
  const maxWarnings = numberOption(options, 'max-warnings', { whole: true }) ?? Number.POSITIVE_INFINITY;
  const selected = await selectFiles(paths, io.cwd, UNTRUSTED);
  const counts = { files: selected.length, errors: 0, warnings: 0, others: 0 };
  const today = new Date().toISOString().slice(0, 10);
  for await (const file of filesToCheck(selected, { cwd: io.cwd, today, catalog: await catalogOf(io)() })) {
    const text = options['fix'] && file.text !== undefined ? await fix(file, file.text, output.fixed) : file.text;
    const { findings, lines } = await file.check(text ?? '');
    for (const finding of findings) {
      counts[finding.severity === 'error' ? 'errors' : finding.severity === 'warning' ? 'warnings' : 'others']++;
      output.finding(placed(file.shown, finding, lines, text));
    }
  }
  output.end(counts);
  if (counts.errors === 0 && counts.warnings > maxWarnings)
    io.err(`${counts.warnings} warnings are more than the ${maxWarnings} that --max-warnings allows.\n`);
  return counts.errors > 0 || counts.warnings > maxWarnings ? EXIT.failed : EXIT.passed;
}

/** Mends the file on the disk where there is something to mend; gives the text that is there then. */
async function fix(file: CheckedFile, text: string, tell: (file: string, applied: readonly string[]) => void): Promise<string> {
  const fixed = await applyFixes(text, async (one) => (await file.check(one)).findings);
  if (fixed.text === text) return text;
  const { root } = file.workspace;
  await writeAtomic({ root, capabilities: TRUSTED }, file.path, fixed.text, { expectedHash: hashText(text) });
  tell(file.shown, fixed.applied);
  return fixed.text;
}
