import type { ChangedPart, HistoryEntry } from '../../protocol/index.ts';
import type { CommitGraph } from '../git/commitGraph.ts';
import type { Renames } from '../git/findRenames.ts';
import { blobAt, type Timeline, timelineOf } from './blobTimeline.ts';
import type { RepositoryPaths } from './repositoryPaths.ts';
import { type PromptState, stateOf, type Version } from './version.ts';
import type { VersionReader } from './versionReader.ts';

/** What a walk needs to know. All paths are from the repository's top. */
export interface WalkInput {
  readonly graph: CommitGraph;
  /** Whether the graph tells of this path. */
  readonly covers: (path: string) => boolean;
  /** Where the prompt is in the newest commit. */
  readonly path: string;
  readonly paths: RepositoryPaths;
  readonly reader: VersionReader;
  readonly blobAt: (commit: string, path: string) => Promise<string | undefined>;
  /** The parents of a commit itself, where the graph tells only the nearest ancestors that changed something. */
  readonly parentsOf: (commit: string) => Promise<readonly string[]>;
  /** By `renameKey`. */
  readonly renames: ReadonlyMap<string, Renames>;
  /** The place of the commit where an index goes on; what is before it is not walked. */
  readonly end?: number;
  /** The walk may end where one line of commits is left and these are the entries so far. */
  readonly enough?: (entries: readonly HistoryEntry[]) => boolean;
  /** Entries at most. */
  readonly most: number;
}

/** What a walk must be told before it can go on. */
export type WalkNeed =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'renames'; readonly commit: string; readonly parent?: string };

/** The commits that changed a prompt, as a walk found them. */
export interface Walk {
  /** Newest first, `parents` of each at hand where they are not just the next; `end` among them as `END`. */
  readonly entries: readonly HistoryEntry[];
  /** The entries that the newest commit stands on: one, unless it is a merge of several that made no version of its own. */
  readonly tips: readonly string[];
  readonly open: boolean;
  readonly cut: boolean;
  /** In the newest commit; undefined where it does not have the prompt. */
  readonly now: Version | undefined;
  /** Commits with the prompt and nothing before them. */
  readonly births: readonly string[];
  /** Paths under which the end was reached. */
  readonly endPaths: ReadonlySet<string>;
}

/** Stands among `parents` and `tips` for the commit at `end`. */
export const END = 'end';

export function renameKey(commit: string, parent: string | undefined): string {
  return parent === undefined ? commit : `${commit} ${parent}`;
}

/**
 * Walks from the newest commit to the beginning of a prompt. Where a merge has just what one of its parents has, the first such parent is
 * followed alone, as `git log -- path` does; renames are followed as git finds them. A commit makes an entry when the prompt's fingerprint, model,
 * version or path differ from its parent; a merge, when the fingerprint differs from all of them.
 */
