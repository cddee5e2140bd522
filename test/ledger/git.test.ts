import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitUser } from '../../ledger/git/gitUser.ts';
import { openVersion, resolveVersion } from '../../ledger/git/gitVersion.ts';
import { runGit } from '../../ledger/git/runGit.ts';
import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';

let top: string;
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', top, '-c', 'user.name=Ada', '-c', 'user.email=a@example.org', ...args], { encoding: 'utf8' }).trim();

beforeEach(() => {
  top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'evenkeel-git-')));
  git('init', '-q', '-b', 'main');
  fs.mkdirSync(path.join(top, 'prompts'));
  write('prompts/a.prompt.yml', 'one\n');
  write('prompts/evenkeel.yml', 'defaults: { model: old/model }\n');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('tag', 'v1');
  write('prompts/a.prompt.yml', 'two\n');
  write('prompts/evenkeel.yml', 'defaults: { model: new/model }\n');
});

afterEach(() => fs.rmSync(top, { recursive: true, force: true }));

function write(file: string, text: string): void {
  fs.writeFileSync(path.join(top, file), text);
}

const workspace = () => openWorkspace({ root: path.join(top, 'prompts'), capabilities: TRUSTED });

describe('a version of the folder', () => {
  it('is read from the commit, evenkeel.yml from the working copy', async () => {
    const here = workspace();
    const version = await resolveVersion(here, 'v1');
    expect(version).toMatchObject({ commit: git('rev-parse', 'v1'), short: git('rev-parse', '--short', 'v1') });
    expect(Date.parse(version.at)).toBeGreaterThan(0);
    const old = openVersion(here, version);
    expect(await old.read('a.prompt.yml')).toMatchObject({ ok: true, text: 'one\n' });
    expect(await old.read('evenkeel.yml')).toMatchObject({ ok: true, text: expect.stringContaining('new/model') });
    expect(await here.read('a.prompt.yml')).toMatchObject({ ok: true, text: 'two\n' });
  });

  it('has the files of the commit that fit a pattern, not those of the working copy', async () => {
    write('prompts/b.prompt.yml', 'new\n');
    const here = workspace();
    const version = await resolveVersion(here, 'v1');
    const old = openVersion(here, version);
    expect(await old.matching('x.yaml', '*.prompt.yml')).toEqual({ ok: true, paths: ['a.prompt.yml'] });
    expect(await old.matching('x.yaml', '../*.yml')).toMatchObject({ ok: false, reason: 'outside' });
    expect(await here.matching('x.yaml', '*.prompt.yml')).toEqual({ ok: true, paths: ['a.prompt.yml', 'b.prompt.yml'] });
  });

  it('says what is not there, is a folder, is not text or leads outside', async () => {
    fs.mkdirSync(path.join(top, 'prompts/folder'));
    write('prompts/folder/x.txt', 'x');
    fs.writeFileSync(path.join(top, 'prompts/bytes'), Buffer.from([0xff, 0xfe, 0x00]));
    git('add', '.');
    git('commit', '-qm', 'second');
    const here = workspace();
    const head = openVersion(here, await resolveVersion(here, 'HEAD'));
    expect(await head.read('none.yml')).toMatchObject({ ok: false, reason: 'missing' });
    expect(await head.read('folder')).toMatchObject({ ok: false, reason: 'notAFile' });
    expect(await head.read('bytes')).toMatchObject({ ok: false, reason: 'notText' });
    expect(await head.read('../secret')).toMatchObject({ ok: false, reason: 'outside' });
  });

  it.each([
    ['nope', /git knows no version “nope”\. Name a branch, a tag or a commit\./],
    ['--upload-pack=touch x', /git knows no version/],
    ['', /git knows no version/],
  ])('refuses %j with what to do', async (ref, message) => {
    await expect(resolveVersion(workspace(), ref)).rejects.toThrow(message);
  });

  it('tells a shallow clone and a folder without git apart', async () => {
    git('commit', '-qam', 'second');
    const clone = path.join(top, 'clone');
    git('clone', '-q', '--depth', '1', `file://${top}`, clone);
    await expect(resolveVersion(openWorkspace({ root: clone, capabilities: TRUSTED }), 'HEAD~1')).rejects.toThrow(/shallow.*--unshallow/);
    const bare = fs.mkdtempSync(path.join(os.tmpdir(), 'evenkeel-nogit-'));
    await expect(resolveVersion(openWorkspace({ root: bare, capabilities: TRUSTED }), 'HEAD')).rejects.toThrow(/in no git repository/);
    fs.rmSync(bare, { recursive: true });
  });
});

describe('git', () => {
  it('runs nothing that the repository names', async () => {
    const marker = path.join(top, 'ran');
    for (const [key, value] of [
      ['core.fsmonitor', `touch ${marker}; false`],
      ['diff.external', `touch ${marker}`],
      ['core.pager', `touch ${marker}`],
      ['core.sshCommand', `touch ${marker}`],
      ['diff.evil.textconv', `touch ${marker}; cat`],
    ] as const)
      git('config', key, value);
    write('.gitattributes', '*.yml diff=evil\n');
    const here = workspace();
    const head = await resolveVersion(here, 'HEAD');
    await openVersion(here, head).read('a.prompt.yml');
    await runGit(here.root, TRUSTED, ['status', '--porcelain']);
    expect(fs.existsSync(marker)).toBe(false);
  });

  it('is not asked in a folder that is not trusted', async () => {
    await expect(runGit(top, UNTRUSTED, ['status'])).rejects.toThrow(/not trusted/);
  });

  it('passes no key of the environment on', async () => {
    process.env['OPENAI_API_KEY'] = 'sk-canary';
    try {
      const { out } = await runGit(top, TRUSTED, ['-c', 'alias.env=!env', 'env']);
      expect(out.toString()).toContain('GIT_TERMINAL_PROMPT=0');
      expect(out.toString()).not.toContain('sk-canary');
    } finally {
      delete process.env['OPENAI_API_KEY'];
    }
  });

  it('tells who works here', async () => {
    git('config', 'user.name', 'Ada Lovelace');
    expect(await gitUser(workspace())).toBe('Ada Lovelace');
    expect(await gitUser({ root: top, capabilities: UNTRUSTED })).not.toBe('');
  });
});
