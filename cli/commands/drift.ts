import { TRUSTED, UserError } from '../../safety/index.ts';
import { listOption, type ParsedOptions, textOption } from '../args.ts';
import { samplingOptions } from '../callOptions.ts';
import { type DriftContext, eachPrompt, openDrift, runComparison, withBaseline } from '../driftContext.ts';
import type { ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { refreshSides } from '../refreshSides.ts';
import { openReportFiles } from '../reportFiles.ts';
import { selectPrompts } from '../selection.ts';
import { parseSide } from '../sides.ts';
import { tellComparison } from '../tellComparison.ts';

/** Reviews the drift of every prompt selected, one after the other; the worst of their exit codes is the command's. */
export async function driftCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  if (options['daily']) return (await import('./daily.ts')).dailyCommand(paths, options, io);
  for (const name of ['state', 'start', 'date'])
    if (options[name] !== undefined) throw new UserError('usage', `--${name} belongs to the daily check: evenkeel drift --daily.`);
  return reviewDrift(paths, openDrift(options, io));
}

/** The same with a given engine. */
export async function reviewDrift(paths: readonly string[], context: DriftContext): Promise<ExitCode> {
  const { options, io, engine } = context;
  const request = requestOf(options);
  const found = await selectPrompts(paths, io.cwd, TRUSTED);
  const selected = request.baseline.kind === 'baseline' ? await withBaseline(found, context) : found;
  const reports = await openReportFiles(listOption(options, 'report'), io.cwd, selected.length > 1);
  return eachPrompt(selected, context, async ({ workspace, promptId }) => {
    await refreshSides(workspace.root, [request.baseline], context);
    const plan = await engine.planCompare({ root: workspace.root, promptId, ...request });
    return tellComparison(workspace.root, await runComparison(plan, context), context, reports);
  });
}

function requestOf(options: ParsedOptions) {
  const model = textOption(options, 'model');
  return {
    kind: 'review' as const,
    baseline: parseSide(textOption(options, 'against') ?? 'baseline'),
    ...(model === undefined ? {} : { candidate: { kind: 'workingCopy' as const, model } }),
    ...samplingOptions(options),
  };
}
