import { realpath } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { UserError } from '../../safety/index.ts';
import { CONFIG_FILE, confinePath, hasByteOrderMark, LARGEST_FILE, type ReadResult, type Workspace } from '../../workspace/index.ts';
import { runGit } from './runGit.ts';
import { matchingAt } from './treeOfCommit.ts';

/** A commit, resolved. */
export interface GitVersion {
  readonly commit: string;
  /** `4f1c2ab`. */
  readonly short: string;
  /** ISO time of the commit. */
  readonly at: string;
}

/** Resolves a branch, tag or commit as git understands it. A UserError that says what to do where it is none. */
export async function resolveVersion({ root, capabilities }: Workspace, ref: string): Promise<GitVersion> {
  const asked = await runGit(root, capabilities, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (asked.code !== 0) throw await noVersion(root, capabilities, ref);
  const commit = asked.out.toString('utf8').trim();
  const shown = await runGit(root, capabilities, ['show', '--no-patch', '--no-textconv', '--no-ext-diff', '--format=%h%x00%cI', commit]);
  const [short = commit.slice(0, 7), at = ''] = shown.out.toString('utf8').trim().split('\0');
  return { commit, short, at };
}

async function noVersion(root: string, capabilities: Workspace['capabilities'], ref: string): Promise<UserError> {
  const inside = await runGit(root, capabilities, ['rev-parse', '--is-inside-work-tree']);
  if (inside.code !== 0)
    return new UserError('configuration', `This folder is in no git repository, so there is no version “${ref}” of it.`);
  const shallow = (await runGit(root, capabilities, ['rev-parse', '--is-shallow-repository'])).out.toString('utf8').trim() === 'true';
  const next = shallow ? ' The clone is shallow: fetch more of its history (git fetch --unshallow).' : ' Name a branch, a tag or a commit.';
  return new UserError('usage', `git knows no version “${ref}”.${next}`);
}

/**
 * The folder as it was in a commit, for reading: prompts and what they refer to come from there, evenkeel.yml from the working copy, so that
 * an old commit cannot bring back a provider. A link stored in git is not followed.
 */
export function openVersion(workspace: Workspace, { commit, short }: GitVersion): Workspace {
  const { root, capabilities } = workspace;
  let prefix: Promise<string> | undefined;
  const read = async (path: string): Promise<ReadResult> => {
    const confined = confinePath(path);
    if (confined === undefined) return { ok: false, path, reason: 'outside', message: `${path} leads outside the folder.` };
    prefix ??= folderInRepository(workspace);
    const name = `${commit}:${posix.join(await prefix, confined.split(sep).join('/'))}`;
    const kind = await runGit(root, capabilities, ['cat-file', '-t', name]).catch(() => undefined);
    if (kind?.code !== 0) return { ok: false, path, reason: 'missing', message: `${path} is not in ${short}.` };
    if (kind.out.toString('utf8').trim() !== 'blob')
      return { ok: false, path, reason: 'notAFile', message: `${path} is not a file in ${short}.` };
    const { out } = await runGit(root, capabilities, ['cat-file', 'blob', name], { most: LARGEST_FILE });
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(out);
      return { ok: true, path, text, mtimeMs: 0, size: out.length, ...(hasByteOrderMark(out) ? { byteOrderMark: true } : {}) };
    } catch {
      return { ok: false, path, reason: 'notText', message: `${path} in ${short} is not UTF-8 text.` };
    }
  };
  return {
    ...workspace,
    read: (path) => (path === CONFIG_FILE ? workspace.read(path) : read(path)),
    stat: async () => undefined,
    promptFiles: async () => [],
    matching: (from, pattern) => matchingAt(workspace, commit, from, pattern),
  };
}

/** Where the root is inside its repository, with `/`; empty when it is the repository's top. */
async function folderInRepository({ root, capabilities }: Workspace): Promise<string> {
  const { code, out } = await runGit(root, capabilities, ['rev-parse', '--show-toplevel']);
  if (code !== 0) throw new UserError('configuration', 'This folder is in no git repository.');
  const top = await realpath(out.toString('utf8').trim());
  return relative(top, await realpath(join(root)))
    .split(sep)
    .join('/');
}