export async function walkHistory(input: WalkInput): Promise<Walk | WalkNeed> {
  const { graph, paths, reader, most } = input;
  const { nodes } = graph;
  const timelines = new Map<string, Timeline>();
  const timeline = async (path: string): Promise<Timeline> => {
    const known = timelines.get(path);
    if (known) return known;
    const made = await timelineOf(graph, path, input.blobAt);
    timelines.set(path, made);
    reader.expect(made.blobs.slice(1).reverse());
    return made;
  };

  const pending = new Map<number, Set<string>>([[0, new Set([input.path])]]);
  const steps = new Map<string, Step>();
  const entries: HistoryEntry[] = [];
  const births: string[] = [];
  const endPaths = new Set<string>();
  let now: Version | undefined;
  let enough = false;

  for (let place = 0; place < nodes.length && entries.length < most; place++) {
    const waiting = pending.get(place);
    if (!waiting) continue;
    pending.delete(place);
    for (const path of waiting) {
      if (place === input.end) {
        endPaths.add(path);
        continue;
      }
      const visit = await visitNode(place, path);
      if ('kind' in visit) return visit;
      steps.set(stepKey(place, path), { entry: visit.entry?.commit, next: visit.next.map((to) => stepKey(to.place, to.path)) });
      for (const to of visit.next) pending.set(to.place, (pending.get(to.place) ?? new Set()).add(to.path));
      if (visit.birth) births.push(nodes[place]?.commit ?? '');
      if (visit.entry && !entries.some(({ commit }) => commit === visit.entry?.commit)) {
        entries.push(visit.entry);
        enough ||= input.enough?.(entries) === true;
      }
    }
    // Several lines: what one of them has may not be under what was found on another.
    if (enough && linesOf(pending) <= 1) break;
  }
  const isLeft = pending.size > 0 && nodes.length > 0; // a prompt that no commit has has no beginning either
  return { ...linked(entries), open: isLeft && enough, cut: isLeft && !enough, now, births, endPaths };

  /** Where to go on from a node, and the entry that it makes. */
  async function visitNode(place: number, path: string): Promise<Visit | WalkNeed> {
    const node = nodes[place];
    if (!node) return { next: [] };
    const here = await stateAt(place, path);
    if (here && 'kind' in here) return here;
    if (place === 0 && here) now = await reader.version(here);
    const same = await sameDownTo(place, here ?? { path, references: [] });
    if (same !== place) return { next: [{ place: same, path }] };
    if (!here) {
      const without = await timeline(path);
      const same = node.parents.find((parent) => blobAt(without, parent) === undefined);
      return { next: (same === undefined ? node.parents : [same]).map((parent) => ({ place: parent, path })) };
    }

    const before: Before[] = [];
    for (const parent of node.parents) {
      const blob = blobAt(await timeline(path), parent);
      const there = blob === here.blob ? await stateAt(parent, path) : undefined;
      if (there && 'kind' in there) return there;
      if (there && isSame(here, there)) return { next: [{ place: parent, path }] };
      before.push({ place: parent, path, blob });
    }
    if (!before.length) before.push({ place: undefined, path, blob: undefined });
    const isMerge = before.length > 1;
    const parents = isMerge ? await input.parentsOf(node.commit) : [];
    const olds: (PromptState | undefined)[] = [];
    const next: Place[] = [];
    for (const [at, of] of before.entries()) {
      // Renames are looked for in the parent itself; the ancestor that the graph has in its place may not have the old file yet.
      const parent = parents.length === before.length ? parents[at] : nodes[of.place ?? 0]?.commit;
      const old = await olderState(of, here, isMerge ? parent : undefined, node.commit);
      if (old && 'kind' in old) return old;
      olds.push(old);
      if (of.place !== undefined) next.push({ place: of.place, path: old?.path ?? path });
    }
    const version = await reader.version(here);
    const [first] = olds;
    if (isMerge) {
      for (const old of olds) if (old && (await reader.version(old)).fingerprint === version.fingerprint) return { next };
      return { next, entry: await entryOf(place, here, version, first) };
    }
    const entry = await entryOf(place, here, version, first);
    // A merge can have one parent here, where its branches had the same files.
    const counts = entry.edit || (entry.changed.length > 0 && (await input.parentsOf(node.commit)).length < 2);
    return { next, ...(counts ? { entry } : {}), birth: !first };
  }

  /** The last of the commits below, each the only parent of the one before, that has the same files. */
  async function sameDownTo(from: number, { path, references }: Pick<PromptState, 'path' | 'references'>): Promise<number> {
    const files = [await timeline(path)];
    for (const { written } of references) {
      const to = paths.resolve(path, written);
      if (to !== undefined) files.push(await timeline(to));
    }
    for (let place = from; ; ) {
      const { parents } = nodes[place] ?? { parents: [] };
      const [parent] = parents;
      if (parent === undefined || parents.length > 1 || place === input.end || files.some(({ ids }) => ids[place] !== ids[parent]))
        return place;
      place = parent;
    }
  }

  /** The prompt in a parent: under the same path, else under the one that it was renamed from. */
  async function olderState(
    { place, path, blob }: Before,
    here: PromptState,
    parent: string | undefined,
    commit: string,
  ): Promise<PromptState | undefined | WalkNeed> {
    if (blob !== undefined && place !== undefined) return stateAt(place, path);
    const renames = input.renames.get(renameKey(commit, parent));
    if (!renames) return { kind: 'renames', commit, ...(parent === undefined ? {} : { parent }) };
    const old = renames.get(path);
    if (old === undefined) return undefined;
    if (!input.covers(old)) {
      const references = here.references.map(({ written }) => paths.resolve(old, written)).filter((each) => each !== undefined);
      return { kind: 'paths', paths: [old, ...references] };
    }
    return place === undefined ? undefined : stateAt(place, old);
  }

  async function stateAt(place: number, path: string): Promise<PromptState | undefined | WalkNeed> {
    const blob = blobAt(await timeline(path), place);
    if (blob === undefined) return undefined;
    const uncovered: string[] = [];
    const state = await stateOf({ path, blob }, reader.references, async (written) => {
      const to = paths.resolve(path, written);
      if (to === undefined) return undefined;
      if (input.covers(to)) return blobAt(await timeline(to), place);
      uncovered.push(to);
      return undefined;
    });
    return uncovered.length > 0 ? { kind: 'paths', paths: uncovered } : state;
  }

  async function entryOf(place: number, state: PromptState, version: Version, old: PromptState | undefined): Promise<HistoryEntry> {
    const before = old && (await reader.version(old));
    const { commit = '', at = '', author = '', subject = '' } = nodes[place] ?? {};
    return {
      commit,
      at,
      author,
      subject,
      path: paths.fromRoot(state.path),
      fingerprint: version.fingerprint,
      parts: version.parts,
      ...(version.version === undefined ? {} : { version: version.version }),
      ...(version.model === undefined ? {} : { model: version.model }),
      changed: old && before ? changesOf(before, version, old.path !== state.path) : [...EVERYTHING],
      edit: before?.fingerprint !== version.fingerprint,
      ...(version.broken ? { broken: true } : {}),
    };
  }

  /** Names before each entry the entries that it stands on, where they are not just the next one. */
  function linked(found: readonly HistoryEntry[]): Pick<Walk, 'entries' | 'tips'> {
    const below = new Map<string, ReadonlySet<string>>();
    const onto = (next: readonly string[]): ReadonlySet<string> => {
      const lists = next.map((key) => reached(key));
      return lists.length === 1 && lists[0] ? lists[0] : new Set(lists.flatMap((list) => [...list]));
    };
    const reached = (key: string): ReadonlySet<string> => {
      const step = steps.get(key);
      if (!step) return key.startsWith(`${input.end} `) ? ONLY_END : NOTHING;
      return step.entry === undefined ? (below.get(key) ?? NOTHING) : new Set([step.entry]);
    };
    // A step leads only to later places, and steps were made in their order.
    const parents = new Map<string, readonly string[]>();
    for (const [key, { entry, next }] of [...steps].reverse()) {
      const under = onto(next);
      below.set(key, under);
      if (entry !== undefined) parents.set(entry, [...under]);
    }
    const entries = found.map((entry, at) => {
      const of = parents.get(entry.commit) ?? [];
      const following = found[at + 1]?.commit ?? (input.end === undefined ? undefined : END);
      return of.length === (following === undefined ? 0 : 1) && of[0] === following ? entry : { ...entry, parents: [...of] };
    });
    return { entries, tips: [...reached(stepKey(0, input.path))] };
  }
}

