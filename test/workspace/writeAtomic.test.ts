import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TRUSTED, UNTRUSTED, UserError } from '../../safety/index.ts';
import { ensureStateFolder, type FileSystem, hashText, nodeFileSystem, writeAtomic } from '../../workspace/index.ts';
import { type Fault, faultyFileSystem } from './faultyFileSystem.ts';
import { removeTemporaryFolders, temporaryFolder } from './temporaryFolder.ts';

removeTemporaryFolders();

const FILE = 'a.json';
const OLD = 'old\n'.repeat(50);
const NEW = 'new\n'.repeat(70);
const trusted = (root: string) => ({ root, capabilities: TRUSTED });
const inRoot = (root: string) => readFileSync(join(root, FILE), 'utf8');
const left = (root: string) => readdirSync(root).filter((name) => name.endsWith('.tmp'));
const errorOf = async (promise: Promise<unknown>): Promise<UserError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${String(error)}`);
  return error;
};

describe('writing a file', () => {
  it('replaces it, keeps its permissions and leaves nothing beside it', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, FILE), OLD, { mode: 0o600 });
    expect(await writeAtomic(trusted(root), FILE, NEW, { expectedHash: hashText(OLD) })).toBe(hashText(NEW));
    expect(inRoot(root)).toBe(NEW);
    expect(readdirSync(root).sort()).toEqual(['.evenkeel', FILE]);
    expect(readdirSync(join(root, '.evenkeel', 'locks'))).toEqual([]);
    if (process.platform !== 'win32') expect(statSync(join(root, FILE)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['another text', OLD, hashText('something else'), 'was changed by someone else'],
    ['a file where none may be', OLD, null, 'exists already'],
    ['no file where one must be', undefined, hashText(OLD), 'was changed by someone else'],
  ])('refuses %s', async (_, now, expectedHash, message) => {
    const root = temporaryFolder(now === undefined ? {} : { [FILE]: now });
    const error = await errorOf(writeAtomic(trusted(root), FILE, NEW, { expectedHash }));
    expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining(message) });
    expect(existsSync(join(root, FILE)) ? inRoot(root) : undefined).toBe(now);
    expect(left(root)).toEqual([]);
  });

  it('takes a byte-order mark for what reading takes it for', async () => {
    const root = temporaryFolder({ [FILE]: `\uFEFF${OLD}` });
    await writeAtomic(trusted(root), FILE, NEW, { expectedHash: hashText(OLD) });
    expect(inRoot(root)).toBe(NEW);
  });

  it('needs the capability', async () => {
    const root = temporaryFolder({ [FILE]: OLD });
    expect(await errorOf(writeAtomic({ root, capabilities: UNTRUSTED }, FILE, NEW))).toMatchObject({ code: 'untrusted' });
    expect(await errorOf(ensureStateFolder({ root, capabilities: UNTRUSTED }))).toMatchObject({ code: 'untrusted' });
    expect(readdirSync(root)).toEqual([FILE]);
  });

  it.each(['../x.json', '/tmp/x.json', 'linked/x.json', 'out.json', '.', 'C:x'])('does not write to %s outside the root', async (path) => {
    const folder = temporaryFolder({ 'root/a': '', 'outside/target.json': OLD });
    symlinkSync('../outside', join(folder, 'root', 'linked'));
    symlinkSync('../outside/target.json', join(folder, 'root', 'out.json'));
    const error = await errorOf(writeAtomic(trusted(join(folder, 'root')), path, NEW));
    expect(error.message).toContain('leads outside the folder');
    expect(readdirSync(join(folder, 'outside'))).toEqual(['target.json']);
    expect(readFileSync(join(folder, 'outside', 'target.json'), 'utf8')).toBe(OLD);
  });

  it('goes through a link that stays inside', async () => {
    const root = temporaryFolder({ 'x/real.json': OLD });
    symlinkSync('x/real.json', join(root, FILE));
    await writeAtomic(trusted(root), FILE, NEW, { expectedHash: hashText(OLD) });
    expect(readFileSync(join(root, 'x/real.json'), 'utf8')).toBe(NEW);
  });

  it('says that a folder is missing', async () => {
    const error = await errorOf(writeAtomic(trusted(temporaryFolder()), 'nowhere/a.json', NEW));
    expect(error.message).toContain('Create the folder first');
  });
});

describe('a fault at any step', () => {
  const faults: Readonly<Record<string, Fault>> = {
    'the process dies': 'crash',
    'the process dies after half a write': 'crashAfterHalf',
    'the disk is full': { code: 'ENOSPC' },
    'the disk fails': { code: 'EIO' },
    'too many files are open': { code: 'EMFILE' },
    'a write is short': 'half',
  };
  it.each(Object.entries(faults).flatMap(([name, fault]) => [[name, fault, OLD] as const, [name, fault, undefined] as const]))(
    'when %s leaves the old text or the new one',
    async (_, fault, before) => {
      let outcomes = 0;
      for (let step = 0; ; step++) {
        const root = temporaryFolder(before === undefined ? {} : { [FILE]: before });
        const { fileSystem, steps } = faultyFileSystem((at) => (at === step ? fault : undefined));
        const expectedHash = before === undefined ? null : hashText(before);
        const done = await writeAtomic(trusted(root), FILE, NEW, { expectedHash, fileSystem, wait: async () => {} }).then(
          () => 'done',
          (error: unknown) => error,
        );
        const now = existsSync(join(root, FILE)) ? inRoot(root) : undefined;
        expect([before, NEW], `after step ${step} (${steps[step]})`).toContain(now);
        if (done === 'done') expect(now).toBe(NEW);
        else if (typeof fault === 'object') expect(done, `what is said of step ${step}`).toBeInstanceOf(UserError);
        outcomes++;
        const second = await writeAtomic(trusted(root), FILE, 'third', {
          patienceMs: 20,
          expectedHash: now === undefined ? null : hashText(now),
        });
        expect(second, `again after step ${step}`).toBe(hashText('third'));
        if (steps.length <= step) break;
      }
      expect(outcomes).toBeGreaterThan(8);
    },
    30_000,
  );
});

describe('a file that another program holds', () => {
  const renameFails = (times: number, code: string): FileSystem => {
    let failures = 0;
    const rename: FileSystem['rename'] = async (from, to) => {
      if (failures++ < times) throw Object.assign(new Error(code), { code });
      await nodeFileSystem.rename(from, to);
    };
    return { ...nodeFileSystem, rename };
  };

  it.each([1, 5, 9])('is replaced after %i refusals', async (times) => {
    const root = temporaryFolder({ [FILE]: OLD });
    const waits: number[] = [];
    const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
    await writeAtomic(trusted(root), FILE, NEW, { expectedHash: hashText(OLD), fileSystem: renameFails(times, 'EPERM'), wait });
    expect(inRoot(root)).toBe(NEW);
    expect(waits).toHaveLength(times);
    expect(waits[0]).toBe(10);
  });

  it('is left alone after ten, and the message names the file that has the new text', async () => {
    const root = temporaryFolder({ [FILE]: OLD });
    const error = await errorOf(writeAtomic(trusted(root), FILE, NEW, { fileSystem: renameFails(10, 'EBUSY'), wait: async () => {} }));
    expect(inRoot(root)).toBe(OLD);
    const [temporary] = left(root);
    expect(error.message).toContain(join(root, temporary ?? 'none'));
    expect(readFileSync(join(root, temporary ?? ''), 'utf8')).toBe(NEW);
  });

  it('is not replaced when it changed during the wait', async () => {
    const root = temporaryFolder({ [FILE]: OLD });
    const wait = async (): Promise<void> => writeFileSync(join(root, FILE), 'theirs');
    const error = await errorOf(
      writeAtomic(trusted(root), FILE, NEW, { expectedHash: hashText(OLD), fileSystem: renameFails(1, 'EACCES'), wait }),
    );
    expect(error.code).toBe('conflict');
    expect(inRoot(root)).toBe('theirs');
    expect(left(root)).toEqual([]);
  });
});

describe('two at once', () => {
  it('lose no update: every increment is in, each loser is told', async () => {
    const root = temporaryFolder({ [FILE]: '0' });
    let conflicts = 0;
    const increment = async (): Promise<void> => {
      for (let done = 0; done < 25; ) {
        const text = inRoot(root);
        try {
          await writeAtomic(trusted(root), FILE, String(Number(text) + 1), { expectedHash: hashText(text) });
          done++;
        } catch (error) {
          if (!(error instanceof UserError && error.code === 'conflict')) throw error;
          conflicts++;
        }
      }
    };
    await Promise.all([increment(), increment(), increment(), increment()]);
    expect(inRoot(root)).toBe('100');
    expect(conflicts).toBeGreaterThan(0);
    expect(left(root)).toEqual([]);
  });

  it('take over the lock of a process that died', async () => {
    const root = temporaryFolder({ [FILE]: OLD });
    const { fileSystem } = faultyFileSystem((_, name) => (name === 'rename' ? 'crash' : undefined));
    await writeAtomic(trusted(root), FILE, NEW, { expectedHash: hashText(OLD), fileSystem }).catch(() => {});
    const [lock] = readdirSync(join(root, '.evenkeel', 'locks'));
    const path = join(root, '.evenkeel', 'locks', lock ?? '');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, '4194999')); // above the largest pid of Linux
    await writeAtomic(trusted(root), FILE, NEW, { expectedHash: hashText(OLD) });
    expect(inRoot(root)).toBe(NEW);
  });
});

describe('the state folder', () => {
  it('ignores itself', async () => {
    const root = temporaryFolder();
    expect(await ensureStateFolder(trusted(root), ['runs', 'x'])).toBe(join(root, '.evenkeel', 'runs', 'x'));
    await ensureStateFolder(trusted(root), ['runs', 'x']);
    expect(readFileSync(join(root, '.evenkeel', '.gitignore'), 'utf8')).toBe('*\n');
  });

  it.each([
    ['a link', (root: string) => symlinkSync('../outside', join(root, '.evenkeel'))],
    ['a file', (root: string) => writeFileSync(join(root, '.evenkeel'), '')],
    [
      'a link further down',
      (root: string) => {
        mkdirSync(join(root, '.evenkeel'));
        symlinkSync('../../outside', join(root, '.evenkeel', 'runs'));
      },
    ],
  ])('is not %s', async (_, make) => {
    const folder = temporaryFolder({ 'root/a': '', 'outside/b': '' });
    make(join(folder, 'root'));
    const error = await errorOf(ensureStateFolder(trusted(join(folder, 'root')), ['runs', 'new']));
    expect(error.message).toMatch(/is not a folder but a (?:link|file)/);
    expect(readdirSync(join(folder, 'outside'))).toEqual(['b']);
  });
});
