import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNTRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { removeTemporaryFolders, temporaryFolder } from './temporaryFolder.ts';

removeTemporaryFolders();

const check = async (files: readonly string[], gitignores: Readonly<Record<string, string>>, expected: readonly string[]) => {
  const root = temporaryFolder({ ...Object.fromEntries(files.map((file) => [file, ''])), ...gitignores });
  expect(await openWorkspace({ root, capabilities: UNTRUSTED }).promptFiles()).toEqual(expected);
};

describe('.gitignore', () => {
  it('leaves out files and folders', () =>
    check(['a.prompt.yml', 'out/b.prompt.yml', 'x/out/c.prompt.yml', 'x/d.draft.prompt.yml'], { '.gitignore': 'out/\n*.draft.*\n' }, [
      'a.prompt.yml',
    ]));
  it('of a folder counts from that folder', () =>
    check(['x/a.prompt.yml', 'x/y/a.prompt.yml', 'a.prompt.yml'], { 'x/.gitignore': '/a.prompt.yml\n' }, [
      'a.prompt.yml',
      'x/y/a.prompt.yml',
    ]));
  it('further down overrules one above', () =>
    check(['x/a.prompt.yml', 'b.prompt.yml'], { '.gitignore': '*.prompt.yml\n', 'x/.gitignore': '!a.prompt.yml\n' }, ['x/a.prompt.yml']));
  it('cannot bring back what lies in an ignored folder', () => check(['x/a.prompt.yml'], { '.gitignore': 'x/\n!x/a.prompt.yml\n' }, []));
  it('with hostile wildcards is not a trap', () =>
    check(
      [`${'a'.repeat(240)}.prompt.yml`, 'x.prompt.yml'],
      { '.gitignore': `${'*a'.repeat(40)}b\n${'**/a/'.repeat(40)}b\n${'('.repeat(500)}\n[z-\nx.prompt.yml\r\n` },
      [`${'a'.repeat(240)}.prompt.yml`],
    ));
});

describe.runIf(process.platform !== 'win32')('links', () => {
  it('to folders are not followed, to files only inside', async () => {
    const folder = temporaryFolder({ 'root/a/a.prompt.yml': '', 'outside.prompt.yml': '' });
    const root = join(folder, 'root');
    symlinkSync('..', join(root, 'a', 'loop'));
    symlinkSync('a/a.prompt.yml', join(root, 'linked.prompt.yml'));
    symlinkSync('../outside.prompt.yml', join(root, 'out.prompt.yml'));
    expect(await openWorkspace({ root, capabilities: UNTRUSTED }).promptFiles()).toEqual(['a/a.prompt.yml', 'linked.prompt.yml']);
  });
});

it('a root that does not exist has none', async () => {
  expect(await openWorkspace({ root: join(temporaryFolder(), 'nothing'), capabilities: UNTRUSTED }).promptFiles()).toEqual([]);
});
