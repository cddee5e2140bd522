import type { HistoryEntry, PromptHistory, Relation } from '../../protocol/index.ts';

/** What a source tells of a deployed prompt. Versions that the lock knows are to be looked up there first: here only commits are asked. */
export interface DeployedPoint {
  readonly fingerprint?: string | undefined;
  /** Counts where it is a commit of the history: the one that last changed the prompt. */
  readonly commit?: string | undefined;
  readonly version?: string | undefined;
}

/**
 * How what is deployed stands to the prompt as it is now. `behind` counts the edits that the deployed one does not stand on, and one more where
 * the prompt is not as its newest commit has it; `ahead`, where the prompt is as it was before, those that it lacks. Where the history does not
 * hold the deployed one (another branch, a shallow clone, a text that was never committed) it only `differs`.
 */
export function editsBetween(
  history: PromptHistory,
  deployed: DeployedPoint,
  { fingerprint: current }: { readonly fingerprint: string },
): Relation {
  if (deployed.fingerprint === current) return { kind: 'same' };
  const there = entryOf(history, deployed);
  if (!there) return { kind: deployed.fingerprint === undefined && deployed.commit === undefined ? 'unknown' : 'differs' };
  if (there.fingerprint === current) return { kind: 'same' };
  const { entries } = history;
  const under = standsOn(history, there);
  const isNewest = current === (history.fingerprint ?? entries[0]?.fingerprint);
  const here = isNewest ? undefined : entries.find(({ fingerprint }) => fingerprint === current);
  if (here && under.has(here.commit)) {
    const known = standsOn(history, here);
    return { kind: 'ahead', edits: entries.filter(({ commit, edit }) => edit && under.has(commit) && !known.has(commit)).length };
  }
  const edits = entries.filter(({ commit, edit }) => edit && !under.has(commit)).length + (isNewest ? 0 : 1);
  return edits ? { kind: 'behind', edits } : { kind: 'differs' };
}

/** By its commit, else the newest with its fingerprint, else the newest of its version. */
function entryOf({ entries }: PromptHistory, { fingerprint, commit, version }: DeployedPoint): HistoryEntry | undefined {
  const fits = (entry: HistoryEntry): boolean => fingerprint === undefined || entry.fingerprint === fingerprint;
  const byCommit = commit === undefined ? undefined : entries.find((entry) => entry.commit === commit && fits(entry));
  if (byCommit) return byCommit;
  if (fingerprint !== undefined) return entries.find((entry) => entry.fingerprint === fingerprint);
  return version === undefined ? undefined : entries.find((entry) => entry.version === version);
}

/** The commits of an entry and of all those that it stands on. */
function standsOn({ entries }: PromptHistory, from: HistoryEntry): ReadonlySet<string> {
  const reached = new Set([from.commit]);
  // Parents always come later in the list.
  for (const [at, entry] of entries.entries())
    if (reached.has(entry.commit))
      for (const parent of entry.parents ?? [entries[at + 1]?.commit]) if (parent !== undefined) reached.add(parent);
  return reached;
}
