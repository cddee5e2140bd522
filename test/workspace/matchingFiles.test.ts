import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { openWorkspace, type Workspace } from '../../workspace/index.ts';
import { inMemoryWorkspace } from '../support/inMemoryWorkspace.ts';
import { removeTemporaryFolders, temporaryFolder } from './temporaryFolder.ts';

removeTemporaryFolders();

const implementations: Readonly<Record<string, (files: Readonly<Record<string, string>>) => Workspace>> = {
  'on disk': (files) => openWorkspace({ root: temporaryFolder(files), capabilities: TRUSTED }),
  'in memory': (files) => inMemoryWorkspace(files),
};

const FILES = [
  'e/c.yaml',
  'e/t/b.yaml',
  'e/t/a.yaml',
  'e/t/a.csv',
  'e/t/x/a.yaml',
  'e/t/.h.yaml',
  'e/.d/a.yaml',
  's/a1.txt',
  's/a2.txt',
  's/b.txt',
];

describe.each(Object.entries(implementations))('a pattern %s', (_, open) => {
  it.each<[string, readonly string[]]>([
    ['t/*.yaml', ['e/t/a.yaml', 'e/t/b.yaml']],
    ['./t/a.*', ['e/t/a.csv', 'e/t/a.yaml']],
    ['t\\*.yaml', ['e/t/a.yaml', 'e/t/b.yaml']],
    ['**/a.yaml', ['e/t/a.yaml', 'e/t/x/a.yaml']],
    ['t/**', ['e/t/a.csv', 'e/t/a.yaml', 'e/t/b.yaml', 'e/t/x/a.yaml']],
    ['*/?.yaml', ['e/t/a.yaml', 'e/t/b.yaml']],
    ['t/{b,a}.{yaml,csv}', ['e/t/a.csv', 'e/t/a.yaml', 'e/t/b.yaml']],
    ['t/[a-b].yaml', ['e/t/a.yaml', 'e/t/b.yaml']],
    ['t/[!a].yaml', ['e/t/b.yaml']],
    ['t/.*.yaml', ['e/t/.h.yaml']],
    ['../s/a?.txt', ['s/a1.txt', 's/a2.txt']],
    ['*.yaml', []], // the file that names it is not among them
    ['nothing/*.yaml', []],
    ['t/[', []],
  ])('%s stands for %j', async (pattern, expected) => {
    const found = await open(Object.fromEntries(FILES.map((path) => [path, '']))).matching('e/c.yaml', pattern);
    expect(found).toEqual(
      expected.length > 0 ? { ok: true, paths: expected } : { ok: false, reason: 'missing', message: `No file fits ${pattern}.` },
    );
  });

  it.each(['../../*.txt', '/etc/*', 't/*/../../../*', 'C:/*'])('%s leads outside', async (pattern) => {
    expect(await open({ 'e/c.yaml': '' }).matching('e/c.yaml', pattern)).toMatchObject({ ok: false, reason: 'outside' });
  });

  it('that stands for more than 200 files is refused', async () => {
    const files = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`t/${at}.txt`, '']));
    expect(await open(files).matching('c.yaml', 't/*.txt')).toEqual({
      ok: false,
      reason: 'unreadable',
      message: 't/*.txt stands for more than 200 files. Write a narrower pattern.',
    });
    expect(await open(files).matching('c.yaml', 't/1*.txt')).toMatchObject({ ok: true });
  });

  it('that is hostile takes no time to speak of', async () => {
    const workspace = open({ [`t/${'a'.repeat(200)}.txt`]: '' });
    expect(await workspace.matching('c.yaml', `t/${'*a'.repeat(60)}b`)).toMatchObject({ ok: false });
    expect(await workspace.matching('c.yaml', `${'**/'.repeat(60)}${'{a,b}'.repeat(30)}`)).toMatchObject({ ok: false });
  });
});

describe.runIf(process.platform !== 'win32')('links', () => {
  it('to folders are not followed, to files only inside, and a folder outside has none', async () => {
    const folder = temporaryFolder({ 'root/t/a.txt': '', 'out/secret.txt': '' });
    const root = join(folder, 'root');
    symlinkSync('..', join(root, 't', 'loop'));
    symlinkSync('a.txt', join(root, 't', 'linked.txt'));
    symlinkSync('../../out/secret.txt', join(root, 't', 'out.txt'));
    symlinkSync('../out', join(root, 'away'));
    const workspace = openWorkspace({ root, capabilities: UNTRUSTED });
    expect(await workspace.matching('c.yaml', '**/*.txt')).toEqual({ ok: true, paths: ['t/a.txt', 't/linked.txt'] });
    expect(await workspace.matching('c.yaml', 'away/*.txt')).toMatchObject({ ok: false, reason: 'missing' });
  });
});
