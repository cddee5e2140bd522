import { emptyHistory, promptNow, type RunListing, readHistory, readLock, readReviews, updateHistory } from '../../ledger/index.ts';
import { splitPromptId } from '../../prompts-schema/index.ts';
import type { HistoryEvent, HistoryView, PromptHistory } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { loadConfig, type Workspace } from '../../workspace/index.ts';
import type { Folder } from '../engineContext.ts';
import { commitEvents } from './commitEvents.ts';
import { deploymentEvents } from './deploymentEvents.ts';
import { newestFirst } from './newestFirst.ts';
import { evalEvent, releaseEvents, reviewEvents } from './otherEvents.ts';

/** What happened to a prompt, newest first, what is not committed on top; with a limit at least so many commits, without one all. Never throws a UserError: what is missing is in the notes. */
export async function historyView(
  { workspace, store, comparisons }: Pick<Folder, 'workspace' | 'store' | 'comparisons'>,
  promptId: string,
  { today, limit }: { readonly today: Date; readonly limit?: number | undefined },
): Promise<HistoryView> {
  const { config } = await loadConfig(workspace);
  const [{ history, notes }, now, listings, lock, reviews, listed] = await Promise.all([
    askGit(workspace, promptId, limit),
    promptNow(workspace, promptId, config),
    store.list(promptId),
    readLock(workspace, promptId),
    readReviews(workspace, promptId).catch(keepUserError),
    comparisons.list(promptId),
  ]);
  const releases = releaseEvents(lock, promptId);
  const commits = commitEvents(history);
  const uncommitted = await uncommittedEvent(workspace, promptId, history, now?.fingerprint, today);
  const events = newestFirst(commits, [
    ...releases.events,
    ...(await deploymentEvents(workspace, config, promptId, now, history)),
    ...listings.filter(isEval).map(evalEvent),
    ...(reviews instanceof UserError ? [] : reviewEvents(reviews, new Set(listed.map(({ comparisonId }) => comparisonId)))),
  ]);
  return {
    promptId,
    promptName: now?.name ?? promptId,
    events: [...(uncommitted ? [uncommitted] : []), ...events],
    ...(history.open ? { open: true } : {}),
    notes: [...notes, ...historyNotes(history), ...releases.notes, ...(reviews instanceof UserError ? [reviews.located] : [])],
  };
}

/** The history as git has it, else as it was stored last, and why. */
async function askGit(
  workspace: Workspace,
  promptId: string,
  limit: number | undefined,
): Promise<{ readonly history: PromptHistory; readonly notes: readonly string[] }> {
  try {
    const history = await updateHistory(
      workspace,
      promptId,
      limit === undefined ? {} : { enough: (_, entries) => entries.length >= limit },
    );
    const note = workspace.capabilities.processes
      ? history.head === undefined
        ? ['The repository has no commit yet.']
        : []
      : ['The folder is not trusted, so git was not asked: commits are as they were when it last was.'];
    return { history, notes: note };
  } catch (error) {
    return { history: (await readHistory(workspace, promptId)) ?? emptyHistory(promptId), notes: [keepUserError(error).message] };
  }
}

function historyNotes({ shallow, cut, entries }: PromptHistory): readonly string[] {
  return [
    ...(shallow ? ['The clone is shallow: older commits are not here. Fetch them with git fetch --unshallow.'] : []),
    ...(cut ? [`Only the newest ${entries.length.toLocaleString('en')} changes are kept.`] : []),
  ];
}

async function uncommittedEvent(
  workspace: Workspace,
  promptId: string,
  { head, fingerprint, entries }: PromptHistory,
  now: string | undefined,
  today: Date,
): Promise<HistoryEvent | undefined> {
  if (now === undefined || head === undefined || now === fingerprint) return undefined;
  const stamp = await workspace.stat(splitPromptId(promptId).file);
  const known = entries.find((entry) => entry.fingerprint === now);
  return {
    kind: 'uncommitted',
    at: (stamp ? new Date(stamp.mtimeMs) : today).toISOString(),
    title: fingerprint === undefined ? 'Not committed yet' : 'Changed and not committed',
    detail: known ? `as in ${known.commit.slice(0, 7)}` : '',
    ...(fingerprint === undefined ? {} : { before: { kind: 'commit' as const, commit: head } }),
  };
}

function isEval({ header: { purpose } }: RunListing): boolean {
  return purpose === undefined;
}

/** The UserError; anything else is a bug and thrown on. */
function keepUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}
