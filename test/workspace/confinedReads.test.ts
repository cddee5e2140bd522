import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNTRUSTED } from '../../safety/index.ts';
import { confinePath, openWorkspace } from '../../workspace/index.ts';
import { removeTemporaryFolders, temporaryFolder } from './temporaryFolder.ts';

removeTemporaryFolders();
const posix = process.platform !== 'win32';

describe.runIf(posix)('reads stay inside the root', () => {
  const secret = 'top secret';
  /** Makes things in the root that lead, or seem to lead, out of it. */
  const traps: Readonly<Record<string, readonly [make: (root: string, outside: string) => void, path: string, reason: string]>> = {
    'a link to a file outside': [(root, outside) => symlinkSync(join(outside, 'secret.txt'), join(root, 'x')), 'x', 'outside'],
    'a relative link to a file outside': [(root) => symlinkSync('../outside/secret.txt', join(root, 'x')), 'x', 'outside'],
    'a linked folder': [(root, outside) => symlinkSync(outside, join(root, 'x')), 'x/secret.txt', 'outside'],
    'a linked folder further up': [
      (root, outside) => {
        mkdirSync(join(outside, 'deep'));
        writeFileSync(join(outside, 'deep', 'secret.txt'), secret);
        symlinkSync(outside, join(root, 'x'));
      },
      'x/deep/secret.txt',
      'outside',
    ],
    'a chain of links': [
      (root, outside) => {
        symlinkSync(join(outside, 'secret.txt'), join(root, 'y'));
        symlinkSync('y', join(root, 'x'));
      },
      'x',
      'outside',
    ],
    'a folder whose name begins like the root': [
      (root) => {
        mkdirSync(`${root}-twin`);
        writeFileSync(`${root}-twin/secret.txt`, secret);
        symlinkSync(`${root}-twin/secret.txt`, join(root, 'x'));
      },
      'x',
      'outside',
    ],
    'the process environment': [(root) => symlinkSync('/proc/self/environ', join(root, 'x')), 'x', 'outside'],
    'an endless device': [(root) => symlinkSync('/dev/zero', join(root, 'x')), 'x', 'outside'],
    'a FIFO': [(root) => execFileSync('mkfifo', [join(root, 'x')]), 'x', 'notAFile'],
    'a link to a FIFO inside': [
      (root) => {
        execFileSync('mkfifo', [join(root, 'y')]);
        symlinkSync('y', join(root, 'x'));
      },
      'x',
      'notAFile',
    ],
    'a circle of links': [
      (root) => {
        symlinkSync('y', join(root, 'x'));
        symlinkSync('x', join(root, 'y'));
      },
      'x',
      'unreadable',
    ],
    'a link to nothing': [(root) => symlinkSync('nothing', join(root, 'x')), 'x', 'missing'],
    'a very long name': [() => {}, 'x'.repeat(5000), 'missing'],
    'text that is not UTF-8': [(root) => writeFileSync(join(root, 'x'), Buffer.from([0x61, 0xff, 0xfe])), 'x', 'notText'],
    'UTF-16': [(root) => writeFileSync(join(root, 'x'), Buffer.from('\uFEFFname: x', 'utf16le')), 'x', 'notText'],
  };

  it.each(Object.entries(traps))('%s', async (_, [make, path, reason]) => {
    const folder = temporaryFolder({ 'outside/secret.txt': secret, 'root/own.txt': 'own' });
    make(join(folder, 'root'), join(folder, 'outside'));
    const workspace = openWorkspace({ root: join(folder, 'root'), capabilities: UNTRUSTED });
    const result = await workspace.read(path);
    expect(result).toMatchObject({ ok: false, reason });
    expect(JSON.stringify(result)).not.toContain(secret);
    expect(await workspace.read('own.txt')).toMatchObject({ ok: true, text: 'own' });
  });

  it('refuses a device inside the root before opening it', async () => {
    const workspace = openWorkspace({ root: '/dev', capabilities: UNTRUSTED });
    expect(await workspace.read('zero')).toMatchObject({ ok: false, reason: 'notAFile' });
  });

  it('follows links that stay inside, also when the root itself is a link', async () => {
    const folder = temporaryFolder({ 'real/data/cases.jsonl': '{}' });
    symlinkSync('data', join(folder, 'real', 'linked'));
    symlinkSync('real', join(folder, 'root'));
    const workspace = openWorkspace({ root: join(folder, 'root'), capabilities: UNTRUSTED });
    expect(await workspace.read('linked/cases.jsonl')).toMatchObject({ ok: true, text: '{}' });
    expect(workspace.relative(join(folder, 'root', 'a'))).toBe('a');
    expect(workspace.relative(join(folder, 'real', 'a'))).toBe('a');
  });

  it('reads a hard link as the file it is, a lying size as far as it goes', async () => {
    const folder = temporaryFolder({ 'a.txt': 'a' });
    linkSync(join(folder, 'a.txt'), join(folder, 'b.txt'));
    expect(await openWorkspace({ root: folder, capabilities: UNTRUSTED }).read('b.txt')).toMatchObject({ ok: true, text: 'a' });
    const proc = openWorkspace({ root: '/proc', capabilities: UNTRUSTED });
    expect(await proc.read('version')).toMatchObject({ ok: true, size: 0, text: expect.stringContaining('Linux') });
  });
});

describe('names that Windows gives to devices', () => {
  it.each(['CON', 'nul', 'a/NUL.txt', 'com1', 'LPT9.yml', 'aux .x', 'a:stream', 'dot.', 'space ', 'x*', 'conin$'])('%s', (path) => {
    expect(confinePath(path, 'win32')).toBeUndefined();
  });
  it.each(['console', 'nullable.yml', 'com10', 'a/.hidden', 'triage.prompt.yml@model'])('%s is a plain name', (path) => {
    expect(confinePath(path, 'win32')).toBe(path);
  });
});
