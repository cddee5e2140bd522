import { UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { runGit } from './runGit.ts';

/** Where a root lies in its repository. */
export interface Repository {
  /** The root's folder from the repository's top, with `/` at the end; empty where it is the top. */
  readonly prefix: string;
  /** The clone ends somewhere: commits before that are not known here. */
  readonly shallow: boolean;
  /** The commit that is checked out; undefined in a repository without one. */
  readonly head: string | undefined;
}

/** Looks at the repository that holds the root. A UserError that says what to do where there is none. Needs the capability `processes`. */
export async function findRepository({ root, capabilities }: Pick<Workspace, 'root' | 'capabilities'>): Promise<Repository> {
  const { code, out, err } = await runGit(root, capabilities, ['rev-parse', '--is-shallow-repository', '--show-prefix', 'HEAD']);
  const text = out.toString('utf8');
  const [shallow, ...rest] = text.split('\n');
  if (code === 0) {
    const head = rest.at(-2) ?? '';
    return { shallow: shallow === 'true', prefix: rest.slice(0, -2).join('\n'), head };
  }
  if (shallow !== 'true' && shallow !== 'false') throw noRepository(err);
  // HEAD names no commit: git repeats the word, then says so.
  return { shallow: shallow === 'true', prefix: rest.slice(0, -2).join('\n'), head: undefined };
}

function noRepository(err: string): UserError {
  return /dubious ownership/.test(err)
    ? new UserError(
        'configuration',
        'git does not read this repository, because it belongs to another user. If you trust it, add it to safe.directory (git config --global --add safe.directory <folder>).',
      )
    : new UserError('configuration', 'This folder is in no git repository, so it has no history. Make it one with git init.');
}
