import path from 'node:path';
import type { ReviewScope } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { findRoot } from '../../workspace/index.ts';
import { actionOf, type ParsedOptions, textOption } from '../args.ts';
import { type DriftContext, loadComparison, openDrift } from '../driftContext.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { chooseComparison, hasPending, isOpen, newestOfEach, type Stored, storedComparisons } from '../reviewTarget.ts';

/** `evenkeel review <action>`: what waits for a person, and what a person says of it. */
export async function reviewCommand(words: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  return reviewAction(words, openDrift(options, io));
}

/** The same with a given engine. */
export async function reviewAction(words: readonly string[], context: DriftContext): Promise<ExitCode> {
  const { action, rest } = actionOf('review', words, REVIEW_ACTIONS);
  return REVIEW_ACTIONS[action](rest, context);
}

type Action = (rest: readonly string[], context: DriftContext) => Promise<ExitCode>;

/** Every action of `evenkeel review`. */
export const REVIEW_ACTIONS = {
  list,
  show,
  accept: (ids, context) => say('accept', ids, context),
  reject: (ids, context) => say('reject', ids, context),
  noise: (ids, context) => say('knownNoise', ids, context),
  undo,
  open,
  drop,
} as const satisfies Record<string, Action>;

async function list(paths: readonly string[], context: DriftContext): Promise<ExitCode> {
  const { engine, reporter, options } = context;
  const id = textOption(options, 'comparison');
  const stored = id === undefined ? newestOfEach(await storedComparisons(paths, context), isOpen) : [await chooseComparison(context, [])];
  for (const one of stored) {
    const exitCode = isOpen(one.listing) ? EXIT.failed : EXIT.passed;
    reporter.toReview(one.listing, { ...(await loadComparison(engine, placeOf(one))), exitCode });
  }
  const waiting = stored.filter(({ listing }) => isOpen(listing));
  reporter.say(waiting.length ? `${sum(waiting, 'pending')} pending, ${sum(waiting, 'rejected')} rejected.` : 'Nothing waits for review.');
  return waiting.length ? EXIT.failed : EXIT.passed;
}

async function show(ids: readonly string[], context: DriftContext): Promise<ExitCode> {
  if (!ids.length) throw new UserError('usage', 'Name a case: evenkeel review show <case>. evenkeel review list names them.');
  const target = await chooseComparison(context, [hasPending, isOpen, () => true]);
  for (const caseId of ids)
    context.reporter.case(target.listing.comparisonId, await context.engine.comparisonCase({ ...placeOf(target), caseId }));
  return EXIT.passed;
}

async function say(action: 'accept' | 'reject' | 'knownNoise', ids: readonly string[], context: DriftContext): Promise<ExitCode> {
  const scope = scopeOf(ids, context.options);
  const reason = textOption(context.options, 'reason')?.trim();
  if (action === 'reject' && !reason) throw new UserError('usage', 'A rejected change stays red, so say why: --reason "…".');
  const target = await chooseComparison(context, [hasPending, ({ reviewable }) => reviewable.length > 0]);
  const result = await context.engine.review({ ...placeOf(target), action, scope, ...(reason ? { reason } : {}) });
  context.reporter.reviewed(action, target.listing.comparisonId, result);
  return EXIT.passed;
}

function scopeOf(ids: readonly string[], options: ParsedOptions): ReviewScope {
  const group = textOption(options, 'group');
  const ways = [ids.length > 0, group !== undefined, options['all'] === true].filter(Boolean).length;
  if (ways !== 1) throw new UserError('usage', 'Name cases, or --group <id>, or --all: one of the three.');
  if (group !== undefined) return { kind: 'group', id: group };
  return ids.length ? { kind: 'cases', ids: [...ids] } : { kind: 'remaining' };
}

/** Takes back what was said last, in whichever comparison that was, unless one is named. */
async function undo(words: readonly string[], context: DriftContext): Promise<ExitCode> {
  if (words.length)
    throw new UserError('usage', 'Undo takes the last act back, whole: it takes no case. Name a comparison with --comparison.');
  const stored = context.options['comparison'] === undefined ? await lastSaid(context) : await chooseComparison(context, []);
  const result = await context.engine.undoReview(placeOf(stored));
  context.reporter.reviewed('undo', stored.listing.comparisonId, result);
  return EXIT.passed;
}

async function lastSaid(context: DriftContext): Promise<Stored> {
  const prompt = textOption(context.options, 'prompt');
  let last: { readonly at: string; readonly stored: Stored } | undefined;
  for (const stored of await storedComparisons(prompt === undefined ? [] : [prompt], context))
    for (const { review } of stored.listing.reviewable)
      if (review.state !== 'pending' && !review.carried && review.at !== undefined && (!last || review.at > last.at))
        last = { at: review.at, stored };
  if (last) return last.stored;
  throw new UserError('usage', 'There is nothing to take back.');
}

async function open(files: readonly string[], context: DriftContext): Promise<ExitCode> {
  const [file, ...others] = files;
  if (file === undefined || others.length) throw new UserError('usage', 'Name one report: evenkeel review open <report.json>.');
  const { engine, io, options, reporter } = context;
  const prompt = path.resolve(io.cwd, textOption(options, 'prompt') ?? '.');
  const root = (await findRoot(prompt, { cwd: io.cwd })).path;
  const { comparisonId } = await engine.openReport({ root, path: path.resolve(io.cwd, file) });
  const listing = (await engine.comparisons({ root })).find((one) => one.comparisonId === comparisonId);
  if (!listing)
    throw new UserError('configuration', `${file} was read, but its comparison ${comparisonId} is not kept. Make .evenkeel writable.`);
  const exitCode = isOpen(listing) ? EXIT.failed : EXIT.passed;
  reporter.toReview(listing, { ...(await loadComparison(engine, { root, comparisonId })), exitCode });
  return exitCode;
}

async function drop(words: readonly string[], context: DriftContext): Promise<ExitCode> {
  if (words.length || context.options['comparison'] === undefined)
    throw new UserError('usage', 'Say which comparison to forget: evenkeel review drop --comparison <id>.');
  const target = await chooseComparison(context, []);
  await context.engine.dropComparison(placeOf(target));
  context.reporter.dropped(target.listing.comparisonId);
  return EXIT.passed;
}

function placeOf({ root, listing: { comparisonId } }: Stored): { readonly root: string; readonly comparisonId: string } {
  return { root, comparisonId };
}

function sum(stored: readonly Stored[], what: 'pending' | 'rejected'): number {
  return stored.reduce((total, { listing }) => total + listing[what], 0);
}
