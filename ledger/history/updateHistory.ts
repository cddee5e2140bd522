import { HISTORY_FORMAT, type HistoryEntry, type PromptHistory } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { namedFrom, type Workspace } from '../../workspace/index.ts';
import { isAncestor, isShallowBoundary } from '../git/ancestry.ts';
import { openObjects } from '../git/objectReader.ts';
import { findRepository, type Repository } from '../git/repository.ts';
import { matchingAt } from '../git/treeOfCommit.ts';
import { emptyHistory, readIndex, type StoredHistory, writeIndex } from './historyFile.ts';
import { repositoryPaths } from './repositoryPaths.ts';
import { END, type Walk } from './walkHistory.ts';
import { type Begun, type Pass, walkPrompts } from './walkPrompts.ts';

export interface UpdateOptions {
  /**
   * Whether what is asked for is among these entries, the newest of a prompt, so that older texts need not be read: the history is then left
   * `open`. Left out: everything is read.
   */
  readonly enough?: (promptId: string, entries: readonly HistoryEntry[]) => boolean;
}

/** Entries that are kept of a prompt. */
export const MOST_ENTRIES = 5000;
/** Texts that an index remembers, those of a history that was rewritten among them. */
const MOST_VERSIONS = 10_000;

/**
 * Asks git for the history of a prompt and stores it for those who may not ask. Texts that were read before are not read again; a history
 * that only grew is only added to. UserError where there is no git or no repository. Where no process may run (an untrusted folder), and
 * where nothing may be written, the stored history or the found one is given as it is.
 */
export async function updateHistory(workspace: Workspace, promptId: string, options: UpdateOptions = {}): Promise<PromptHistory> {
  return (await updateHistories(workspace, [promptId], options)).get(promptId) ?? emptyHistory(promptId);
}

/** The same for many prompts, with one pass over the repository for all of them. */
export async function updateHistories(
  workspace: Workspace,
  promptIds: readonly string[],
  { enough }: UpdateOptions = {},
): Promise<ReadonlyMap<string, PromptHistory>> {
  const found = new Map<string, PromptHistory>();
  const stored = new Map<string, StoredHistory>();
  for (const [promptId, index] of await Promise.all(promptIds.map(async (id) => [id, await readIndex(workspace, id)] as const)))
    if (index) stored.set(promptId, index);
  if (!workspace.capabilities.processes) return new Map(promptIds.map((id) => [id, stored.get(id) ?? emptyHistory(id)]));

  const repository = await findRepository(workspace);
  const { head, prefix } = repository;
  if (head === undefined) return new Map(promptIds.map((id) => [id, emptyHistory(id)]));
  const isEnough = (index: StoredHistory): boolean => !index.open || enough?.(index.promptId, index.entries) === true;

  const rest: string[] = [];
  const grown = new Map<string, string[]>();
  for (const promptId of new Set(promptIds)) {
    const index = stored.get(promptId);
    if (
      index?.prefix !== prefix ||
      !isEnough(index) ||
      index.head === undefined ||
      index.shallow ||
      (repository.shallow && index.head !== head)
    )
      rest.push(promptId);
    else if (index.head === head) found.set(promptId, index);
    else grown.set(index.head, [...(grown.get(index.head) ?? []), promptId]);
  }
  const objects = openObjects(workspace.root, workspace.capabilities);
  try {
    const known: Pass['known'] = (promptId) => stored.get(promptId)?.versions ?? [];
    const matching = patternsOf(workspace, head);
    const pass: Pass = { workspace, head, paths: repositoryPaths(prefix), objects, known, matching, enough, most: MOST_ENTRIES };
    const update: Update = { pass, repository, stored };
    const fresh: StoredHistory[] = [];
    for (const [from, ids] of grown) {
      const longer = (await isAncestor(workspace, from, head)) ? await runPass(update, ids, from) : new Map<string, StoredHistory>();
      for (const promptId of ids) {
        const index = longer.get(promptId);
        if (index) fresh.push(index);
        else rest.push(promptId);
      }
    }
    if (rest.length) fresh.push(...(await runPass(update, rest, undefined)).values());
    for (const index of fresh) found.set(index.promptId, index);
    // An index that cannot be stored is made again when it is needed.
    if (workspace.capabilities.write) await Promise.all(fresh.map((index) => writeIndex(workspace, index).catch(ignoreUserError)));
  } finally {
    objects.close();
  }
  return found;
}

