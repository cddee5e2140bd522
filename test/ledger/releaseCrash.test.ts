import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, loadPrompt, recordTested } from '../../ledger/index.ts';
import { encodeLock } from '../../prompts-schema/index.ts';
import type { Bump } from '../../protocol/index.ts';
import { type FileSystem, nodeFileSystem } from '../../workspace/index.ts';
import { testedWith } from '../support/releases.ts';
import { type Fault, faultyFileSystem } from '../workspace/faultyFileSystem.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { LOCK, lockOf, PROMPT, promptText, release, textOf, versionsIn, workspaceOf } from './releaseRoot.ts';

removeTemporaryFolders();

/** The real disk without its waits. */
const HASTY: FileSystem = {
  ...nodeFileSystem,
  create: async (path, mode) => ({ ...(await nodeFileSystem.create(path, mode)), sync: async () => {} }),
  syncFolder: async () => {},
};
const REOPENED = { fileSystem: HASTY };

const OLD = promptText('one', 'name: Triage\nversion: 1.0.0\n');
const EDITED = promptText('two', 'name: Triage\nversion: 1.0.0\n');
const RELEASED = promptText('two', 'name: Triage\nversion: 1.1.0\n');

/** A root whose prompt was released as 1.0.0 and edited since. */
async function edited(): Promise<string> {
  const root = temporaryFolder({ [PROMPT]: OLD });
  await release(root, 'asWritten', REOPENED);
  writeFileSync(join(root, PROMPT), EDITED);
  return root;
}

function copyOf(root: string): string {
  const copy = temporaryFolder();
  cpSync(root, copy, { recursive: true });
  return copy;
}

/** `0` or `1` for the prompt, `0` or `1` for the lock: what of a release of 1.1.0 is there. Anything else than old or new fails. */
function stateOf(root: string): string {
  const prompt = [EDITED, RELEASED].indexOf(textOf(root, PROMPT) ?? '');
  const lock = ['1.0.0', '1.0.0 1.1.0'].indexOf(versionsIn(root));
  expect([prompt, lock], root).not.toContain(-1);
  return `${prompt}${lock}`;
}

/** The lock of a process that died would be taken over at once; here it is one of a living one, of the tests themselves. */
function forgetLocks(root: string): void {
  rmSync(join(root, '.evenkeel/locks'), { recursive: true, force: true });
}

async function attempt(root: string, bump: Bump, faultAt: Parameters<typeof faultyFileSystem>[0]): Promise<unknown> {
  return release(root, bump, { fileSystem: faultyFileSystem(faultAt).fileSystem })
    .then(
      () => undefined,
      (error: unknown) => error,
    )
    .finally(() => forgetLocks(root));
}

async function stepsOf(root: string): Promise<readonly string[]> {
  const { fileSystem, steps } = faultyFileSystem(() => undefined);
  await release(copyOf(root), 'minor', { fileSystem });
  return [...steps];
}

