import type { Capabilities } from '../../safety/index.ts';
import { UserError } from '../../safety/index.ts';
import { runGit } from './runGit.ts';

/** A commit that changed one of the paths that were asked for, or a merge. */
export interface CommitNode {
  readonly commit: string;
  /** Places in the graph's `nodes` of the nearest ancestors that are in the graph; all come later than this one. */
  readonly parents: readonly number[];
  /** Several parents, in the graph or before it. */
  readonly isMerge: boolean;
  /** ISO time of the commit. */
  readonly at: string;
  readonly author: string;
  readonly subject: string;
}

/** What happened to some paths in all commits before one: children before parents, so the newest is first. */
export interface CommitGraph {
  readonly nodes: readonly CommitNode[];
  /**
   * Path from the repository's top → place of a node → the file's blob after it; undefined where it is no regular file any more.
   * Of a merge only what differs from all of its parents is here.
   */
  readonly changes: ReadonlyMap<string, ReadonlyMap<number, string | undefined>>;
}

/**
 * Reads the history of paths before `to` (and after `from`), in one pass over the repository, whole: no branch that was merged is left out.
 * Paths are from the repository's top; one that ends in `/` stands for everything in the folder.
 */
export async function readGraph(
  cwd: string,
  capabilities: Capabilities,
  paths: readonly string[],
  { to, from }: { readonly to: string; readonly from?: string },
): Promise<CommitGraph> {
  const parser = graphParser();
  const range = from === undefined ? [to] : [to, `^${from}`];
  const { code, err } = await runGit(cwd, capabilities, [...LOG, ...range, '--', ...paths.map((path) => `:(top,literal)${path}`)], {
    timeoutMs: 120_000,
    most: MOST_OUTPUT,
    take: parser.take,
  });
  if (code !== 0) throw new UserError('incomplete', `git cannot read the history: ${err.split('\n')[0] || `it ended with ${code}`}.`);
  return parser.graph();
}

const MOST_OUTPUT = 1024 * 1024 * 1024;

const MARK = '\x02';
const LOG: readonly string[] = [
  '-c',
  'log.showRoot=true',
  'log',
  '--topo-order',
  '--full-history',
  '--parents',
  '--raw',
  '-z',
  '--no-abbrev',
  '--diff-merges=combined',
  '--no-renames',
  '--no-follow',
  '--no-color',
  '--no-show-signature',
  '--encoding=UTF-8',
  '--format=%x02%H%x00%P%x00%cI%x00%an%x00%s',
];

export interface GraphParser {
  readonly take: (piece: Buffer) => void;
  readonly graph: () => CommitGraph;
}

/**
 * Reads the output of our `git log` piece by piece: five fields a commit, then for each path `:modes ids status` and the path, all ended by NUL, so
 * that no file name and no subject can be taken for something else.
 */
export function graphParser(): GraphParser {
  const found: { readonly fields: readonly string[]; readonly parents: readonly string[] }[] = [];
  const changes = new Map<string, Map<number, string | undefined>>();
  let rest = Buffer.alloc(0);
  let fields: string[] | undefined;
  let raw: string | undefined;
  const token = (text: string): void => {
    if (raw !== undefined) {
      const of = changes.get(text) ?? new Map<number, string | undefined>();
      changes.set(text, of.set(found.length - 1, blobAfter(raw)));
      raw = undefined;
    } else if (fields) {
      fields.push(text);
      if (fields.length < FIELDS) return;
      found.push({ fields, parents: (fields[1] ?? '').split(' ').filter(Boolean) });
      fields = undefined;
    } else if (text.startsWith(MARK)) fields = [text.slice(1)];
    else if (/^\n?:/.test(text)) raw = text;
  };
  return {
    take: (piece) => {
      const all = rest.length ? Buffer.concat([rest, piece]) : piece;
      let at = 0;
      for (let end = all.indexOf(0); end >= 0; end = all.indexOf(0, at)) {
        token(all.toString('utf8', at, end));
        at = end + 1;
      }
      rest = Buffer.from(all.subarray(at));
    },
    graph: () => {
      const places = new Map(found.map(({ fields: [commit = ''] }, place) => [commit, place]));
      const nodes = found.map(({ fields: [commit = '', , at = '', author = '', subject = ''], parents }) => ({
        commit,
        parents: parents.map((parent) => places.get(parent)).filter((place) => place !== undefined),
        isMerge: parents.length > 1,
        at,
        author,
        subject,
      }));
      return { nodes, changes };
    },
  };
}

/** Of the format above. */
const FIELDS = 5;

/** `:100644 100644 <before> <after> M`, and of a merge with as many colons, modes and ids before as it has parents. Undefined for what is no regular file. */
function blobAfter(raw: string): string | undefined {
  const parents = raw.lastIndexOf(':') - raw.indexOf(':') + 1;
  const fields = raw.slice(raw.lastIndexOf(':') + 1).split(' ');
  return fields[parents]?.startsWith('100') ? fields[2 * parents + 1] : undefined; // links, submodules and what is gone are no texts
}
