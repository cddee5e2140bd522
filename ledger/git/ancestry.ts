import type { Workspace } from '../../workspace/index.ts';
import { runGit } from './runGit.ts';

type Place = Pick<Workspace, 'root' | 'capabilities'>;

/** Whether a commit is there and everything in it is also in another: false too after the history was rewritten. */
export async function isAncestor({ root, capabilities }: Place, commit: string, of: string): Promise<boolean> {
  return (await runGit(root, capabilities, ['merge-base', '--is-ancestor', commit, of])).code === 0;
}

/** Whether a shallow clone ends at this commit: it names parents that git, for that reason, does not see. */
export async function isShallowBoundary({ root, capabilities }: Place, commit: string): Promise<boolean> {
  const [stored, seen] = await Promise.all([
    runGit(root, capabilities, ['cat-file', 'commit', commit]),
    runGit(root, capabilities, ['rev-list', '--parents', '--max-count=1', commit]),
  ]);
  const named = /^tree [^\n]*\nparent /.test(stored.out.toString('latin1'));
  return named && seen.out.toString('latin1').trim().split(' ').length === 1;
}
