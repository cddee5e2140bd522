import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TRUSTED } from '../../safety/index.ts';
import { openWorkspace, type Workspace } from '../../workspace/index.ts';
import { inMemoryWorkspace } from '../support/inMemoryWorkspace.ts';
import { removeTemporaryFolders, temporaryFolder } from './temporaryFolder.ts';

removeTemporaryFolders();

const implementations: Readonly<Record<string, (files: Readonly<Record<string, string>>) => Workspace>> = {
  'on disk': (files) => openWorkspace({ root: temporaryFolder(files), capabilities: TRUSTED }),
  'in memory': (files) => inMemoryWorkspace(files),
};

describe.each(Object.entries(implementations))('a workspace %s', (_, open) => {
  it('reads text as it is, without its byte-order mark', async () => {
    const workspace = open({ 'a/x.prompt.yml': '\uFEFFname: Å\r\n' });
    expect(await workspace.read('a/x.prompt.yml')).toMatchObject({ ok: true, path: 'a/x.prompt.yml', text: 'name: Å\r\n', size: 13 });
    expect(await workspace.stat('a/x.prompt.yml')).toMatchObject({ size: 13 });
  });

  it.each([
    ['nothing.yml', 'missing'],
    ['a/x.txt/y', 'missing'],
    ['a', 'notAFile'],
    ['../a/x.txt', 'outside'],
    ['a/../../x.txt', 'outside'],
    ['/etc/passwd', 'outside'],
    ['C:\\x.txt', 'outside'],
    ['\\\\host\\share\\x.txt', 'outside'],
    ['//host/share', 'outside'],
    ['file:///etc/passwd', 'outside'],
    ['a/x.txt\0.yml', 'outside'],
    ['', 'outside'],
    ['.', 'outside'],
    ['big.txt', 'tooLarge'],
    ['binary', 'notText'],
  ])('refuses %j as %s', async (path, reason) => {
    const workspace = open({ 'a/x.txt': 'x', 'big.txt': 'x'.repeat(20 * 1024 * 1024 + 1), binary: 'a\0b' });
    expect(await workspace.read(path)).toMatchObject({ ok: false, path, reason, message: expect.stringMatching(/.\.$/) });
    if (!['tooLarge', 'notText'].includes(reason)) expect(await workspace.stat(path)).toBeUndefined();
  });

  it.each([
    ['prompts/a.prompt.yml', './cases.jsonl', 'prompts/cases.jsonl'],
    ['prompts/a.prompt.yml', 'cases.jsonl', 'prompts/cases.jsonl'],
    ['prompts/a.prompt.yml', '../data/cases.jsonl', 'data/cases.jsonl'],
    ['prompts/a.prompt.yml', '..\\data\\cases.jsonl', 'data/cases.jsonl'],
    ['a.prompt.yml', 'b/../b//c.json', 'b/c.json'],
    ['a.prompt.yml', '..hidden/c.json', '..hidden/c.json'],
    ['prompts/a.prompt.yml', '../../x', undefined],
    ['a.prompt.yml', '/x', undefined],
    ['a.prompt.yml', 'D:x', undefined],
    ['a.prompt.yml', 'https://example.org/x', undefined],
    ['a.prompt.yml', '..', undefined],
  ])('resolves in %s the reference %s', (from, reference, expected) => {
    expect(open({}).resolve(from, reference)).toBe(expected);
  });

  it('turns absolute paths into ids', () => {
    const workspace = open({});
    expect(workspace.relative(join(workspace.root, 'a', 'x.prompt.yml'))).toBe('a/x.prompt.yml');
    expect(workspace.relative(workspace.root)).toBeUndefined();
    expect(workspace.relative(`${workspace.root}-other/x`)).toBeUndefined();
  });

  it('lists prompt files, sorted, without what others own', async () => {
    const workspace = open({
      'b.prompt.yml': '',
      'a/z.prompt.yaml': '',
      'a/b.txt': '',
      'node_modules/x/a.prompt.yml': '',
      'a/dist/a.prompt.yml': '',
      '.evenkeel/a.prompt.yml': '',
      '.git/a.prompt.yml': '',
      '.github/prompts/c.prompt.yml': '',
    });
    expect(await workspace.promptFiles()).toEqual(['.github/prompts/c.prompt.yml', 'a/z.prompt.yaml', 'b.prompt.yml']);
  });
});
