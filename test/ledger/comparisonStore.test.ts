import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ComparisonStore, createComparisonStore, readComparisonFile } from '../../ledger/index.ts';
import { type Comparison, REVIEWABLE } from '../../protocol/index.ts';
import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { faultyFileSystem } from '../workspace/faultyFileSystem.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { caseOf, comparisonOf, MODEL, PROMPT } from './comparisonOf.ts';
import { ledgerOf, reviewFiles, workspaceOf } from './reviewRoot.ts';

removeTemporaryFolders();

const storeOf = (root: string, capabilities = TRUSTED): ComparisonStore =>
  createComparisonStore(openWorkspace({ root, capabilities }), ledgerOf(root));
const rootWith = (...ids: readonly string[]): string => temporaryFolder(reviewFiles(...ids));
const pending = (root: string): readonly string[] => readdirSync(join(root, '.evenkeel/pending')).sort();
const dated = (at: number, cases = [caseOf('a', 'same')], change: Partial<Comparison> = {}): Comparison =>
  comparisonOf(`c${String(at).padStart(3, '0')}`, cases, { createdAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(), ...change });

describe('a comparison', () => {
  it('comes back as it was saved, from another store too', async () => {
    const root = rootWith('a');
    const comparison = comparisonOf('one', [caseOf('a', 'drifted')]);
    await storeOf(root).save(comparison);
    expect(await storeOf(root).read('one')).toEqual(comparison);
    expect(pending(root)).toEqual(['one.index.json', 'one.json']);
  });

  it('is listed with where its reviews stand, from its index alone', async () => {
    const root = rootWith('a', 'b');
    const store = storeOf(root);
    const comparison = comparisonOf('one', [caseOf('a', 'drifted'), caseOf('b', 'broken'), caseOf('c', 'noise')]);
    await store.save(comparison);
    await ledgerOf(root).apply(comparison, 'reject', { kind: 'cases', ids: ['b'] }, 'no');
    const listing = {
      comparisonId: 'one',
      kind: 'review',
      createdAt: '2026-11-22T10:00:00.000Z',
      promptId: PROMPT,
      promptName: 'triage',
      word: 'changed',
      baseline: 'baseline',
      candidate: 'working copy',
      model: MODEL,
      reviewable: [
        { caseId: 'a', label: 'drifted', line: 'old → new', review: { state: 'pending' } },
        {
          caseId: 'b',
          label: 'broken',
          line: 'old → new',
          review: { state: 'rejected', by: 'Ada', at: '2026-11-22T12:00:00.000Z', reason: 'no' },
        },
      ],
      pending: 1,
      rejected: 1,
    };
    expect(await store.list()).toEqual([listing]);
    expect(await storeOf(root).list(PROMPT)).toEqual([listing]);
    expect(await store.list('other.prompt.yml')).toEqual([]);
    expect(REVIEWABLE.has('noise')).toBe(false);
  });

  it('is replaced by one of the same id', async () => {
    const root = rootWith('a');
    const store = storeOf(root);
    await store.save(comparisonOf('one', [caseOf('a', 'drifted')]));
    expect((await store.list())[0]?.pending).toBe(1);
    await store.read('one');
    await storeOf(root).save(comparisonOf('one', [caseOf('a', 'same')]));
    expect((await store.read('one')).cases[0]?.label).toBe('same');
    expect((await store.list())[0]?.pending).toBe(0);
  });

  it.each<[string, (root: string) => void]>([
    ['missing', (root) => renameSync(join(root, '.evenkeel/pending/one.index.json'), join(root, 'away'))],
    ['damaged', (root) => writeFileSync(join(root, '.evenkeel/pending/one.index.json'), '{')],
    [
      'of an older comparison',
      (root) => writeFileSync(join(root, '.evenkeel/pending/one.json'), JSON.stringify(comparisonOf('one', [caseOf('b', 'broken')]))),
    ],
  ])('is listed where its index is %s, which is made again', async (_, change) => {
    const root = rootWith('b');
    await storeOf(root).save(comparisonOf('one', [caseOf('b', 'broken')]));
    change(root);
    expect(await storeOf(root).list()).toMatchObject([{ comparisonId: 'one', reviewable: [{ caseId: 'b', label: 'broken' }] }]);
    expect(JSON.parse(readFileSync(join(root, '.evenkeel/pending/one.index.json'), 'utf8'))).toMatchObject({ comparisonId: 'one' });
  });

  it('goes with its index and what could be taken back of it', async () => {
    const root = rootWith('a');
    const comparison = comparisonOf('one', [caseOf('a', 'drifted')]);
    await storeOf(root).save(comparison);
    await ledgerOf(root).apply(comparison, 'accept', { kind: 'remaining' });
    expect(pending(root)).toEqual(['one.000001.undo.json', 'one.index.json', 'one.json']);
    await storeOf(root).drop('one');
    expect(pending(root)).toEqual([]);
    await expect(storeOf(root).read('one')).rejects.toThrow(/no comparison one/);
  });

  it('is parsed once and then kept, case after case, however large it is', async () => {
    const root = rootWith('a');
    const long = 'The customer asks for a refund. '.repeat(300);
    const cases = Array.from({ length: 400 }, (_, at) =>
      caseOf(`c${at}`, 'drifted', { fresh: [long, `${long}.`, long], approved: Array(10).fill(long) }),
    );
    const store = storeOf(root);
    await store.save(comparisonOf('one', cases));
    const first = await store.read('one');
    expect(readFileSync(join(root, '.evenkeel/pending/one.json')).length).toBeGreaterThan(45e6);
    for (let time = 0; time < 100; time++) expect(await store.read('one')).toBe(first);
  });
});