const NOTHING: ReadonlySet<string> = new Set();
const ONLY_END: ReadonlySet<string> = new Set([END]);
const EVERYTHING: readonly ChangedPart[] = ['messages', 'tools', 'output', 'parameters', 'model', 'version', 'path'];

interface Place {
  readonly place: number;
  readonly path: string;
}

/** The prompt's file in a parent; without a place where the graph knows no parent. */
interface Before {
  readonly place: number | undefined;
  readonly path: string;
  readonly blob: string | undefined;
}

interface Visit {
  readonly next: readonly Place[];
  readonly entry?: HistoryEntry;
  readonly birth?: boolean;
}

interface Step {
  readonly entry: string | undefined;
  readonly next: readonly string[];
}

function linesOf(pending: ReadonlyMap<number, ReadonlySet<string>>): number {
  return [...pending.values()].reduce((sum, paths) => sum + paths.size, 0);
}

function stepKey(place: number, path: string): string {
  return `${place} ${path}`;
}

function isSame(a: PromptState, b: PromptState): boolean {
  return a.blob === b.blob && a.references.every(({ blob }, at) => blob === b.references[at]?.blob);
}

function changesOf(before: Version, after: Version, moved: boolean): ChangedPart[] {
  const parts = (['messages', 'tools', 'output', 'parameters'] as const).filter((part) => before.parts[part] !== after.parts[part]);
  return [
    ...parts,
    ...(before.model === after.model ? [] : ['model' as const]),
    ...(before.version === after.version ? [] : ['version' as const]),
    ...(moved ? ['path' as const] : []),
  ];
}
