import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRoot, userDataFolder } from '../../workspace/index.ts';
import { removeTemporaryFolders, temporaryFolder } from './temporaryFolder.ts';

removeTemporaryFolders();

describe('the root of a prompt', () => {
  it.each([
    ['the nearest evenkeel.yml', { 'evenkeel.yml': '', 'x/evenkeel.yml': '', '.git/HEAD': '' }, 'x', 'evenkeel'],
    ['an evenkeel.yml above the git root', { 'evenkeel.yml': '', 'x/.git/HEAD': '' }, '', 'evenkeel'],
    ['the git root', { 'x/.git/HEAD': '' }, 'x', 'git'],
    ['the git root of a worktree, where .git is a file', { 'x/.git': 'gitdir: …' }, 'x', 'git'],
    ['the opened folder', {}, '', 'opened'],
    ['not a folder that is called evenkeel.yml', { 'x/evenkeel.yml/a': '' }, '', 'opened'],
  ] as const)('is %s', async (_, files, path, kind) => {
    const folder = temporaryFolder({ 'x/y/a.prompt.yml': '', ...files });
    const found = { path: join(folder, path), kind };
    expect(await findRoot(join(folder, 'x/y/a.prompt.yml'), { openedFolder: folder })).toEqual(found);
    expect(await findRoot('y/a.prompt.yml', { cwd: join(folder, 'x'), openedFolder: folder })).toEqual(found);
    expect(await findRoot(join(folder, 'x/y/not-saved-yet.prompt.yml'), { openedFolder: folder })).toEqual(found);
  });

  it('is its own folder when nothing else holds it', async () => {
    const folder = temporaryFolder({ 'x/a.prompt.yml': '', 'other/b': '' });
    expect(await findRoot(join(folder, 'x/a.prompt.yml'), { openedFolder: join(folder, 'other') })).toEqual({
      path: join(folder, 'x'),
      kind: 'opened',
    });
  });

  it('of a folder is looked for from that folder on', async () => {
    const folder = temporaryFolder({ 'x/evenkeel.yml': '' });
    expect(await findRoot(join(folder, 'x'), { cwd: folder })).toEqual({ path: join(folder, 'x'), kind: 'evenkeel' });
  });
});

describe("the user's data folder", () => {
  it.each([
    ['linux', {}, '/home/u/.config/evenkeel'],
    ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/evenkeel'],
    ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/u/.config/evenkeel'],
    ['darwin', {}, '/home/u/Library/Application Support/evenkeel'],
    ['win32', { APPDATA: 'C:\\Users\\u\\AppData\\Roaming' }, 'C:\\Users\\u\\AppData\\Roaming\\evenkeel'],
    ['linux', { EVENKEEL_HOME: '/own', XDG_CONFIG_HOME: '/cfg' }, '/own'],
  ] as const)('%s %j', (platform, env, expected) => {
    expect(userDataFolder({ env, platform, home: '/home/u' })).toBe(expected);
  });
});