describe('old comparisons of a prompt', () => {
  it('go when there are more than 20, save those with pending cases', async () => {
    const root = rootWith('a');
    const store = storeOf(root);
    await store.save(dated(0, [caseOf('a', 'drifted')]));
    await store.save(dated(1, [caseOf('a', 'same')], { promptId: 'other.prompt.yml' }));
    for (let at = 2; at < 26; at++) await store.save(dated(at));
    const kept = (await store.list(PROMPT)).map(({ comparisonId }) => comparisonId);
    expect(kept).toEqual([...Array.from({ length: 20 }, (_, at) => `c${String(25 - at).padStart(3, '0')}`), 'c000']);
    expect(await store.list('other.prompt.yml')).toHaveLength(1);
    expect(pending(root)).toHaveLength(2 * 22);
  });

  it('go when there are more than 50, whatever pends, but never the one just saved', async () => {
    const root = rootWith('a');
    const store = storeOf(root);
    for (let at = 1; at <= 52; at++) await store.save(dated(at, [caseOf('a', 'drifted')]));
    await store.save(dated(0, [caseOf('a', 'drifted')]));
    const kept = (await store.list(PROMPT)).map(({ comparisonId }) => comparisonId);
    expect([kept.length, kept.at(-1), kept.at(-2)]).toEqual([51, 'c000', 'c003']);
  });
});

