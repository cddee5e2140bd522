import { userInfo } from 'node:os';
import type { Workspace } from '../../workspace/index.ts';
import { runGit } from './runGit.ts';

/** Who works here, for review records: git's `user.name`, else the name of the account. */
export async function gitUser({ root, capabilities }: Pick<Workspace, 'root' | 'capabilities'>): Promise<string> {
  const asked = await runGit(root, capabilities, ['config', '--get', 'user.name'], { timeoutMs: 5000 }).catch(() => undefined);
  const name = asked?.code === 0 ? asked.out.toString('utf8').trim() : '';
  return (name || accountName()).slice(0, 100);
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
