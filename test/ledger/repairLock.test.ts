import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRunStore, repairLock, updateHistory } from '../../ledger/index.ts';
import { encodeLock, type Release } from '../../prompts-schema/index.ts';
import type { ReleaseResult } from '../../protocol/index.ts';
import { releaseOf, testedWith } from '../support/releases.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { attempt, casesRecord, ended, output, runRecord, scored } from './journalRecords.ts';
import { LOCK, lockOf, PROMPT, promptText, release, TODAY, textOf, workspaceOf } from './releaseRoot.ts';

removeTemporaryFolders();

const HEAD = 'name: Triage\njsonSchema: { file: ./a.json }\n';

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', root, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
    encoding: 'utf8',
    env: { ...process.env, GIT_AUTHOR_DATE: '2026-11-10T12:00:00Z', GIT_COMMITTER_DATE: '2026-11-10T12:00:00Z' },
  }).trim();
}

function commit(root: string, message: string, files: Readonly<Record<string, string>> = {}): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', message);
}

/** A repository in which the prompt was released as 1.0.0, 1.1.0 and 1.2.0, each with its lock in the same commit. */
async function repository(): Promise<string> {
  const root = temporaryFolder({
    [PROMPT]: promptText('one', `version: 1.0.0\n${HEAD}`),
    'prompts/a.json': '{"type":"object"}',
    '.gitignore': '.evenkeel\n',
  });
  git(root, 'init', '-q', '-b', 'main');
  await release(root, 'asWritten');
  commit(root, 'first');
  for (const words of ['two', 'three']) {
    writeFileSync(join(root, PROMPT), (textOf(root, PROMPT) ?? '').replace(/content: .*/, `content: ${words}`));
    await release(root, 'minor');
    commit(root, words);
  }
  return root;
}

async function repair(root: string, promptId = PROMPT): Promise<ReleaseResult> {
  const workspace = workspaceOf(root);
  return repairLock({ workspace, store: createRunStore(workspace), today: TODAY, historyOf: updateHistory }, promptId);
}

/** Changes the lock file as an editor would. */
function edit(root: string, change: (text: string) => string, path = LOCK): void {
  const text = textOf(root, path) ?? '';
  const changed = change(text);
  if (changed === text) throw new Error('nothing was changed');
  writeFileSync(join(root, path), changed);
}

const blockOf = (release: Release): string => encodeLock({ releases: [release] }).split(/^(?= {2}- )/m)[1] ?? '';

