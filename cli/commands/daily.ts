import path from 'node:path';
import { TRUSTED, UserError } from '../../safety/index.ts';
import { listOption, type ParsedOptions, textOption } from '../args.ts';
import { callOptions } from '../callOptions.ts';
import { type DriftContext, eachPrompt, openDrift, runComparison, withBaseline } from '../driftContext.ts';
import type { ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { openReportFiles } from '../reportFiles.ts';
import { selectPrompts } from '../selection.ts';
import { tellComparison } from '../tellComparison.ts';
import { dailyExit } from '../verdictExit.ts';

/** `evenkeel drift --daily`: one day's check of every prompt selected. Green 0, amber 4, red 1, lost state 3. */
export async function dailyCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  return checkDay(paths, openDrift(options, io));
}

/** The same with a given engine. */
export async function checkDay(paths: readonly string[], context: DriftContext): Promise<ExitCode> {
  const { options, io } = context;
  for (const name of ['against', 'case', 'samples', 'confirm', 'seed'])
    if (options[name] !== undefined)
      throw new UserError('usage', `--${name} does not go with --daily: evidence counts only if every day is drawn alike.`);
  const request = requestOf(options, io.cwd);
  const selected = await withBaseline(await selectPrompts(paths, io.cwd, TRUSTED), context);
  const reports = await openReportFiles(listOption(options, 'report'), io.cwd, selected.length > 1);
  return eachPrompt(selected, context, async ({ workspace: { root }, promptId }) => {
    const plan = await planOf({ root, promptId, ...request }, context);
    return tellComparison(root, await runComparison(plan, context), context, reports, dailyExit);
  });
}

type DailyRequest = Parameters<DriftContext['engine']['planDaily']>[0];

/** `--start` begins where there is no state; where there is one it goes on, so that a new prompt can join the others. */
async function planOf(
  request: Omit<DailyRequest, 'start'>,
  { engine, options, reporter }: DriftContext,
): ReturnType<typeof engine.planDaily> {
  try {
    return await engine.planDaily({ ...request, start: false });
  } catch (error) {
    if (!options['start'] || !(error instanceof UserError) || error.code !== 'incomplete') throw error;
    const plan = await engine.planDaily({ ...request, start: true });
    reporter.say(`${plan.promptName}: the daily check begins here.`);
    return plan;
  }
}

function requestOf(options: ParsedOptions, cwd: string): Omit<DailyRequest, 'root' | 'promptId' | 'start'> {
  const state = textOption(options, 'state');
  if (!state)
    throw new UserError('usage', 'The daily check keeps its evidence in a folder: name it with --state <dir>, the same every day.');
  const date = textOption(options, 'date');
  if (date !== undefined && !isDay(date)) throw new UserError('usage', `--date wants a day like 2026-11-21, not “${date}”.`);
  const model = textOption(options, 'model');
  const { seed: _seed, ...calls } = callOptions(options);
  return {
    state: path.resolve(cwd, state),
    ...(date === undefined ? {} : { date }),
    ...(model === undefined ? {} : { model }),
    ...calls,
  };
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}
