import { isPromptFile, promptFormatOf, splitPromptId } from '../../prompts-schema/index.ts';
import type { HistoryEntry } from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type CommitGraph, readGraph } from '../git/commitGraph.ts';
import { findRenames, type RenameQuestion, type Renames } from '../git/findRenames.ts';
import type { GitObject, ObjectReader } from '../git/objectReader.ts';
import { type Timeline, timelineOf } from './blobTimeline.ts';
import { pathSpecs, type RepositoryPaths } from './repositoryPaths.ts';
import { stateOf, type Version } from './version.ts';
import { createVersionReader, type VersionReader } from './versionReader.ts';
import { renameKey, type Walk, type WalkNeed, walkHistory } from './walkHistory.ts';

/** What all prompts of one update share. */
export interface Pass {
  readonly workspace: Workspace;
  readonly head: string;
  readonly paths: RepositoryPaths;
  readonly objects: ObjectReader;
  /** What an index knows of a prompt. */
  readonly known: (promptId: string) => readonly Version[];
  /** The files that a pattern in a root-relative file stands for in `head`, relative to it; none for one that means nothing. */
  readonly matching: (file: string, pattern: string) => Promise<readonly string[]>;
  readonly enough: ((promptId: string, entries: readonly HistoryEntry[]) => boolean) | undefined;
  /** Entries of a prompt at most. */
  readonly most: number;
}

/** A prompt on its walk. */
export interface Begun {
  readonly promptId: string;
  /** From the repository's top. */
  readonly path: string;
  readonly reader: VersionReader;
  /** The references of its fingerprint in `head`, as written. */
  readonly references: readonly string[];
  /** The prompt file in `head` and the files of its fingerprint. */
  readonly watched: readonly string[];
}

/**
 * Walks prompts over one graph of the repository, which is made again when renames or references lead to files that it does not tell of. With
 * `from` only what came after that commit is read, and prompts are left out where that does not do: a branch from before it was merged.
 */
export async function walkPrompts(
  pass: Pass,
  promptIds: readonly string[],
  from: string | undefined,
): Promise<ReadonlyMap<string, { readonly begun: Begun; readonly walk: Walk }>> {
  const begun = await Promise.all(promptIds.map((promptId) => begin(pass, promptId)));
  const done = new Map<string, { readonly begun: Begun; readonly walk: Walk }>();
  const renames = new Map<string, Renames>();
  let open = begun;
  let next: Promise<Covered | undefined> | undefined = coveredGraph(pass, new Set(begun.flatMap(({ watched }) => watched)), from);
  for (let round = 0; open.length && round < MOST_ROUNDS; round++) {
    const graph: Covered | undefined = await next;
    if (!graph) return done;
    const ahead: Promise<Covered | undefined> | undefined =
      from === undefined && !pass.enough ? lookAhead(pass, graph, open, renames) : undefined;
    ahead?.catch(() => undefined); // told below, where it is awaited
    const wanted: Set<string> = new Set(graph.paths);
    let waiting = open;
    // Renames are asked for together; only files that the graph does not cover make another pass over the repository.
    while (waiting.length) {
      const questions: RenameQuestion[] = [];
      const again: Begun[] = [];
      for (const each of waiting) {
        const walk = await walkOne(pass, graph, each, renames);
        if (!('kind' in walk)) {
          done.set(each.promptId, { begun: each, walk });
          open = open.filter((other) => other !== each);
        } else if (walk.kind === 'paths') for (const path of walk.paths) wanted.add(path);
        else {
          questions.push(walk);
          again.push(each);
        }
      }
      await askRenames(pass, questions, renames);
      waiting = again;
    }
    const prepared: Covered | undefined = await ahead;
    next =
      prepared && [...wanted].every(prepared.covers)
        ? Promise.resolve(prepared)
        : open.length
          ? coveredGraph(pass, wanted, from)
          : undefined;
  }
  return done;
}

/** A chain of renames takes a round each. */
const MOST_ROUNDS = 50;

async function begin(pass: Pass, promptId: string): Promise<Begun> {
  const { objects, head, paths, known } = pass;
  const { file, name } = splitPromptId(promptId);
  const path = paths.fromTop(file);
  const matching = (pattern: string): Promise<readonly string[]> => pass.matching(file, pattern);
  const reader = createVersionReader(objects, { format: promptFormatOf(file) ?? 'native', name, matching }, known(promptId));
  const blob = isPromptFile(file) ? await objects.oidOf(`${head}:${path}`) : undefined;
  const blobOf = async (written: string): Promise<string | undefined> => {
    const to = paths.resolve(path, written);
    return to === undefined ? undefined : objects.oidOf(`${head}:${to}`);
  };
  const state = blob === undefined ? undefined : await stateOf({ path, blob }, reader.references, blobOf);
  const references = state?.references.map(({ written }) => written) ?? [];
  return { promptId, path, reader, references, watched: [path, ...filesBeside(paths, path, references)] };
}

function filesBeside(paths: RepositoryPaths, path: string, references: readonly string[]): readonly string[] {
  return references.flatMap((written) => paths.resolve(path, written) ?? []);
}

