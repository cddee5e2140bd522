import {
  type LockFile,
  mergeReleases,
  mergeTested,
  parseLock,
  parseSemver,
  type Release,
  releaseKey,
  releaseTitle,
  salvageReleases,
  splitPromptId,
} from '../../prompts-schema/index.ts';
import type { HistoryEntry } from '../../protocol/index.ts';

/** A release that has to be looked up in git: where its version began. */
export interface WantedRelease {
  readonly promptId: string;
  readonly version: string;
  readonly entry: HistoryEntry;
}

/** What a damaged lock file can be made into. */
export interface RepairPlan {
  /** As they are: whole and sealed. */
  readonly kept: readonly Release[];
  /** To be derived from the commit in which each began. */
  readonly wanted: readonly WantedRelease[];
  /** Versions, for people, that are neither sealed nor in git. */
  readonly lost: readonly string[];
  /** Tests for which neither a seal nor git vouches: `1.2.0 with openai/gpt-6-luna`. Stored evals may say them again. */
  readonly dropped: readonly string[];
  /** Sealed releases that stood under one version with another one that git knows: `1.2.0 (ek1:…)`. */
  readonly replaced: readonly string[];
  /** Versions that were released twice with different prompts, of which git knows neither. */
  readonly undecided: readonly string[];
}

/** Prompt ids whose histories a repair needs: the one asked for, if it is one prompt and no file of several, and those whose releases the file seems to hold. */
export function promptsToRepair(text: string, promptId: string): readonly string[] {
  const { sealed, unsealed } = salvageReleases(text);
  const { file, name } = splitPromptId(promptId);
  const held = [...sealed, ...unsealed].map(({ prompt }) => (prompt === undefined ? file : `${file}#${prompt}`));
  const isWhole = name === undefined && held.some((id) => id !== file);
  return [...new Set([...(isWhole ? [] : [promptId]), ...held])];
}

/** Whether there is anything to repair; a lock file that is merely in conflict and fits together is repaired by its merge. */
export function mergedLock(text: string): LockFile | undefined {
  const parsed = parseLock(text);
  return parsed.status === 'conflict' ? parsed.merged : undefined;
}

/**
 * What to keep of a damaged lock file and what to look up. Releases with a fitting seal stay. Where two of one version differ, the one that git
 * knows stays. Of a version without a seal the commit that has it with the fingerprint which the file still tells is its release, else the
 * commit in which the version began. Of a file that cannot be read every version in git is looked up; of one that can, those that it names.
 */
export function planRepair(text: string, histories: ReadonlyMap<string, readonly HistoryEntry[]>): RepairPlan {
  const { sealed, unsealed } = salvageReleases(text);
  const { kept, replaced, undecided } = decide(sealed, histories);
  const known = new Set(kept.map(releaseKey));
  const open = unsealed.filter((release) => !known.has(releaseKey(release)));
  const isReadable = parseLock(text).status === 'read';
  const wanted = new Map<string, WantedRelease>();
  for (const [promptId, entries] of histories) {
    const prompt = splitPromptId(promptId).name;
    for (const version of versionsOf(entries)) {
      const key = releaseKey({ prompt, version });
      const told = open.filter((release) => releaseKey(release) === key);
      if (known.has(key) || (isReadable && !told.length)) continue;
      const entry = entryOf(entries, version, told);
      if (entry) wanted.set(key, { promptId, version, entry });
    }
  }
  const unique = [...new Map(open.map((release) => [releaseKey(release), release])).values()];
  return {
    kept,
    wanted: [...wanted.values()],
    lost: unique.filter((release) => !wanted.has(releaseKey(release))).map(releaseTitle),
    dropped: open.flatMap(testTitles),
    replaced,
    undecided,
  };
}

/** What a release was tested with, for people. */
export function testTitles(release: Release): readonly string[] {
  return release.tested.map(({ model }) => `${releaseTitle(release)} with ${model}`);
}

/** Commits that changed nothing of what the prompt does or is called are no entries; those that cannot be read say nothing. */
function versionsOf(entries: readonly HistoryEntry[]): readonly string[] {
  const versions = entries.flatMap(({ version, broken }) => (version !== undefined && !broken && parseSemver(version) ? [version] : []));
  return [...new Set(versions)];
}

/** Entries come newest first. */
function entryOf(entries: readonly HistoryEntry[], version: string, told: readonly Release[]): HistoryEntry | undefined {
  const ofVersion = entries.filter((entry) => entry.version === version && !entry.broken);
  return ofVersion.findLast(({ fingerprint }) => told.some((release) => release.fingerprint === fingerprint)) ?? ofVersion.at(-1);
}

/** Each version once: where two differ, what git has under that version. */
function decide(
  sealed: readonly Release[],
  histories: ReadonlyMap<string, readonly HistoryEntry[]>,
): Pick<RepairPlan, 'kept' | 'replaced' | 'undecided'> {
  const [kept, replaced, undecided]: [Release[], string[], string[]] = [[], [], []];
  const entriesByName = new Map([...histories].map(([id, entries]) => [splitPromptId(id).name, entries]));
  for (const group of Map.groupBy(sealed, releaseKey).values()) {
    const [first] = group;
    if (!first) continue;
    const isOne = group.every(({ fingerprint }) => fingerprint === first.fingerprint);
    const inGit = isOne ? undefined : entryOf(entriesByName.get(first.prompt) ?? [], first.version, group);
    const fingerprint = isOne ? first.fingerprint : inGit?.fingerprint;
    const [chosen, others] = [
      group.filter((one) => one.fingerprint === fingerprint),
      group.filter((one) => one.fingerprint !== fingerprint),
    ];
    if (!chosen.length) undecided.push(releaseTitle(first));
    const merged = mergeReleases(chosen, []);
    if (merged.ok) kept.push(...merged.releases);
    for (const title of new Set(others.map((one) => `${releaseTitle(one)} (${one.fingerprint.slice(0, 16)}…)`))) replaced.push(title);
  }
  return { kept, replaced, undecided };
}

/** The lock made of what was kept and what was found. */
export function repairedLock(kept: readonly Release[], found: readonly Release[]): LockFile {
  const releases = new Map<string, Release>();
  for (const release of [...kept, ...found]) {
    const known = releases.get(releaseKey(release));
    releases.set(releaseKey(release), known ? { ...known, tested: mergeTested(known.tested, release.tested) } : release);
  }
  return { releases: [...releases.values()] };
}
