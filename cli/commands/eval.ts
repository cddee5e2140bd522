import { createEngine, type Engine } from '../../engine/index.ts';
import type { EvalRequest, PlanSummary, RunEvent, RunTotals } from '../../protocol/index.ts';
import { createRedactor, type Redactor, TRUSTED, UserError } from '../../safety/index.ts';
import { listOption, numberOption, type ParsedOptions, textOption } from '../args.ts';
import { askFirst, callOptions, keysFor } from '../callOptions.ts';
import { catalogOf } from '../catalogOf.ts';
import { EXIT, type ExitCode, exitOfError, worstExit } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { jsonLinesReporter } from '../reporters/jsonLines.ts';
import type { EvalReporter } from '../reporters/reporter.ts';
import { textReporter } from '../reporters/text.ts';
import { type Selected, selectPrompts } from '../selection.ts';

/** Runs every prompt selected, one after the other; the worst of their exit codes is the command's. */
export async function evalCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  const request = requestOptions(options);
  const selected = await selectPrompts(paths, io.cwd, TRUSTED);
  const redactor = createRedactor();
  const engine = createEngine({ capabilities: TRUSTED, interactive: false, redactor, catalog: catalogOf(io) });
  const reporter = options['json']
    ? jsonLinesReporter(io)
    : textReporter(io, { verbose: options['verbose'] === true, now: () => performance.now() });
  const codes: ExitCode[] = [];
  for (const prompt of selected) {
    if (io.signal.aborted) codes.push(EXIT.incomplete);
    else codes.push(await runOne({ engine, prompt, request, options, io, reporter, redactor }));
  }
  reporter.end();
  return worstExit(codes);
}

interface Job {
  readonly engine: Engine;
  readonly prompt: Selected;
  readonly request: RequestOptions;
  readonly options: ParsedOptions;
  readonly io: CliIo;
  readonly reporter: EvalReporter;
  readonly redactor: Redactor;
}

/** One prompt: a problem with it is told and does not keep the others from running. */
async function runOne(job: Job): Promise<ExitCode> {
  const { reporter, prompt } = job;
  try {
    if (job.options['rescore']) return await rescore(job);
    const plan = await planOf(job);
    reporter.plan(plan);
    await askFirst(plan, job.options, job.io);
    return await run(plan, job);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    reporter.problem(prompt.promptId, error.located);
    return exitOfError(error);
  }
}

async function planOf({ engine, prompt, request, options }: Job): Promise<PlanSummary> {
  const { root } = prompt.workspace;
  if (!options['resume']) return engine.plan({ root, promptId: prompt.promptId, ...request });
  const runId =
    textOption(options, 'run') ??
    (await lastRun(engine, prompt, (run) => run.missing > 0, 'No run of it is left unfinished: run it anew without --resume.'));
  return engine.planResume({
    root,
    runId,
    sendUnknown: options['keep-unknown'] !== true,
    ...(request.sandboxUrl ? { sandboxUrl: request.sandboxUrl } : {}),
  });
}

async function run(plan: PlanSummary, { engine, io, options, reporter, redactor }: Job): Promise<ExitCode> {
  const keys = keysFor(plan, options, io, redactor);
  const ended = new Ending();
  const started = await engine.start(plan.planId, keys, ended.andTell(reporter), io.signal);
  await started.finished;
  return ended.exitCode;
}

async function rescore({ engine, prompt, options, reporter }: Job): Promise<ExitCode> {
  const runId =
    textOption(options, 'run') ?? (await lastRun(engine, prompt, () => true, 'It has no stored run yet: run it first, without --rescore.'));
  const ended = new Ending();
  await engine.rescore({ root: prompt.workspace.root, runId }, ended.andTell(reporter));
  return ended.exitCode;
}

async function lastRun(
  engine: Engine,
  { workspace, promptId }: Selected,
  fits: (run: { readonly missing: number }) => boolean,
  otherwise: string,
): Promise<string> {
  const found = (await engine.runs({ root: workspace.root, promptId })).find(fits);
  if (!found) throw new UserError('usage', otherwise, { file: promptId });
  return found.header.runId;
}

/** The end of one run, for its exit code. */
class Ending {
  #totals: RunTotals | undefined;
  #end = 'interrupted';

  /** A sink for the run's events that remembers the end and passes everything on. */
  andTell(reporter: EvalReporter): (event: RunEvent) => void {
    return (event) => {
      if (event.type === 'runFinished') {
        this.#totals = event.totals;
        this.#end = event.end;
      }
      reporter.event(event);
    };
  }

  get exitCode(): ExitCode {
    const totals = this.#totals;
    if (!totals) return EXIT.incomplete;
    const incomplete = this.#end !== 'finished' || totals.errors > 0 || totals.unscored > 0 || totals.passed + totals.failed < totals.cases;
    return worstExit([totals.failed > 0 ? EXIT.failed : EXIT.passed, incomplete ? EXIT.incomplete : EXIT.passed]);
  }
}

type RequestOptions = Omit<EvalRequest, 'root' | 'promptId'>;

function requestOptions(options: ParsedOptions): RequestOptions {
  const ids = listOption(options, 'case');
  const models = listOption(options, 'model');
  const repeats = numberOption(options, 'repeat', { min: 1, whole: true });
  return {
    cases: ids.length ? { kind: 'ids', ids: [...ids] } : { kind: 'all' },
    ...(typeof options['cache'] === 'boolean' ? { cache: options['cache'] } : {}),
    ...(models.length ? { models: [...models] } : {}),
    ...(repeats === undefined ? {} : { repeats }),
    ...callOptions(options),
  };
}
