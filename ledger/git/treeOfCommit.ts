import { isPromptFile, PROMPT_GLOBS } from '../../prompts-schema/index.ts';
import {
  alternatives,
  CONFIG_FILE,
  confinePath,
  fitsPattern,
  type Matching,
  matchingOf,
  outsidePattern,
  type ReadResult,
  readPatterns,
  type Workspace,
} from '../../workspace/index.ts';
import type { ObjectReader } from './objectReader.ts';
import { runGit } from './runGit.ts';

/**
 * The folder as it was in a commit, read through an open reader: for many files of many commits. `prefix` is where the root is in its repository.
 * evenkeel.yml comes from the working copy; a link stored in git is not followed.
 */
export function treeOfCommit(workspace: Workspace, objects: ObjectReader, prefix: string, commit: string): Workspace {
  const read = async (path: string): Promise<ReadResult> => {
    const confined = confinePath(path);
    if (confined === undefined) return { ok: false, path, reason: 'outside', message: `${path} leads outside the folder.` };
    const object = await objects.read(`${commit}:${prefix}${confined}`);
    if (object?.type !== 'blob') return { ok: false, path, reason: 'missing', message: `${path} is not in ${commit.slice(0, 7)}.` };
    if (!object.bytes) return { ok: false, path, reason: 'tooLarge', message: `${path} is too large in ${commit.slice(0, 7)}.` };
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(object.bytes);
      return { ok: true, path, text, mtimeMs: 0, size: object.size };
    } catch {
      return { ok: false, path, reason: 'notText', message: `${path} in ${commit.slice(0, 7)} is not UTF-8 text.` };
    }
  };
  return {
    ...workspace,
    read: (path) => (path === CONFIG_FILE ? workspace.read(path) : read(path)),
    stat: async () => undefined,
    promptFiles: () => promptFilesAt(workspace, commit),
    matching: (from, pattern) => matchingAt(workspace, commit, from, pattern),
  };
}

/** Root-relative paths of the prompt files that a commit has below the root, sorted. */
async function promptFilesAt(workspace: Workspace, commit: string): Promise<readonly string[]> {
  return (await filesAt(workspace, commit)).filter(isPromptFile).sort();
}

/** The files that a pattern stands for in a commit. */
export async function matchingAt(workspace: Workspace, commit: string, from: string, pattern: string): Promise<Matching> {
  const patterns = readPatterns(from, pattern);
  if (!patterns) return outsidePattern(pattern);
  const files = await filesAt(workspace, commit);
  return matchingOf(
    from,
    pattern,
    files.filter((path) => patterns.some((one) => fitsPattern(path, one))),
  );
}

/** Root-relative paths of everything that a commit has below the root. */
async function filesAt({ root, capabilities }: Workspace, commit: string): Promise<readonly string[]> {
  const { code, out } = await runGit(root, capabilities, ['ls-tree', '-r', '-z', '--name-only', commit]);
  return code === 0
    ? out
        .toString('utf8')
        .split('\0')
        .filter((path) => path !== '')
    : [];
}

/** Where prompt files of a commit are in the commit that is checked out now, for those that have moved: old path → new path, root-relative. */
export async function renamesSince({ root, capabilities }: Workspace, commit: string): Promise<ReadonlyMap<string, string>> {
  const flags = ['--no-ext-diff', '--no-textconv', '--relative', '--find-renames', '--diff-filter=R', '--name-status', '-z'];
  const { code, out } = await runGit(root, capabilities, ['diff', ...flags, commit, 'HEAD', '--', ...PROMPT_SPECS]);
  const words = code === 0 ? out.toString('utf8').split('\0') : [];
  const renames = new Map<string, string>();
  for (let at = 0; at + 2 < words.length; at += 3) renames.set(words[at + 1] ?? '', words[at + 2] ?? '');
  return renames;
}

/** Prompt files of every format, in git's words. */
const PROMPT_SPECS = PROMPT_GLOBS.flatMap((glob) => alternatives(glob)).map((glob) => `:(glob)${glob}`);

/** A commit on the first-parent line of a branch: what the branch itself got, merges counting as one. */
export interface BranchCommit {
  readonly commit: string;
  /** ISO time of the committer. */
  readonly at: string;
  readonly author: string;
  /** Those of the asked paths that it changed, root-relative. */
  readonly paths: ReadonlySet<string>;
}

/** The commits of a branch that changed any of the paths, newest first, `most` at most. */
export async function branchCommits(
  { root, capabilities }: Workspace,
  commit: string,
  paths: readonly string[],
  most = 1000,
): Promise<readonly BranchCommit[]> {
  if (!paths.length) return [];
  const flags = ['--first-parent', '-m', '-z', '--name-only', '--no-renames', '--relative', '--no-ext-diff', '--no-textconv'];
  const format = '--format=%x01%H%x02%cI%x02%an%x02';
  const command = ['--literal-pathspecs', 'log', ...flags, format, `--max-count=${most}`, commit, '--', ...paths];
  const { code, out } = await runGit(root, capabilities, command);
  if (code !== 0) return [];
  return out
    .toString('utf8')
    .split(/\x01(?=[0-9a-f]{40,64}\x02)/)
    .slice(1)
    .map((record) => {
      const [hash = '', at = '', author = '', names = ''] = record.split('\x02');
      return { commit: hash, at, author, paths: new Set(names.replace(/^\0?\n/, '').split('\0')) };
    });
}
