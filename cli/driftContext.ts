import { createEngine, type Engine } from '../engine/index.ts';
import { type CompareEvent, type ComparePlan, Comparison, type ComparisonPlace } from '../protocol/index.ts';
import { createRedactor, type Redactor, TRUSTED, UserError } from '../safety/index.ts';
import type { ParsedOptions } from './args.ts';
import { askFirst, keysFor } from './callOptions.ts';
import { catalogOf } from './catalogOf.ts';
import { EXIT, type ExitCode, exitOfError, worstExit } from './exitCodes.ts';
import type { CliIo } from './io.ts';
import { driftJsonLines } from './reporters/driftJsonLines.ts';
import type { DriftReporter, ShownComparison } from './reporters/driftReporter.ts';
import { driftText } from './reporters/driftText.ts';
import type { Selected } from './selection.ts';

/** What the commands about drift work with. */
export interface DriftContext {
  readonly engine: Engine;
  readonly redactor: Redactor;
  readonly options: ParsedOptions;
  readonly io: CliIo;
  readonly reporter: DriftReporter;
}

export function openDrift(options: ParsedOptions, io: CliIo): DriftContext {
  const redactor = createRedactor();
  const engine = createEngine({ capabilities: TRUSTED, interactive: false, redactor, catalog: catalogOf(io) });
  return { engine, redactor, options, io, reporter: options['json'] ? driftJsonLines(io) : driftText(io, () => performance.now()) };
}

/** How a comparison or a capture ended. */
export type JobEnd = Extract<CompareEvent, { readonly type: 'compareFinished' }>;

/** Tells a plan, asks what it wants asked and `more`, and runs it to its end. Throws a UserError where nobody says yes or a key is missing. */
export async function runJob(plan: ComparePlan, context: DriftContext, more: readonly string[] = []): Promise<JobEnd> {
  const { engine, redactor, options, io, reporter } = context;
  reporter.plan(plan);
  await askFirst(plan, options, io, more);
  const ends: JobEnd[] = [];
  const { jobId, finished } = await engine.startCompare(
    plan.planId,
    keysFor(plan, options, io, redactor),
    (event) => {
      if (event.type === 'compareFinished') ends.push(event);
      reporter.event(event);
    },
    io.signal,
  );
  await finished;
  return ends[0] ?? { type: 'compareFinished', jobId, end: 'failed' };
}

/** Runs a plan that ends in a comparison. Throws a UserError `incomplete` where it ends in none. */
export async function runComparison(plan: ComparePlan, context: DriftContext): Promise<string> {
  const { comparisonId, message } = await runJob(plan, context);
  if (comparisonId !== undefined) return comparisonId;
  throw new UserError('incomplete', message ?? 'Nothing was compared.');
}

/** A stored comparison with the states of its reviews. */
export async function loadComparison(engine: Engine, place: ComparisonPlace): Promise<Omit<ShownComparison, 'exitCode'>> {
  const view = await engine.comparison(place);
  const { text } = await engine.exportReport({ ...place, format: 'json' });
  return { view, comparison: Comparison.parse(JSON.parse(text)) };
}

/** Works on prompts one after the other; a problem with one is told and does not keep the others from their turn. */
export async function eachPrompt(
  selected: readonly Selected[],
  { io, reporter }: DriftContext,
  work: (prompt: Selected) => Promise<ExitCode>,
): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  try {
    for (const prompt of selected) {
      if (io.signal.aborted) codes.push(EXIT.incomplete);
      else codes.push(await work(prompt).catch((error: unknown) => problem(prompt, error, reporter)));
    }
  } finally {
    reporter.end();
  }
  return worstExit(codes);
}

function problem({ promptId }: Selected, error: unknown, reporter: DriftReporter): ExitCode {
  if (!(error instanceof UserError)) throw error;
  // A message that is located names its file already, not always this one.
  reporter.problem(promptId, error.place?.file === promptId ? placed(error) : error.located);
  return exitOfError(error);
}

function placed({ place, message }: UserError): string {
  return place?.line === undefined ? message : `line ${place.line}: ${message}`;
}

/**
 * The prompts that drift can be measured of. A prompt that came with a folder and has no baseline is left out and told; one that was named is
 * kept, so that its own message says what to do. Throws a UserError where none is left.
 */
export async function withBaseline(selected: readonly Selected[], { engine, reporter }: DriftContext): Promise<readonly Selected[]> {
  const kept: Selected[] = [];
  for (const prompt of selected) {
    if (prompt.named || (await hasBaseline(engine, prompt))) kept.push(prompt);
    else reporter.skipped(prompt.promptId, 'no baseline, left out.');
  }
  if (kept.length) return kept;
  throw new UserError('configuration', 'None of these prompts has a baseline. Capture one first: evenkeel baseline capture <prompt>.');
}

/** A prompt that cannot be read is kept: its turn tells why. */
async function hasBaseline(engine: Engine, { workspace, promptId }: Selected): Promise<boolean> {
  try {
    return (await engine.baselines({ root: workspace.root, promptId })).length > 0;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}