function walkOne(
  pass: Pass,
  { graph, end, covers }: Covered,
  { promptId, path, reader }: Begun,
  renames: WalkRenames,
): Promise<Walk | WalkNeed> {
  const { objects, paths, enough, most } = pass;
  return walkHistory({
    graph,
    covers,
    path,
    paths,
    reader,
    renames,
    blobAt: (commit, of) => objects.oidOf(`${commit}:${of}`),
    parentsOf: async (commit) => parentsOf(await objects.read(commit)),
    ...(end === undefined ? {} : { end }),
    ...(enough ? { enough: (entries: readonly HistoryEntry[]) => enough(promptId, entries) } : {}),
    most,
  });
}

function parentsOf(commit: GitObject | undefined): readonly string[] {
  const text = Buffer.from(commit?.bytes ?? []).toString('latin1');
  return [...text.slice(0, text.indexOf('\n\n')).matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = '']) => parent);
}

type WalkRenames = Map<string, Renames>;

async function askRenames({ workspace }: Pass, questions: readonly RenameQuestion[], renames: WalkRenames): Promise<void> {
  if (!questions.length) return;
  const answers = await findRenames(workspace.root, workspace.capabilities, questions);
  for (const [at, { commit, parent }] of questions.entries()) renames.set(renameKey(commit, parent), answers[at] ?? new Map());
}

/** A graph with the paths that it tells of, and the place where it goes over into what is known. */
interface Covered {
  readonly graph: CommitGraph;
  readonly paths: ReadonlySet<string>;
  readonly covers: (path: string) => boolean;
  readonly end?: number;
}

/** With `from`, a graph whose last node stands for that commit; undefined where what came after is no single line. */
async function coveredGraph(
  { workspace, objects, head }: Pass,
  wanted: ReadonlySet<string>,
  from: string | undefined,
): Promise<Covered | undefined> {
  const { root, capabilities } = workspace;
  const specs = pathSpecs(wanted);
  const covers = (path: string): boolean => wanted.has(path) || specs.some((spec) => spec.endsWith('/') && path.startsWith(spec));
  if (from === undefined) return { graph: await readGraph(root, capabilities, specs, { to: head }), paths: wanted, covers };
  const { nodes, changes } = await readGraph(root, capabilities, [...wanted], { to: head, from });
  if (nodes.some(({ parents, isMerge }, at) => isMerge || (parents.length === 0 && at !== nodes.length - 1))) return undefined;
  const end = nodes.length;
  const withEnd = new Map([...changes].map(([path, of]) => [path, new Map(of)]));
  for (const path of wanted) {
    const of = withEnd.get(path) ?? new Map<number, string | undefined>();
    withEnd.set(path, of.set(end, await objects.oidOf(`${from}:${path}`)));
  }
  const line = nodes.map((node, at) => ({ ...node, parents: [at + 1] }));
  const graph = { nodes: [...line, { commit: from, parents: [], isMerge: false, at: '', author: '', subject: '' }], changes: withEnd };
  return { graph, paths: wanted, covers: (path) => wanted.has(path), end };
}

/**
 * Looks where files first came, whether git knows them under another name, and then has the graph with those names made, all while the texts of the
 * first graph are being read. Undefined where nothing leads on.
 */
async function lookAhead(
  pass: Pass,
  { graph, covers, paths: wanted }: Covered,
  open: readonly Begun[],
  renames: WalkRenames,
): Promise<Covered | undefined> {
  const { objects, paths } = pass;
  const added = new Set<string>();
  const followed = new Set(open.map(({ promptId, path }) => `${promptId}\n${path}`));
  for (let waiting = open.map((begun) => ({ begun, path: begun.path })); waiting.length; ) {
    const births: { readonly begun: Begun; readonly path: string; readonly commit: string }[] = [];
    for (const { begun, path } of waiting) {
      const timeline = await timelineOf(graph, path, (commit, of) => objects.oidOf(`${commit}:${of}`));
      for (const [place, { commit, parents, isMerge }] of graph.nodes.entries())
        if (!isMerge && isBorn(timeline, place, parents)) births.push({ begun, path, commit });
    }
    await askRenames(
      pass,
      births.filter(({ commit }) => !renames.has(commit)),
      renames,
    );
    const olds = births.flatMap(({ begun, path, commit }) => {
      const old = renames.get(commit)?.get(path);
      return old === undefined ? [] : [{ begun, path: old }];
    });
    for (const { begun, path } of olds)
      if (!covers(path)) for (const file of [path, ...filesBeside(paths, path, begun.references)]) added.add(file);
    // Names that the graph tells of may have come from others still; a circle of renames ends with the names it has been through.
    waiting = olds.filter(({ begun, path }) => {
      const key = `${begun.promptId}\n${path}`;
      return covers(path) && !followed.has(key) && followed.add(key);
    });
  }
  return added.size ? coveredGraph(pass, new Set([...wanted, ...added]), undefined) : undefined;
}

function isBorn({ ids }: Timeline, place: number, parents: readonly number[]): boolean {
  return ids[place] !== 0 && parents.every((parent) => ids[parent] === 0);
}
