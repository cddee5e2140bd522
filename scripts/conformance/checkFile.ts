import { existsSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { filesToCheck } from '../../cli/lint/checkFiles.ts';
import type { Engine } from '../../engine/index.ts';
import { type LoadedPrompt, loadPrompt, promptIds } from '../../ledger/index.ts';
import type { Finding } from '../../lint/index.ts';
import { placeholderNames, renderPrompt } from '../../prompts-schema/index.ts';
import type { RunEvent } from '../../protocol/index.ts';
import { type JsonObject, UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** What came of one prompt file. */
export interface FileResult {
  /** As the corpus calls it. */
  readonly file: string;
  readonly findings: readonly FileFinding[];
  /** Milliseconds from the text to its findings, the better of two when the first was slow. */
  readonly ms: number;
  readonly prompts: readonly PromptResult[];
  /** An exception: a bug. */
  readonly crash: string | undefined;
}

export interface FileFinding extends Pick<Finding, 'code' | 'severity' | 'message'> {
  readonly line: number | undefined;
  /** It names a file that is not in the corpus either, which holds a choice of each repository's files. */
  readonly companion: boolean;
}

/** What came of one prompt of a file; a sentence says why something was not done. */
export interface PromptResult {
  readonly promptId: string;
  readonly rendered: true | string;
  readonly run: true | string;
  /** Scores of the cases that were run: how many of each, and why some are unscored, by evaluator. */
  readonly scores: Readonly<Record<'passed' | 'failed' | 'unscored', number>>;
  readonly unscored: readonly string[];
}

/** How files are looked at. */
export interface CheckContext {
  readonly workspace: Workspace;
  readonly engine: Engine;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** Longer than this is a hang for somebody who types: one second. */
export const LONGEST_MS = 1000;

/** So many cases of a prompt are run: what the others are like is known by then. */
const MOST_CASES = 3;

/** So many prompts of a file are run. */
const MOST_PROMPTS = 4;

const MODEL = 'sandbox/extractor-2026-05';

/** Reads, checks, renders and runs one prompt file as the command line would. */
export async function checkFile(at: string, file: string, context: CheckContext): Promise<FileResult> {
  const result: FileResult = { file, findings: [], ms: 0, prompts: [], crash: undefined };
  try {
    const first = await findings(at, context);
    const again = first.ms > LONGEST_MS ? await findings(at, context) : first;
    const ids = await promptIds(context.workspace, [at]);
    const prompts: PromptResult[] = [];
    for (const promptId of ids.slice(0, MOST_PROMPTS)) prompts.push(await checkOne(promptId, context));
    return { ...result, findings: first.findings, ms: Math.min(first.ms, again.ms), prompts };
  } catch (error) {
    return { ...result, crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function findings(
  at: string,
  { workspace, today }: CheckContext,
): Promise<{ readonly findings: readonly FileFinding[]; readonly ms: number }> {
  for await (const one of filesToCheck([{ workspace, promptId: at, named: true }], { cwd: workspace.root, today })) {
    if (one.path !== at) continue;
    const started = performance.now();
    const checked = await one.check(one.text ?? '');
    const ms = performance.now() - started;
    return {
      ms,
      findings: checked.findings.map(({ code, severity, message, range }) => ({
        code,
        severity,
        message,
        line: checked.lines?.lineNumber(range.start),
        companion: /\.missing-file$/.test(code) && isMissing(message, workspace.root),
      })),
    };
  }
  return { findings: [], ms: 0 };
}

/** Whether the file that a finding calls missing is: its message begins with the path from the root. */
function isMissing(message: string, root: string): boolean {
  const named = /^(.+?) does not exist\./.exec(message)?.[1];
  return named !== undefined && !existsSync(path.join(root, named));
}

async function checkOne(promptId: string, context: CheckContext): Promise<PromptResult> {
  const none = { passed: 0, failed: 0, unscored: 0 };
  let loaded: LoadedPrompt;
  try {
    loaded = await loadPrompt(context.workspace, promptId, { today: context.today });
  } catch (error) {
    const message = sentence(error);
    return { promptId, rendered: message, run: message, scores: none, unscored: [] };
  }
  const variables = valuesFor(loaded);
  const { problem, tooLarge } = renderPrompt(loaded.document, variables, loaded.facts.partials);
  const rendered = problem?.message ?? (tooLarge ? 'too large' : true);
  try {
    return { promptId, rendered, ...(await run(loaded, variables, context)) };
  } catch (error) {
    return { promptId, rendered, run: sentence(error), scores: none, unscored: [] };
  }
}

/** A refusal in its words; anything else is a bug and goes on. */
function sentence(error: unknown): string {
  if (error instanceof UserError) return error.message;
  throw error;
}

/** The first case; where there is none, a word for each variable. */
function valuesFor({ document, cases }: LoadedPrompt): JsonObject {
  return { ...Object.fromEntries(placeholderNames(document).map((name) => [name, `a ${name}`])), ...cases[0]?.variables };
}

async function run(
  { promptId, cases }: LoadedPrompt,
  variables: JsonObject,
  { engine, workspace: { root } }: CheckContext,
): Promise<Pick<PromptResult, 'run' | 'scores' | 'unscored'>> {
  const selection = cases.length
    ? ({ kind: 'ids', ids: cases.slice(0, MOST_CASES).map(({ id }) => id) } as const)
    : ({ kind: 'adHoc', variables } as const);
  const plan = await engine.plan({ root, promptId, cases: selection, models: [MODEL], cache: false });
  const scores = { passed: 0, failed: 0, unscored: 0 };
  const unscored = new Set<string>();
  const errors: string[] = [];
  const started = await engine.start(plan.planId, [], (event: RunEvent) => {
    if (event.type === 'sampleScored')
      for (const { status, reason, parts = [] } of event.scores) {
        scores[status]++;
        if (status === 'unscored') unscored.add(reason ?? 'no reason');
        for (const part of parts) if (part.status === 'unscored') unscored.add(part.reason ?? 'no reason');
      }
    if (event.type === 'sampleFinished' && event.sample.failure) errors.push(event.sample.failure.message);
    if (event.type === 'runFinished' && event.end !== 'finished') errors.push(event.message ?? `the run ended: ${event.end}`);
  });
  await started.finished;
  return { run: errors[0] ?? true, scores, unscored: [...unscored] };
}
