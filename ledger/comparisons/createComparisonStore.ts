import type { Comparison, ComparisonListing } from '../../protocol/index.ts';
import { requireCapability, UserError } from '../../safety/index.ts';
import { inParallel, type Workspace } from '../../workspace/index.ts';
import type { DiskOptions } from '../baselines/baselineFile.ts';
import type { ReviewLedger } from '../reviews/review.ts';
import { undoNames } from '../reviews/undoFiles.ts';
import { isRunId } from '../runs/runId.ts';
import { type ComparisonIndex, indexOf, listingOf, parseIndex } from './comparisonIndex.ts';
import type { ComparisonStore } from './comparisonStore.ts';
import { listPending, pendingPath, readPending, removePending, statPending, writePending } from './pendingFiles.ts';
import { LARGEST_COMPARISON, readComparisonFile } from './readComparisonFile.ts';

/**
 * The comparisons of a root, in `.evenkeel/pending/<id>.json`, each with an index beside it for lists. Reading follows no link and needs no
 * capability; the last comparisons read are kept in memory until their files change.
 */
export function createComparisonStore(
  workspace: Workspace,
  reviews: Pick<ReviewLedger, 'lookup'>,
  disk: DiskOptions = {},
): ComparisonStore {
  const { root } = workspace;
  const comparisons = new Map<string, { readonly stamp: string; readonly comparison: Comparison }>();
  const indexes = new Map<string, ComparisonIndex>();

  const read = async (id: string): Promise<Comparison> => {
    requireId(id);
    const stats = await statPending(root, fileName(id));
    if (!stats) throw missing(id);
    const known = comparisons.get(id);
    comparisons.delete(id);
    const comparison = known?.stamp === stats.stamp ? known.comparison : await readNow(root, id);
    comparisons.set(id, { stamp: stats.stamp, comparison });
    for (const oldest of [...comparisons.keys()].slice(0, -MOST_KEPT)) comparisons.delete(oldest);
    return comparison;
  };

  /** Undefined for what is no comparison, and for one that a newer program wrote: `read` says so. */
  const indexFor = async (id: string): Promise<ComparisonIndex | undefined> => {
    const stats = await statPending(root, fileName(id));
    if (!stats) return undefined;
    const known = indexes.get(id);
    if (known?.stamp === stats.stamp) return known;
    try {
      const text = await readPending(root, indexName(id), LARGEST_INDEX).catch(() => undefined);
      const index = text === undefined ? undefined : parseIndex(text, id, stats.stamp);
      if (index) indexes.set(id, index);
      return index ?? (await keepIndex(await readNow(root, id), stats.stamp));
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  };

  /** Keeps an index of the comparison; where it cannot be written it is made again the next time. */
  const keepIndex = async (comparison: Comparison, stamp: string): Promise<ComparisonIndex> => {
    const index = indexOf(comparison, stamp);
    if (indexes.size >= MOST_LISTED) indexes.clear();
    indexes.set(comparison.id, index);
    if (workspace.capabilities.write) await unlessRefused(writePending(workspace, indexName(comparison.id), JSON.stringify(index), disk));
    return index;
  };

  const list = async (promptId?: string): Promise<readonly ComparisonListing[]> => {
    const found: ComparisonIndex[] = [];
    await inParallel(await comparisonIds(root), FILES_AT_ONCE, async (id) => {
      const index = await indexFor(id);
      if (index && (promptId === undefined || index.promptId === promptId)) found.push(index);
      return [];
    });
    const lookups = new Map<string, Awaited<ReturnType<typeof reviews.lookup>>>();
    for (const of of new Set(found.map((index) => index.promptId))) lookups.set(of, await reviews.lookup(of));
    return found.sort(newestFirst).flatMap((index) => {
      const lookup = lookups.get(index.promptId);
      return lookup ? [listingOf(index, lookup)] : [];
    });
  };

  const drop = async (id: string): Promise<void> => {
    requireId(id);
    requireCapability(workspace.capabilities, 'write', 'remove a comparison');
    comparisons.delete(id);
    indexes.delete(id);
    for (const name of [fileName(id), indexName(id), ...(await undoNames(root, id))]) await removePending(workspace, name, disk);
  };

  /** Old ones of the same prompt go; that they cannot does not concern who saves. */
  const prune = async (promptId: string, saved: string): Promise<void> => {
    for (const { comparisonId } of surplus(await list(promptId))) if (comparisonId !== saved) await drop(comparisonId);
  };

  return {
    save: async (comparison) => {
      const { id, promptId } = comparison;
      requireId(id);
      requireCapability(workspace.capabilities, 'write', 'store a comparison');
      await writePending(workspace, fileName(id), `${JSON.stringify(comparison)}\n`, disk);
      const stats = await statPending(root, fileName(id));
      if (stats) await keepIndex(comparison, stats.stamp);
      await unlessRefused(prune(promptId, id));
    },
    read,
    list,
    drop,
  };
}

/** Comparisons kept in memory, each perhaps some hundred MB. */
const MOST_KEPT = 2;
const MOST_LISTED = 5000;
const FILES_AT_ONCE = 8;
const LARGEST_INDEX = 32 * 1024 * 1024;
/** Comparisons of a prompt that are kept, and how many there may be with those that still have pending cases. */
const NEWEST_KEPT = 20;
const PENDING_KEPT = 50;

/** Those of a prompt's, newest first, that are one too many. */
function surplus(listings: readonly ComparisonListing[]): readonly ComparisonListing[] {
  const kept = new Set(listings.slice(0, NEWEST_KEPT));
  for (const listing of listings) if (listing.pending > 0 && kept.size < PENDING_KEPT) kept.add(listing);
  return listings.filter((listing) => !kept.has(listing));
}

function newestFirst(a: ComparisonIndex, b: ComparisonIndex): number {
  const [x, y] = [`${a.createdAt} ${a.comparisonId}`, `${b.createdAt} ${b.comparisonId}`];
  return x < y ? 1 : x > y ? -1 : 0;
}

/** The file's comparison, whoever wrote it; a file that was renamed is not the one that is asked for. */
async function readNow(root: string, id: string): Promise<Comparison> {
  const text = await readPending(root, fileName(id), LARGEST_COMPARISON);
  const comparison = text === undefined ? undefined : readComparisonFile(text, pendingPath(fileName(id)));
  if (comparison?.id !== id) throw missing(id);
  return comparison;
}

async function comparisonIds(root: string): Promise<readonly string[]> {
  return (await listPending(root)).flatMap((name) => {
    const id = name.endsWith('.json') ? name.slice(0, -5) : '';
    return isRunId(id) ? [id] : []; // no id holds a dot: indexes, intents and undo files are none
  });
}

async function unlessRefused(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

function fileName(id: string): string {
  return `${id}.json`;
}

function indexName(id: string): string {
  return `${id}.index.json`;
}

function requireId(id: string): void {
  if (!isRunId(id)) throw new UserError('usage', `"${id.slice(0, 40)}" is not the id of a comparison. List the comparisons to see theirs.`);
}

function missing(id: string): UserError {
  return new UserError('configuration', `There is no comparison ${id} in ${pendingPath('')}. List the comparisons, or compare again.`);
}
