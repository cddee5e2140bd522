import { type DriftContext, loadComparison } from './driftContext.ts';
import type { ExitCode } from './exitCodes.ts';
import type { ReportFiles } from './reportFiles.ts';
import { verdictExit } from './verdictExit.ts';

/** Tells a comparison, writes its reports and gives its exit code. */
export async function tellComparison(
  root: string,
  comparisonId: string,
  { engine, reporter }: DriftContext,
  reports: ReportFiles,
  exitOf: typeof verdictExit = verdictExit,
): Promise<ExitCode> {
  const place = { root, comparisonId };
  const shown = await loadComparison(engine, place);
  const exitCode = exitOf(shown.comparison, shown.view);
  reporter.comparison({ ...shown, exitCode });
  const { promptId } = shown.comparison;
  for (const file of await reports.add(engine, place, promptId)) reporter.report(promptId, file);
  return exitCode;
}
