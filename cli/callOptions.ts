import { keysFromEnvironment } from '../engine/index.ts';
import type { BoundKey, PlanSummary } from '../protocol/index.ts';
import { type Redactor, UserError } from '../safety/index.ts';
import { listOption, numberOption, type ParsedOptions, textOption } from './args.ts';
import type { CliIo } from './io.ts';

/** What every command that calls models may set: seed, pace, budget and where the sandbox is. */
export interface CallOptions {
  readonly seed?: number;
  readonly concurrency?: number;
  readonly budget?: { maxCost?: number; maxCalls?: number };
  readonly sandboxUrl?: string;
}

export function callOptions(options: ParsedOptions): CallOptions {
  const seed = numberOption(options, 'seed', { whole: true });
  const concurrency = numberOption(options, 'concurrency', { min: 1, whole: true });
  const maxCost = numberOption(options, 'max-cost');
  const maxCalls = numberOption(options, 'max-calls', { whole: true });
  const sandboxUrl = textOption(options, 'sandbox-url');
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(maxCost === undefined && maxCalls === undefined
      ? {}
      : { budget: { ...(maxCost === undefined ? {} : { maxCost }), ...(maxCalls === undefined ? {} : { maxCalls }) } }),
    ...(sandboxUrl ? { sandboxUrl } : {}),
  };
}

/** What every command that takes samples of a comparison or a baseline may set besides. */
export interface SamplingOptions extends CallOptions {
  readonly caseIds?: string[];
  readonly samples?: number;
  readonly confirm?: number;
}

export function samplingOptions(options: ParsedOptions): SamplingOptions {
  const ids = listOption(options, 'case');
  const samples = numberOption(options, 'samples', { min: 1, whole: true });
  const confirm = numberOption(options, 'confirm', { whole: true });
  return {
    ...(ids.length ? { caseIds: [...ids] } : {}),
    ...(samples === undefined ? {} : { samples }),
    ...(confirm === undefined ? {} : { confirm }),
    ...callOptions(options),
  };
}

/** Asks what the plan wants asked, and `more`, before the first call. Throws a UserError where nobody says yes. */
export async function askFirst(plan: PlanSummary, options: ParsedOptions, io: CliIo, more: readonly string[] = []): Promise<void> {
  const questions = [...plan.askFirst, ...more];
  if (!questions.length || options['yes']) return;
  const question = questions.join(' ');
  if (!io.confirm) throw new UserError('usage', `${question} Say yes with --yes, or lower it with --case or --max-calls.`);
  if (!(await io.confirm(`${plan.promptName}: ${question} Run it?`))) throw new UserError('cancelled', 'Not run.');
}

/** The keys of a plan from the environment; the redactor knows them before anything is sent. */
export function keysFor(plan: PlanSummary, options: ParsedOptions, io: CliIo, redactor: Redactor): readonly BoundKey[] {
  const keys = keysFromEnvironment(plan.keys, io.env, { allowOrigins: listOption(options, 'allow-origin') });
  for (const { key } of keys) redactor.add(key);
  return keys;
}