describe('a lock file that was edited by hand', () => {
  it('keeps what is sealed, and has the rest from the commit in which the version began', async () => {
    const root = await repository();
    const before = lockOf(root).releases;
    commit(root, 'a later edit under the same version', { [PROMPT]: (textOf(root, PROMPT) ?? '').replace('three', 'four') });
    edit(root, (text) => text.replace(/(version: 1\.2\.0\n {4}fingerprint: ek1:)..../, '$10000'));
    const result = await repair(root);
    expect(result).toEqual({ tested: [], files: [LOCK], message: `Repaired ${LOCK}: kept 2 releases, made 1.2.0 anew from git.` });
    expect(lockOf(root).releases).toEqual(
      before
        .map((one) => (one.version === '1.2.0' ? { ...one, released: '2026-11-10' } : one))
        .sort((a, b) => (a.released < b.released ? -1 : 1)),
    );
    expect(await repair(root)).toMatchObject({ files: [], message: expect.stringContaining('nothing to repair') });
  });

  it('has the hashes of the files as they were, by their bytes', async () => {
    const root = await repository();
    const old = git(root, 'rev-parse', 'HEAD~2');
    edit(root, (text) => text.replace('released: 2026-11-22', 'released: 2026-11-01'));
    commit(root, 'the schema changed since', { 'prompts/a.json': '\uFEFF{ "type": "array" }\r\n' });
    await repair(root);
    const bytes = (path: string): Buffer => execFileSync('git', ['-C', root, 'cat-file', 'blob', `${old}:${path}`]);
    const sum = (path: string): string => createHash('sha256').update(bytes(path)).digest('hex');
    expect(lockOf(root).releases.find(({ version }) => version === '1.0.0')?.files).toEqual({
      'a.json': sum('prompts/a.json'),
      'triage.prompt.yml': sum(PROMPT),
    });
  });

  it('names the tests that nothing vouches for', async () => {
    const root = await repository();
    const { releases } = lockOf(root);
    const tests = [testedWith('openai/gpt-6-luna'), testedWith('sandbox/small')];
    writeFileSync(
      join(root, LOCK),
      encodeLock({ releases: releases.map((one) => (one.version === '1.1.0' ? { ...one, tested: tests } : one)) }).replace(
        'passed: 41',
        'passed: 50',
      ),
    );
    expect((await repair(root)).message).toContain(
      'Tests that nothing vouches for are gone: 1.1.0 with openai/gpt-6-luna; 1.1.0 with sandbox/small.',
    );
    expect(lockOf(root).releases.flatMap(({ tested }) => tested)).toEqual([]);
  });

  it('does not call a test gone that a stored eval says again', async () => {
    const root = await repository();
    const [newest] = lockOf(root).releases.slice(-1);
    const writer = await createRunStore(workspaceOf(root)).create('20261121-100000-aaaaaa');
    for (const record of [
      runRecord('20261121-100000-aaaaaa', 1, { promptId: PROMPT, fingerprint: newest?.fingerprint ?? '' }),
      casesRecord('a'),
      attempt('a'),
      output('a'),
      scored('a'),
      ended('finished', { cases: 1, passed: 1 }),
    ])
      await writer.append(record);
    await writer.close();
    await release(root, 'asWritten');
    const before = lockOf(root).releases.map(({ version, tested }) => [version, tested]);
    edit(root, (text) => text.replace('passed: 1', 'passed: 0'));
    expect((await repair(root)).message).toBe(`Repaired ${LOCK}: kept 2 releases, made 1.2.0 anew from git.`);
    expect(
      lockOf(root)
        .releases.map(({ version, tested }) => [version, tested])
        .sort(),
    ).toEqual(before);
  });

  it('loses, and names, a release that git does not know', async () => {
    const root = await repository();
    edit(root, (text) => `${text}${blockOf(releaseOf('9.0.0')).replace('2026-11-20', '2026-11-21')}`);
    expect((await repair(root)).message).toBe(`Repaired ${LOCK}: kept 3 releases. Not found in git, and gone: 9.0.0.`);
    expect(lockOf(root).releases.map(({ version }) => version)).toEqual(['1.0.0', '1.1.0', '1.2.0']);
  });

  it('says that a shallow clone may be why', async () => {
    const whole = await repository();
    const root = join(temporaryFolder(), 'clone');
    git(whole, 'clone', '-q', '--depth', '1', `file://${whole}`, root);
    edit(root, (text) => text.replace(/(version: 1\.0\.0\n {4}fingerprint: ek1:)..../, '$10000'));
    expect((await repair(root)).message).toMatch(/kept 2 releases\. Not found in git, and gone: 1\.0\.0\. The clone is shallow/);
  });

  it('follows the prompt through a rename', async () => {
    const root = await repository();
    git(root, 'mv', PROMPT, 'prompts/other.prompt.yml');
    git(root, 'mv', LOCK, 'prompts/other.prompt.yml.lock');
    commit(root, 'renamed');
    const path = 'prompts/other.prompt.yml.lock';
    writeFileSync(join(root, path), (textOf(root, path) ?? '').replace(/(version: 1\.0\.0\n {4}fingerprint: ek1:)..../, '$10000'));
    const workspace = workspaceOf(root);
    await repairLock({ workspace, store: createRunStore(workspace), today: TODAY, historyOf: updateHistory }, 'prompts/other.prompt.yml');
    expect(lockOf(root, path).releases).toMatchObject([{ version: '1.0.0', files: { 'triage.prompt.yml': expect.any(String) } }, {}, {}]);
  });
});

describe('the lock file of a file of several prompts', () => {
  it('is repaired as a whole, whether one of them is named or none', async () => {
    const file = 'promptfooconfig.yaml';
    const prompts = 'prompts:\n  - { id: a, label: first, raw: Say one. }\n  - { id: b, label: second, raw: Say two. }\n';
    const root = temporaryFolder({
      [file]: `${prompts}providers: [openai:gpt-5]\nevenkeel: { versions: { first: 1.0.0, second: 2.0.0 } }\n`,
    });
    git(root, 'init', '-q', '-b', 'main');
    for (const name of ['first', 'second']) await release(root, 'asWritten', { promptId: `${file}#${name}` });
    commit(root, 'both');
    const before = lockOf(root, `${file}.lock`).releases;
    for (const promptId of [`${file}#first`, file]) {
      edit(root, (text) => text.replaceAll(/(fingerprint: ek1:)..../g, '$10000'), `${file}.lock`);
      expect((await repair(root, promptId)).message).toBe(`Repaired ${file}.lock: kept 0 releases, made 1.0.0, 2.0.0 anew from git.`);
      expect(lockOf(root, `${file}.lock`).releases).toEqual(before.map((one) => ({ ...one, released: '2026-11-10' })));
    }
  });
});

