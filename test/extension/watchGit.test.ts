import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { gitFoldersOf } from '../../extension/deployments/gitFolders.ts';
import { watchGit } from '../../extension/deployments/watchGit.ts';
import * as fake from './fakeVscode.ts';

vi.mock('vscode', () => import('./fakeVscode.ts'));

let top = '';
const git = (folder: string, ...args: readonly string[]): void =>
  void execFileSync('git', ['-c', 'protocol.file.allow=always', '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    cwd: folder,
    stdio: 'ignore',
  });

beforeAll(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'evenkeel-watch-')));
  for (const name of ['repo', 'other', 'none', 'odd']) mkdirSync(join(top, name, 'prompts/deep'), { recursive: true });
  for (const name of ['other', 'repo']) {
    git(join(top, name), 'init', '-q');
    git(join(top, name), 'commit', '-q', '--allow-empty', '-m', 'first');
  }
  git(join(top, 'repo'), 'worktree', 'add', '-q', join(top, 'tree'));
  git(join(top, 'repo'), 'submodule', 'add', '-q', join(top, 'other'), 'sub');
  writeFileSync(join(top, 'odd/.git'), 'not a link to anywhere\n');
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

describe('the repository of a folder', () => {
  it.each<[string, string, string | undefined, string | undefined]>([
    ['the top of one', 'repo', 'repo/.git', 'repo/.git'],
    ['a folder deep in one', 'repo/prompts/deep', 'repo/.git', 'repo/.git'],
    ['a worktree', 'tree', 'repo/.git/worktrees/tree', 'repo/.git'],
    ['a submodule', 'repo/sub', 'repo/.git/modules/sub', 'repo/.git/modules/sub'],
    ['a folder in none', 'none', undefined, undefined],
    ['a .git that leads nowhere', 'odd/prompts', undefined, undefined],
  ])('%s', (_, folder, own, common) => {
    const expected = own === undefined || common === undefined ? undefined : { own: join(top, own), common: join(top, common) };
    expect(gitFoldersOf(join(top, folder))).toEqual(expected);
  });
});

describe('watching git', () => {
  beforeEach(() => fake.reset());

  /** How often it was told after these files changed. */
  function told(files: readonly string[], before: () => void = () => {}): number {
    vi.useFakeTimers();
    let times = 0;
    const watching = watchGit(() => times++);
    before();
    for (const file of files) {
      fake.changeOnDisk(file);
      vi.advanceTimersByTime(1000);
    }
    watching.dispose();
    expect(fake.listening()).toBe(0);
    vi.useRealTimers();
    return times;
  }

  it.each<[string, string, readonly string[]]>([
    [
      'a folder of a larger repository',
      'repo/prompts',
      ['repo/.git/HEAD', 'repo/.git/refs/{heads,tags,remotes}/**', 'repo/.git/packed-refs'],
    ],
    ['a worktree', 'tree', ['repo/.git/worktrees/tree/HEAD', 'repo/.git/refs/{heads,tags,remotes}/**', 'repo/.git/packed-refs']],
  ])('of %s: its head and the refs of all', (_, folder, files) => {
    fake.openFolders(join(top, folder));
    expect(told(files.map((file) => join(top, file)))).toBe(3);
  });

  it('of an opened repository tells once of each change', () => {
    fake.openFolders(join(top, 'repo'));
    expect(told(['**/.git/HEAD'])).toBe(1);
    expect(told([join(top, 'repo/.git/HEAD')])).toBe(0);
  });

  it('goes on with the folders that are opened later', () => {
    expect(told([join(top, 'repo/.git/HEAD')], () => fake.openFolders(join(top, 'repo/prompts'), join(top, 'none')))).toBe(1);
  });
});
