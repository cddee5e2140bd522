import path from 'node:path';
import { TRUSTED, UserError } from '../../safety/index.ts';
import { findRoot } from '../../workspace/index.ts';
import { listOption, numberOption, type ParsedOptions, textOption } from '../args.ts';
import { samplingOptions } from '../callOptions.ts';
import { type DriftContext, eachPrompt, openDrift, runComparison } from '../driftContext.ts';
import type { ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { refreshSides } from '../refreshSides.ts';
import { openReportFiles } from '../reportFiles.ts';
import { selectOne } from '../selection.ts';
import { parseSide } from '../sides.ts';
import { tellComparison } from '../tellComparison.ts';

/** Compares two sides of one prompt, or outputs that were recorded elsewhere. */
export async function compareCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  return comparePrompt(paths, openDrift(options, io));
}

/** The same with a given engine. */
export async function comparePrompt(paths: readonly string[], context: DriftContext): Promise<ExitCode> {
  const { options, io, engine } = context;
  if (listOption(options, 'recorded').length) return compareRecorded(paths, context);
  for (const name of ['answer', 'name'])
    if (options[name] !== undefined) throw new UserError('usage', `--${name} belongs to recorded outputs: evenkeel compare --recorded.`);
  if (options['since'] !== undefined) return compareSince(paths, context);
  const kind = kindOf(options);
  const [from, to] = [textOption(options, 'from'), textOption(options, 'to')];
  const sides = {
    ...(from === undefined ? {} : { baseline: parseSide(from) }),
    ...(to === undefined ? {} : { candidate: parseSide(to) }),
  };
  const prompt = await selectOne('compare', paths, io.cwd, TRUSTED);
  const reports = await openReportFiles(listOption(options, 'report'), io.cwd, false);
  return eachPrompt([prompt], context, async ({ workspace: { root }, promptId }) => {
    await refreshSides(root, [sides.baseline, sides.candidate], context);
    const plan = await engine.planCompare({ root, promptId, kind, ...sides, ...samplingOptions(options) });
    return tellComparison(root, await runComparison(plan, context), context, reports);
  });
}

/** What changed since a moment at which the prompt worked: a quick compare of what was stored then with the prompt as it is. */
async function compareSince(paths: readonly string[], context: DriftContext): Promise<ExitCode> {
  const { options, io, engine, reporter } = context;
  for (const name of ['from', 'to', 'review', 'samples', 'confirm'])
    if (options[name] !== undefined) throw new UserError('usage', `--${name} does not go with --since, which chooses both sides.`);
  const since = textOption(options, 'since') ?? '';
  const prompt = await selectOne('compare', paths, io.cwd, TRUSTED);
  const reports = await openReportFiles(listOption(options, 'report'), io.cwd, false);
  return eachPrompt([prompt], context, async ({ workspace: { root }, promptId }) => {
    const { chosen, candidate } = await engine.workingPoints({ root, promptId, since });
    if (!chosen) throw new Error('a moment was asked for');
    reporter.say(`Since the ${chosen.label}: ${chosen.detail}`);
    const plan = await engine.planCompare({ root, promptId, kind: 'quick', baseline: chosen.side, candidate, ...samplingOptions(options) });
    return tellComparison(root, await runComparison(plan, context), context, reports);
  });
}

function kindOf(options: ParsedOptions): 'quick' | 'review' {
  if (options['quick'] && options['review']) throw new UserError('usage', 'A comparison is --quick or --review, not both.');
  if (options['review']) return 'review';
  for (const name of ['samples', 'confirm'])
    if (options[name] !== undefined) throw new UserError('usage', `A quick compare takes one sample a case. Use --${name} with --review.`);
  return 'quick';
}

/** Nothing is called, so nothing is asked. With a prompt its evaluators score the outputs. */
async function compareRecorded(paths: readonly string[], context: DriftContext): Promise<ExitCode> {
  const { options, io, engine, reporter } = context;
  for (const name of ['from', 'to', 'quick', 'review', 'case'])
    if (options[name] !== undefined) throw new UserError('usage', `--${name} does not go with --recorded: both sides are in the files.`);
  const prompt = paths.length ? await selectOne('compare', paths, io.cwd, TRUSTED) : undefined;
  const reports = await openReportFiles(listOption(options, 'report'), io.cwd, false);
  const root = prompt?.workspace.root ?? (await findRoot(io.cwd, { cwd: io.cwd })).path;
  const name = textOption(options, 'name');
  const seed = numberOption(options, 'seed', { whole: true });
  const { comparisonId } = await engine.compareRecorded({
    root,
    ...(prompt ? { promptId: prompt.promptId } : {}),
    files: listOption(options, 'recorded').map((file) => path.resolve(io.cwd, file)),
    answer: [...listOption(options, 'answer')],
    ...(name === undefined ? {} : { name }),
    ...(seed === undefined ? {} : { seed }),
  });
  const code = await tellComparison(root, comparisonId, context, reports);
  reporter.end();
  return code;
}