describe('what nobody has vouched for', () => {
  it.each(['../one', 'a/b', '', '.', 'one.index', 'x'.repeat(101), 'one\0'])(
    'an id such as %j reads, writes and removes nothing',
    async (id) => {
      const store = storeOf(rootWith('a'));
      await expect(store.read(id)).rejects.toMatchObject({ code: 'usage' });
      await expect(store.drop(id)).rejects.toMatchObject({ code: 'usage' });
      await expect(store.save(comparisonOf(id, []))).rejects.toMatchObject({ code: 'usage' });
    },
  );

  it('a link in .evenkeel is not followed', async () => {
    const outside = temporaryFolder({
      'pending/one.json': JSON.stringify(comparisonOf('one', [])),
      'one.json': JSON.stringify(comparisonOf('one', [])),
    });
    const folder = rootWith('a');
    symlinkSync(outside, join(folder, '.evenkeel'));
    const file = rootWith('a');
    mkdirSync(join(file, '.evenkeel/pending'), { recursive: true });
    symlinkSync(join(file, PROMPT), join(file, '.evenkeel/pending/one.json'));
    for (const root of [folder, file]) {
      await expect(storeOf(root).read('one')).rejects.toThrow(/no comparison/);
      expect(await storeOf(root).list()).toEqual([]);
      await expect(storeOf(root).save(comparisonOf('one', []))).rejects.toMatchObject({ code: 'configuration' });
    }
    expect(readFileSync(join(file, PROMPT), 'utf8')).toBe('messages: []');
  });

  it('in an untrusted folder comparisons are shown, and nothing is written', async () => {
    const root = rootWith('a');
    await storeOf(root).save(comparisonOf('one', [caseOf('a', 'drifted')]));
    writeFileSync(join(root, '.evenkeel/pending/one.index.json'), '');
    const store = storeOf(root, UNTRUSTED);
    expect(await store.list()).toHaveLength(1);
    expect((await store.read('one')).id).toBe('one');
    expect(readFileSync(join(root, '.evenkeel/pending/one.index.json'), 'utf8')).toBe('');
    await expect(store.save(comparisonOf('two', []))).rejects.toMatchObject({ code: 'untrusted' });
    await expect(store.drop('one')).rejects.toMatchObject({ code: 'untrusted' });
  });

  const sound = comparisonOf('one', [caseOf('a', 'drifted')]);
  it.each<[string, string, RegExp]>([
    ['no JSON', '<html>', /no report of a drift review/],
    ['another shape', '{"formatVersion":1,"id":"one"}', /no report of a drift review: /],
    ['a wrong value deep inside', JSON.stringify({ ...sound, cases: [{ ...sound.cases[0], label: '<b>' }] }), /cases\.0\.label/],
    ['a newer format', '{"formatVersion":2}', /newer Evenkeel \(format 2\)\. Update/],
    ['an id that is a path', JSON.stringify({ ...sound, id: '../x' }), /no usable id/],
    ['nesting without end', '['.repeat(5000), /nested/],
  ])('a report with %s is refused', (_, text, message) => {
    expect(() => readComparisonFile(text, 'report.json')).toThrow(message);
  });

  it('a report keeps nothing that the schema does not know', () => {
    const read = readComparisonFile(
      JSON.stringify({ ...sound, extra: 1, cases: [{ ...sound.cases[0], __proto__: null, onclick: 'x' }] }),
      'report.json',
    );
    expect(read).toEqual(sound);
  });

  it('a damaged comparison is said to be so, and is left out of lists', async () => {
    const root = rootWith('a');
    await storeOf(root).save(sound);
    writeFileSync(join(root, '.evenkeel/pending/one.json'), '{"formatVersion":9}');
    await expect(storeOf(root).read('one')).rejects.toThrow(/newer Evenkeel/);
    expect(await storeOf(root).list()).toEqual([]);
    expect(existsSync(join(root, '.evenkeel/pending/one.json'))).toBe(true);
  });
});

it('saving on a disk that dies at any step leaves the old comparison or the new', async () => {
  const count = faultyFileSystem(() => undefined);
  const old = comparisonOf('one', [caseOf('a', 'same')]);
  const fresh = comparisonOf('one', [caseOf('a', 'drifted')]);
  const save = async (root: string, fileSystem: typeof count.fileSystem): Promise<boolean> => {
    await storeOf(root).save(old);
    return createComparisonStore(workspaceOf(root), ledgerOf(root), { fileSystem })
      .save(fresh)
      .then(
        () => true,
        () => false,
      );
  };
  expect(await save(rootWith('a'), count.fileSystem)).toBe(true);
  for (const at of count.steps.keys()) {
    const root = rootWith('a');
    const saved = await save(root, faultyFileSystem((step) => (step === at ? 'crashAfterHalf' : undefined)).fileSystem);
    const label = (await storeOf(root).read('one')).cases[0]?.label;
    expect(saved ? ['drifted'] : ['same', 'drifted'], `step ${at}`).toContain(label);
    expect((await storeOf(root).list())[0]?.pending, `step ${at}`).toBe(label === 'drifted' ? 1 : 0);
  }
}, 30_000);