describe('a lock file that cannot be read', () => {
  it('is made of the releases that are whole, and of git', async () => {
    const root = await repository();
    const before = lockOf(root).releases.map(({ version, fingerprint }) => [version, fingerprint]);
    edit(root, (text) => text.replace('formatVersion: 1', '}{').replace('version: 1.1.0', 'version: [1.1.0'));
    expect((await repair(root)).message).toBe(`Repaired ${LOCK}: kept 2 releases, made 1.1.0 anew from git.`);
    expect(
      lockOf(root)
        .releases.map(({ version, fingerprint }) => [version, fingerprint])
        .sort(),
    ).toEqual(before);
  });

  it('is made of git alone where nothing of it is whole', async () => {
    const root = await repository();
    const before = lockOf(root).releases.map(({ version, fingerprint }) => [version, fingerprint]);
    writeFileSync(join(root, LOCK), 'oh no\n');
    expect((await repair(root)).message).toBe(`Repaired ${LOCK}: kept 0 releases, made 1.0.0, 1.1.0, 1.2.0 anew from git.`);
    expect(lockOf(root).releases.map(({ version, fingerprint }) => [version, fingerprint])).toEqual(before);
  });

  it('is repaired without git as far as it is whole, and left alone where that is nothing', async () => {
    const root = temporaryFolder({ [PROMPT]: promptText('one'), [LOCK]: `${encodeLock({ releases: [releaseOf('1.0.0')] })}  - [\n` });
    expect((await repair(root)).message).toMatch(/kept one release\. Git could not be asked: ./);
    writeFileSync(join(root, LOCK), 'oh no\n');
    await expect(repair(root)).rejects.toThrow(/Nothing in .* is sealed, and git cannot be asked: ./);
    expect(textOf(root, LOCK)).toBe('oh no\n');
  });

  it('of a newer format is left as it is', async () => {
    const root = temporaryFolder({ [PROMPT]: promptText('one'), [LOCK]: 'formatVersion: 2\nreleases: {\n' });
    await expect(repair(root)).rejects.toThrow('Update Evenkeel');
    expect(textOf(root, LOCK)).toBe('formatVersion: 2\nreleases: {\n');
  });

  it('that is not there is not made', async () => {
    await expect(repair(temporaryFolder({ [PROMPT]: promptText('one') }))).rejects.toThrow(/There is no .*\.lock to repair/);
  });
});

describe('a lock file in conflict', () => {
  it('as git leaves it when two branches release is merged, prompt by prompt', async () => {
    const root = await repository();
    git(root, 'checkout', '-qb', 'feature', 'HEAD~1');
    writeFileSync(join(root, PROMPT), (textOf(root, PROMPT) ?? '').replace('two', 'feature'));
    await release(root, 'major', { today: '2026-11-23' });
    commit(root, 'feature');
    git(root, 'checkout', '-q', 'main');
    expect(() => git(root, 'merge', 'feature')).toThrow();
    expect(textOf(root, LOCK)).toContain('<<<<<<<');
    expect((await repair(root)).message).toBe(`Merged both sides of ${LOCK}: 4 releases.`);
    expect(lockOf(root).releases.map(({ version }) => version)).toEqual(['1.0.0', '1.1.0', '1.2.0', '2.0.0']);
  });

  it('over one version keeps the prompt that git has under it, and names the other', async () => {
    const root = await repository();
    const { releases } = lockOf(root);
    const theirs = releaseOf('1.2.0', { of: 'theirs' });
    const [ours] = releases.slice(-1);
    if (!ours) throw new Error('no release');
    const head = encodeLock({ releases: releases.slice(0, -1) });
    writeFileSync(join(root, LOCK), `${head}<<<<<<< HEAD\n${blockOf(ours)}=======\n${blockOf(theirs)}>>>>>>> feature\n`);
    expect((await repair(root)).message).toBe(
      `Repaired ${LOCK}: kept 3 releases. Left out, because git has another prompt under that version: 1.2.0 (${theirs.fingerprint.slice(0, 16)}…).`,
    );
    expect(lockOf(root).releases).toEqual(releases);
  });

  it('over one version that git does not know is left to a person', async () => {
    const root = await repository();
    const [a, b] = [releaseOf('3.0.0', { of: 'a' }), releaseOf('3.0.0', { of: 'b' })];
    edit(root, (text) => `${text}<<<<<<< HEAD\n${blockOf(a)}=======\n${blockOf(b)}>>>>>>> feature\n`);
    const before = textOf(root, LOCK);
    await expect(repair(root)).rejects.toThrow(/Two different prompts were released as 3\.0\.0, and git has neither/);
    expect(textOf(root, LOCK)).toBe(before);
  });
});
