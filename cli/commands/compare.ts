import path from 'node:path';
import { TRUSTED, UserError } from '../../safety/index.ts';
import { findRoot } from '../../workspace/index.ts';
import { listOption, numberOption, type ParsedOptions, textOption } from '../args.ts';
import { samplingOptions } from '../callOptions.ts';
import { type DriftContext, eachPrompt, openDrift, runComparison } from '../driftContext.ts';
import type { ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { openReportFiles } from '../reportFiles.ts';
import { type Selected, selectPrompts } from '../selection.ts';
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
  const kind = kindOf(options);
  const [from, to] = [textOption(options, 'from'), textOption(options, 'to')];
  const sides = {
    ...(from === undefined ? {} : { baseline: parseSide(from) }),
    ...(to === undefined ? {} : { candidate: parseSide(to) }),
  };
  const prompt = await onePrompt(paths, io.cwd);
  const reports = await openReportFiles(listOption(options, 'report'), io.cwd, false);
  return eachPrompt([prompt], context, async ({ workspace: { root }, promptId }) => {
    const plan = await engine.planCompare({ root, promptId, kind, ...sides, ...samplingOptions(options) });
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

async function onePrompt(paths: readonly string[], cwd: string): Promise<Selected> {
  const found = await selectPrompts(paths, cwd, TRUSTED);
  const [prompt] = found;
  if (prompt && found.length === 1) return prompt;
  const names = found.map(({ promptId }) => promptId);
  const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), `and ${names.length - MOST_NAMES} more`] : names;
  throw new UserError('usage', `evenkeel compare is about one prompt; here are ${shown.join(', ')}. Name one.`);
}

const MOST_NAMES = 8;

/** Nothing is called, so nothing is asked. With a prompt its evaluators score the outputs. */
async function compareRecorded(paths: readonly string[], context: DriftContext): Promise<ExitCode> {
  const { options, io, engine, reporter } = context;
  for (const name of ['from', 'to', 'quick', 'review', 'case'])
    if (options[name] !== undefined) throw new UserError('usage', `--${name} does not go with --recorded: both sides are in the files.`);
  const prompt = paths.length ? await onePrompt(paths, io.cwd) : undefined;
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