/** What patterns stand for in a commit, each looked for once. */
function patternsOf(workspace: Workspace, commit: string): Pass['matching'] {
  const found = new Map<string, Promise<readonly string[]>>();
  return (file, pattern) => {
    const key = `${file}\n${pattern}`;
    const asked =
      found.get(key) ??
      matchingAt(workspace, commit, file, pattern).then((files) => (files.ok ? files.paths.map((path) => namedFrom(file, path)) : []));
    found.set(key, asked);
    return asked;
  };
}

function ignoreUserError(error: unknown): void {
  if (!(error instanceof UserError)) throw error;
}

/** Brings prompts up to date, from a commit on or from the beginning; without those where going on from there does not do. */
async function runPass(
  update: Update,
  promptIds: readonly string[],
  from: string | undefined,
): Promise<ReadonlyMap<string, StoredHistory>> {
  const made = new Map<string, StoredHistory>();
  for (const [promptId, { begun, walk }] of await walkPrompts(update.pass, promptIds, from)) {
    const index = from === undefined ? await indexOf(update, begun, walk) : extended(update, begun, walk);
    if (index) made.set(promptId, index);
  }
  return made;
}

interface Update {
  readonly pass: Pass;
  readonly repository: Repository;
  readonly stored: ReadonlyMap<string, StoredHistory>;
}

async function indexOf({ pass: { workspace, head, paths }, repository }: Update, begun: Begun, walk: Walk): Promise<StoredHistory> {
  let shallow = false;
  if (repository.shallow) for (const commit of walk.births) shallow ||= await isShallowBoundary(workspace, commit);
  return {
    formatVersion: HISTORY_FORMAT,
    promptId: begun.promptId,
    head,
    shallow,
    cut: walk.cut,
    ...(walk.open ? { open: true } : {}),
    ...(walk.now ? { fingerprint: walk.now.fingerprint } : {}),
    entries: [...walk.entries],
    prefix: paths.prefix,
    watched: [...begun.watched],
    tips: [...walk.tips],
    versions: begun.reader.versions().slice(-MOST_VERSIONS),
  };
}

/** The stored index with what came after it; undefined where the new part does not begin where the stored one ends. */
function extended({ stored, pass: { head } }: Update, { promptId, watched, reader, path }: Begun, walk: Walk): StoredHistory | undefined {
  const index = stored.get(promptId);
  const [endPath, ...others] = [...walk.endPaths];
  if (!index || others.length || walk.open || walk.cut || (endPath ?? path) !== index.watched[0]) return undefined;
  const tip = (commits: readonly string[]): string[] => commits.flatMap((commit) => (commit === END ? index.tips : [commit]));
  const onlyTip = index.tips.length === 1 && index.tips[0] === index.entries[0]?.commit;
  const added = walk.entries.map((entry, at) => {
    const isLast = at === walk.entries.length - 1;
    if (entry.parents) return { ...entry, parents: tip(entry.parents) };
    return isLast && !onlyTip ? { ...entry, parents: [...index.tips] } : entry;
  });
  const entries = [...added, ...index.entries];
  const { fingerprint: _, ...rest } = index;
  return {
    ...rest,
    head,
    cut: index.cut || entries.length > MOST_ENTRIES,
    ...(walk.now ? { fingerprint: walk.now.fingerprint } : {}),
    entries: entries.slice(0, MOST_ENTRIES),
    watched: [...watched],
    tips: tip(walk.tips),
    versions: reader.versions().slice(-MOST_VERSIONS),
  };
}