describe('a release', () => {
  it('that dies at any step leaves whole files, and the next one completes it under the same version', async () => {
    const start = await edited();
    const steps = await stepsOf(start);
    const seen: Record<string, number> = {};
    const deaths = steps.flatMap((name, at): [number, Fault][] =>
      name === 'write'
        ? [
            [at, 'crash'],
            [at, 'crashAfterHalf'],
          ]
        : [[at, 'crash']],
    );
    for (const [at, fault] of deaths) {
      const root = copyOf(start);
      const error = await attempt(root, 'minor', (step) => (step === at ? fault : undefined));
      const state = stateOf(root);
      seen[state] = (seen[state] ?? 0) + 1;
      if (error === undefined) expect(state, `acknowledged at step ${at}: ${steps[at]}`).toBe('11');
      if (state !== '11')
        expect(await release(root, 'minor', REOPENED)).toMatchObject({
          version: '1.1.0',
          message: expect.stringMatching(/^Released 1\.1\.0\./),
        });
      expect(stateOf(root), `${fault} at step ${at}: ${steps[at]}`).toBe('11');
      await expect(release(root, 'minor', REOPENED)).rejects.toThrow('Nothing to release');
    }
    expect(seen['00']).toBeGreaterThan(5);
    expect(seen['10']).toBeGreaterThan(3);
    expect(seen['11']).toBeGreaterThan(1);
    expect(seen['01']).toBeUndefined();
  }, 60_000);

  it('that died is completed by a smaller or a larger bump, or as written, too', async () => {
    const start = await edited();
    writeFileSync(join(start, PROMPT), RELEASED);
    for (const [bump, version] of [
      ['patch', '1.1.0'],
      ['minor', '1.1.0'],
      ['asWritten', '1.1.0'],
      ['major', '2.0.0'],
    ] as const)
      expect((await release(copyOf(start), bump, REOPENED)).version, bump).toBe(version);
  });

  it('whose version a prompt file lost, or never got, is finished', async () => {
    const start = await edited();
    await release(start, 'minor', REOPENED);
    for (const head of ['name: Triage\n', 'name: Triage\nversion: 1.0.0\n', 'name: Triage\nversion: draft\n']) {
      const root = copyOf(start);
      writeFileSync(join(root, PROMPT), promptText('two', head));
      expect(await release(root, 'patch', REOPENED)).toMatchObject({
        version: '1.1.0',
        files: [PROMPT],
        message: expect.stringContaining('the file names it now'),
      });
      expect(stateOf(root)).toBe('11');
    }
  });

  it('on a disk that fails at any step changes nothing, or leaves what the next one completes', async () => {
    const start = await edited();
    const steps = await stepsOf(start);
    let failed = 0;
    for (const [at, name] of steps.entries()) {
      const root = copyOf(start);
      const code = ['ENOSPC', 'EROFS', 'EIO'][at % 3] ?? '';
      const error = await attempt(root, 'minor', (step) => (step === at ? { code } : undefined));
      const state = stateOf(root);
      if (error === undefined) {
        expect(state, `step ${at}: ${name}`).toBe('11');
        continue;
      }
      failed++;
      expect(error, `step ${at}: ${name}`).toMatchObject({ name: 'UserError' });
      if (state !== '00') expect((error as Error).message).toContain('the disk reports an error'); // replaced, and it may not last
      if (state !== '11') expect((await release(root, 'minor', REOPENED)).version).toBe('1.1.0');
      expect(stateOf(root)).toBe('11');
      expect(readdirSync(join(root, 'prompts')).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    }
    expect(failed).toBeGreaterThan(8);
  }, 60_000);

  it('does not overwrite a prompt or a lock file that somebody changed meanwhile', async () => {
    for (const [path, name] of [
      [PROMPT, 'triage.prompt.yml.'],
      [LOCK, 'triage.prompt.yml.lock.'],
    ] as const) {
      const root = await edited();
      const theirs = path === PROMPT ? promptText('theirs') : encodeLock({ releases: [] });
      let done = false;
      const error = await attempt(root, 'minor', (_, step, at) => {
        if (!done && step === 'create' && at.includes(`/.${name}`) && at.endsWith('.tmp')) {
          done = true;
          writeFileSync(join(root, path), theirs);
        }
        return undefined;
      });
      expect(done, path).toBe(true);
      expect(error, path).toMatchObject({ code: 'conflict' });
      expect(textOf(root, path)).toBe(theirs);
      if (path === LOCK)
        expect(textOf(root, PROMPT)).toBe(EDITED); // taken back
      else expect(versionsIn(root)).toBe('1.0.0');
    }
  });
});

it('a test that is noted while the process dies is noted or not, and noting it again is noting it once', async () => {
  const start = await edited();
  await release(start, 'minor', REOPENED);
  const { document, facts } = await loadPrompt(workspaceOf(start), PROMPT);
  const { fingerprint } = fingerprintOf(document, facts);
  const test = testedWith('sandbox/small', { how: 'review' });
  const note = (root: string, fileSystem: FileSystem) => recordTested(workspaceOf(root), PROMPT, { fingerprint }, test, { fileSystem });
  const { fileSystem, steps } = faultyFileSystem(() => undefined);
  await note(copyOf(start), fileSystem);
  const found = new Set<number>();
  for (const at of steps.keys()) {
    const root = copyOf(start);
    await note(root, faultyFileSystem((step) => (step === at ? 'crash' : undefined)).fileSystem).catch(() => {});
    forgetLocks(root);
    const before = lockOf(root).releases.at(-1)?.tested.length ?? -1;
    found.add(before);
    const again = await note(root, HASTY);
    expect(again, `step ${at}: ${steps[at]}`).toEqual(before ? undefined : { version: '1.1.0', path: LOCK });
    expect(lockOf(root).releases.at(-1)?.tested).toEqual([test]);
  }
  expect([...found].sort()).toEqual([0, 1]);
}, 30_000);
