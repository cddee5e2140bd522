import type { BaselineSummary, CaptureRequest, ComparePlan } from '../../protocol/index.ts';
import { TRUSTED, UserError } from '../../safety/index.ts';
import { actionOf, listOption, numberOption, type ParsedOptions, textOption } from '../args.ts';
import { baselineCheck } from '../baselineCheck.ts';
import { samplingOptions } from '../callOptions.ts';
import {
  type DriftContext,
  eachPrompt,
  type JobEnd,
  loadComparison,
  openDrift,
  runComparison,
  runJob,
  withBaseline,
} from '../driftContext.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { type Selected, selectPrompts } from '../selection.ts';
import { verdictExit } from '../verdictExit.ts';

/** `evenkeel baseline <action>`: captures and keeps the approved samples. */
export async function baselineCommand(words: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  return baselineAction(words, openDrift(options, io));
}

/** The same with a given engine. */
export async function baselineAction(words: readonly string[], context: DriftContext): Promise<ExitCode> {
  const { action, rest } = actionOf('baseline', words, BASELINE_ACTIONS);
  const { work, needsOne } = BASELINE_ACTIONS[action];
  const found = await selectPrompts(rest, context.io.cwd, TRUSTED);
  const selected = needsOne ? await withBaseline(found, context) : found;
  return eachPrompt(selected, context, (prompt) => work(prompt, context));
}

interface Action {
  readonly work: (prompt: Selected, context: DriftContext) => Promise<ExitCode>;
  /** Prompts of a folder that have no baseline are left out. */
  readonly needsOne: boolean;
}

/** Every action of `evenkeel baseline`. */
export const BASELINE_ACTIONS = {
  capture: { work: capture, needsOne: false },
  'top-up': { work: topUp, needsOne: true },
  check: { work: check, needsOne: true },
  prune: { work: prune, needsOne: true },
  list: { work: list, needsOne: false },
} as const satisfies Record<string, Action>;

/** Asks before approved samples are replaced, however few calls that takes: nobody has looked at the new ones yet. */
async function capture(prompt: Selected, context: DriftContext): Promise<ExitCode> {
  const plan = await context.engine.planCapture(requestOf('capture', prompt, context.options));
  const old = (await summaries(prompt, context)).find(({ model, renamedFrom }) => plan.models.includes(model) && renamedFrom === undefined);
  const cases = listOption(context.options, 'case').length || old?.cases;
  const end = await runJob(
    plan,
    context,
    old ? [`It replaces the approved samples of ${cases} ${cases === 1 ? 'case' : 'cases'} for ${old.model}.`] : [],
  );
  return filled(end, plan, prompt, context);
}

/** A baseline that holds enough is none that failed: of a folder of prompts the others still have their turn. */
async function topUp(prompt: Selected, context: DriftContext): Promise<ExitCode> {
  const { options, reporter } = context;
  const model = textOption(options, 'model');
  const samples = numberOption(options, 'samples', { min: 1, whole: true });
  const baselines = (await summaries(prompt, context)).filter((of) => model === undefined || of.model === model);
  if (baselines.length && !baselines.some((of) => of.least < (samples ?? of.wanted) || of.lacking.length + of.stale.length > 0)) {
    reporter.skipped(prompt.promptId, 'every case holds the samples it should; nothing to top up.');
    return EXIT.passed;
  }
  const plan = await context.engine.planCapture(requestOf('topUp', prompt, options));
  return filled(await runJob(plan, context), plan, prompt, context);
}

/** Tells how it ended; incomplete also where calls failed and a case now holds fewer samples than it should. */
async function filled(
  { end, message = 'It ended without a word.' }: JobEnd,
  plan: ComparePlan,
  prompt: Selected,
  context: DriftContext,
): Promise<ExitCode> {
  context.reporter.say(message);
  if (end !== 'finished') return EXIT.incomplete;
  if (listOption(context.options, 'case').length) return EXIT.passed;
  const short = (await summaries(prompt, context)).some(({ model, least, wanted }) => plan.models.includes(model) && least < wanted);
  return short ? EXIT.incomplete : EXIT.passed;
}

async function check(prompt: Selected, context: DriftContext): Promise<ExitCode> {
  const { engine, options, reporter } = context;
  const plan = await engine.planCapture(requestOf('check', prompt, options));
  const comparisonId = await runComparison(plan, context);
  const shown = await loadComparison(engine, { root: prompt.workspace.root, comparisonId });
  const exitCode = verdictExit(shown.comparison, shown.view);
  reporter.comparison({ ...shown, exitCode });
  reporter.check(baselineCheck(shown.comparison, shown.view.summary.differs));
  return exitCode;
}

/** Lists what would go; removes it where `--yes` or a person at the terminal says so. */
async function prune(prompt: Selected, context: DriftContext): Promise<ExitCode> {
  const { engine, io, options, reporter } = context;
  const { promptId } = prompt;
  const going = (await summaries(prompt, context)).flatMap(({ path, stale, orphaned }) =>
    stale.length + orphaned.length ? [{ promptId, path, caseIds: [...stale, ...orphaned] }] : [],
  );
  if (!going.length) {
    reporter.skipped(promptId, 'nothing to prune.');
    return EXIT.passed;
  }
  if (!options['yes']) {
    for (const entries of going) reporter.prune('prunable', entries);
    if (!io.confirm) {
      reporter.say('Nothing was removed. Remove them with --yes.');
      return EXIT.passed;
    }
    if (!(await io.confirm(`${promptId}: remove these approved samples?`))) throw new UserError('cancelled', 'Nothing was removed.');
  }
  const { removed } = await engine.pruneBaselines({ root: prompt.workspace.root, promptId });
  for (const entries of removed) reporter.prune('pruned', { promptId, ...entries });
  return EXIT.passed;
}

async function list(prompt: Selected, context: DriftContext): Promise<ExitCode> {
  const found = await summaries(prompt, context);
  for (const summary of found) context.reporter.baseline(summary);
  if (!found.length) context.reporter.skipped(prompt.promptId, 'no baseline.');
  return EXIT.passed;
}

function summaries({ workspace, promptId }: Selected, { engine }: DriftContext): Promise<readonly BaselineSummary[]> {
  return engine.baselines({ root: workspace.root, promptId });
}

function requestOf(mode: CaptureRequest['mode'], { workspace, promptId }: Selected, options: ParsedOptions): CaptureRequest {
  const model = textOption(options, 'model');
  return { root: workspace.root, promptId, mode, ...(model === undefined ? {} : { model }), ...samplingOptions(options) };
}
