import type { ComparisonListing } from '../protocol/index.ts';
import { TRUSTED, UserError } from '../safety/index.ts';
import { findRoot } from '../workspace/index.ts';
import { textOption } from './args.ts';
import type { DriftContext } from './driftContext.ts';
import { findPrompts } from './selection.ts';

/** A stored comparison and its root. */
export interface Stored {
  readonly root: string;
  readonly listing: ComparisonListing;
}

/**
 * The stored comparisons of the prompts under the paths, of each root the newest first. Without a path those of the working directory's own
 * root come too, so that recorded outputs, which belong to no prompt, are among them.
 */
export async function storedComparisons(paths: readonly string[], { engine, io }: DriftContext): Promise<readonly Stored[]> {
  const prompts = await findPrompts(paths, io.cwd, TRUSTED);
  const roots = new Set(prompts.map(({ workspace }) => workspace.root));
  if (!paths.length) roots.add((await findRoot(io.cwd, { cwd: io.cwd })).path);
  const stored: Stored[] = [];
  for (const root of roots) {
    const wanted = new Set(prompts.filter(({ workspace }) => workspace.root === root).map(({ promptId }) => promptId));
    const listings = await engine.comparisons({ root });
    stored.push(
      ...listings
        .filter(({ promptId }) => wanted.has(promptId) || (!paths.length && promptId === ''))
        .map((listing) => ({ root, listing })),
    );
  }
  return stored;
}

/** What makes a comparison the one that is meant, the best reason first. */
export type Reason = (listing: ComparisonListing) => boolean;

/** Recorded outputs of no prompt can be read, not reviewed: they wait for nobody. */
export const hasPending: Reason = ({ promptId, pending }) => promptId !== '' && pending > 0;
export const isOpen: Reason = ({ promptId, pending, rejected }) => promptId !== '' && pending + rejected > 0;

/** Of each prompt its newest comparison for which the reason holds. */
export function newestOfEach(stored: readonly Stored[], reason: Reason): readonly Stored[] {
  const found = new Map<string, Stored>();
  for (const one of stored) {
    const key = `${one.root}\n${one.listing.promptId}`;
    if (reason(one.listing) && !found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

/**
 * The one comparison that an action is about: `--comparison`, else the newest of the prompt for which the first of the reasons holds that holds
 * for any. Throws UserError('usage') where there is none, or where several prompts have one.
 */
export async function chooseComparison(context: DriftContext, reasons: readonly Reason[]): Promise<Stored> {
  const { options } = context;
  const prompt = textOption(options, 'prompt');
  const stored = await storedComparisons(prompt === undefined ? [] : [prompt], context);
  const id = textOption(options, 'comparison');
  if (id !== undefined) {
    const named = stored.find(({ listing }) => listing.comparisonId === id);
    if (named) return named;
    throw new UserError(
      'usage',
      `There is no stored comparison ${id}${prompt === undefined ? ' here' : ` of ${prompt}`}. See evenkeel review list.`,
    );
  }
  for (const reason of reasons) {
    const [first, ...others] = newestOfEach(stored, reason);
    if (first && !others.length) return first;
    if (first)
      throw new UserError('usage', `Several prompts qualify: ${[first, ...others].map(named).join(', ')}. Name one with --prompt.`);
  }
  throw new UserError('usage', 'There is nothing to review. Make a comparison first: evenkeel drift, or evenkeel compare.');
}

function named({ listing: { promptId, pending } }: Stored): string {
  return `${promptId || 'recorded outputs'} (${pending} pending)`;
}
