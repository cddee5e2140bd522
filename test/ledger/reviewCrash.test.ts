import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeBaseline, distinctOutputs, type ReviewLedger, readBaselines } from '../../ledger/index.ts';
import { type FileSystem, nodeFileSystem } from '../../workspace/index.ts';
import { type Fault, faultyFileSystem } from '../workspace/faultyFileSystem.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { BASELINE, caseOf, comparisonOf, MODEL, outputOf, PROMPT, REVIEWS } from './comparisonOf.ts';
import { ledgerOf, reviewFiles, textOf, workspaceOf } from './reviewRoot.ts';

removeTemporaryFolders();

const COMPARISON = comparisonOf('one', [
  caseOf('a', 'drifted'),
  caseOf('b', 'missing', { fresh: [] }),
  caseOf('n', 'new', { approved: [] }),
  caseOf('d', 'noise'),
]);

type Act = (ledger: ReviewLedger) => Promise<unknown>;
const accept: Act = (ledger) => ledger.apply(COMPARISON, 'accept', { kind: 'remaining' });
const reject: Act = (ledger) => ledger.apply(COMPARISON, 'reject', { kind: 'remaining' }, 'no');
const undo: Act = (ledger) => ledger.undo(COMPARISON);

/** The real disk without its waits: what is durable is not the question where this is used. */
const HASTY: FileSystem = {
  ...nodeFileSystem,
  create: async (path, mode) => ({ ...(await nodeFileSystem.create(path, mode)), sync: async () => {} }),
  syncFolder: async () => {},
};
/** The lock of a process that died is one of a living one here: of the tests themselves. */
const PATIENCE = { patienceMs: 15 };
const REOPENED = { ...PATIENCE, fileSystem: HASTY };

/** What a reader finds; reading the reviews completes what a crash left. */
async function seen(root: string): Promise<{ readonly baseline: string | undefined; readonly states: string; readonly canUndo: boolean }> {
  const ledger = ledgerOf(root, REOPENED);
  const lookup = await ledger.lookup(PROMPT);
  const states = COMPARISON.cases.map(({ caseId, change }) => lookup({ caseId, change, model: MODEL, comparison: 'one' }).state).join(' ');
  return { baseline: textOf(root, BASELINE), states, canUndo: await ledger.canUndo(COMPARISON) };
}

/** A root where these acts were done, to be copied. */
async function rootAfter(files: Readonly<Record<string, string>>, ...acts: readonly Act[]): Promise<string> {
  const root = temporaryFolder(files);
  for (const act of acts) await act(ledgerOf(root, REOPENED));
  return root;
}

function copyOf(root: string): string {
  const copy = temporaryFolder();
  cpSync(root, copy, { recursive: true });
  return copy;
}

const intentsIn = (root: string): readonly string[] => {
  const folder = join(root, '.evenkeel/pending');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.intent.json')) : [];
};

/** The act on a disk with this fault; gives what it threw. */
async function attempt(root: string, act: Act, faultAt: Parameters<typeof faultyFileSystem>[0]): Promise<unknown> {
  return act(ledgerOf(root, { ...PATIENCE, fileSystem: faultyFileSystem(faultAt).fileSystem })).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const FILES = reviewFiles('a', 'b', 'd');

describe.each<[string, Readonly<Record<string, string>>, readonly Act[], Act]>([
  ['accepting', FILES, [], accept],
  ['accepting where there is no baseline', reviewFiles(), [], accept],
  ['rejecting', FILES, [], reject],
  ['undoing an accept', FILES, [accept], undo],
  ['undoing an accept that made the file', reviewFiles(), [accept], undo],
])('%s', (_, files, before, act) => {
  /** A root before the act, what is seen before and after it, and the steps it takes. */
  const prepare = async () => {
    const start = await rootAfter(files, ...before);
    const old = await seen(copyOf(start));
    const whole = copyOf(start);
    const { fileSystem, steps } = faultyFileSystem(() => undefined);
    await act(ledgerOf(whole, { fileSystem }));
    const fresh = await seen(whole);
    expect(fresh.states).not.toBe(old.states);
    return { start, old, fresh, steps: [...steps] };
  };

  it('and dying at any step leaves the old or the new, and what was acknowledged', async () => {
    const { start, old, fresh, steps } = await prepare();
    const found = { old: 0, fresh: 0 };
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
      const error = await attempt(root, act, (step) => (step === at ? fault : undefined));
      const after = await seen(root);
      const isNew = after.states === fresh.states;
      expect(after, `${fault} at step ${at}: ${steps[at]}`).toEqual(isNew ? fresh : old);
      if (error === undefined) expect(isNew, `acknowledged at step ${at}`).toBe(true);
      expect(intentsIn(root)).toEqual([]);
      found[isNew ? 'fresh' : 'old']++;
      if (isNew || at % 4) continue;
      await act(ledgerOf(root, REOPENED));
      expect((await seen(root)).states).toBe(fresh.states);
    }
    expect(found.old).toBeGreaterThan(10);
    expect(found.fresh).toBeGreaterThan(5);
  }, 60_000);

  it('on a disk that fails at any step changes nothing, or says what is left', async () => {
    const { start, old, steps } = await prepare();
    let failed = 0;
    for (const [at, name] of steps.entries()) {
      const root = copyOf(start);
      const code = ['ENOSPC', 'EROFS', 'EIO'][at % 3] ?? '';
      const error = await attempt(root, act, (step) => (step === at ? { code } : undefined));
      const baseline = textOf(root, BASELINE);
      const after = await seen(root);
      if (error === undefined) {
        expect(after.states, `step ${at}: ${name}`).not.toBe(old.states);
        continue;
      }
      failed++;
      expect(error, `step ${at}: ${name}`).toMatchObject({ name: 'UserError' });
      if (after.states === old.states) expect([baseline, after], `step ${at}: ${name}`).toEqual([old.baseline, old]);
      else expect((error as Error).message, `step ${at}: ${name}`).toContain('What was begun is completed');
    }
    expect(failed).toBeGreaterThan(8);
  }, 60_000);

  it('on a full disk changes nothing', async () => {
    const { start, old, steps } = await prepare();
    let failed = 0;
    for (const [at, name] of steps.entries()) {
      if (name !== 'write') continue;
      const root = copyOf(start);
      // Room for the old baseline there is: the new one, which was written just before, took more.
      const error = await attempt(root, act, (step, what, path) =>
        step === at || (step > at && what === 'write' && !path.endsWith('.lock') && !path.includes('triage.prompt.yml@'))
          ? { code: 'ENOSPC' }
          : undefined,
      );
      if (error === undefined) continue;
      failed++;
      expect(error).toMatchObject({ code: 'incomplete', message: expect.stringContaining('disk is full') });
      expect([textOf(root, BASELINE), await seen(root)], `from step ${at}`).toEqual([old.baseline, old]);
    }
    expect(failed).toBeGreaterThan(3);
  }, 30_000);
});

describe('what a crash left', () => {
  /** A root where an accept died as soon as its intent was on disk. */
  async function begun(): Promise<string> {
    const root = await rootAfter(FILES);
    await attempt(root, accept, (_, name, path) => (name === 'create' && path.includes('triage.prompt.yml@') ? 'crash' : undefined));
    expect(intentsIn(root)).toHaveLength(1);
    return root;
  }

  it('is completed by whoever reads or writes baselines', async () => {
    const [reader, writer] = [await begun(), await begun()];
    expect([...((await readBaselines(workspaceOf(reader), PROMPT, REOPENED))[0]?.baseline.cases.keys() ?? [])]).toEqual(['a', 'n', 'd']);
    await changeBaseline(
      workspaceOf(writer),
      PROMPT,
      MODEL,
      (current) => ({ promptId: PROMPT, model: MODEL, wanted: 7, sources: current?.sources ?? [], cases: current?.cases ?? new Map() }),
      REOPENED,
    );
    expect(await seen(writer)).toMatchObject({ states: 'accepted accepted accepted pending', canUndo: true });
    expect(textOf(writer, BASELINE)).toContain('"wanted": 7');
  });

  it('is dropped where somebody wrote something else since, and theirs stays', async () => {
    const root = await begun();
    const theirs = (textOf(root, BASELINE) ?? '').replace('"text": "old"', '"text": "theirs"');
    writeFileSync(join(root, BASELINE), theirs);
    expect(await seen(root)).toEqual({ baseline: theirs, states: 'pending pending pending pending', canUndo: false });
    expect(intentsIn(root)).toEqual([]);
  });

  it('is completed where the baseline was written and another case of it changed since', async () => {
    const root = await rootAfter(FILES);
    await attempt(root, accept, (_, name, path) => (name === 'create' && path.includes('.reviews.jsonl') ? 'crash' : undefined));
    const theirs = (textOf(root, BASELINE) ?? '').replace('"wanted": 10', '"wanted": 20');
    writeFileSync(join(root, BASELINE), theirs);
    expect(await seen(root)).toEqual({ baseline: theirs, states: 'accepted accepted accepted pending', canUndo: true });
  });

  it.each([
    ['no JSON', '{'],
    ['another prompt’s', '{"formatVersion":1,"id":"x","promptId":"package.json","records":[]}'],
    [
      'a text that is no baseline',
      JSON.stringify({
        formatVersion: 1,
        id: 'x',
        promptId: PROMPT,
        records: [],
        baseline: { model: MODEL, oldHash: null, text: 'evil', after: [] },
      }),
    ],
    [
      'a path in the place of an undo file',
      JSON.stringify({ formatVersion: 1, id: 'x', promptId: PROMPT, records: [], takesBack: '../../package.json' }),
    ],
  ])('by somebody else, with %s, does nothing', async (_, text) => {
    const root = await begun();
    writeFileSync(join(root, 'package.json'), '{}');
    const [name = ''] = intentsIn(root);
    writeFileSync(join(root, '.evenkeel/pending', name), text);
    expect(await seen(root)).toMatchObject({ baseline: FILES[BASELINE], states: 'pending pending pending pending' });
    expect([intentsIn(root), readFileSync(join(root, 'package.json'), 'utf8'), textOf(root, REVIEWS)]).toEqual([[], '{}', undefined]);
  });

  it('moves a baseline along with its prompt whole or not at all', async () => {
    const old = 'prompts/__baselines__/old.prompt.yml@sandbox%2Fsmall.json';
    const files = { [PROMPT]: '', [old]: (FILES[BASELINE] ?? '').replace(PROMPT, 'prompts/old.prompt.yml') };
    const start = temporaryFolder(files);
    const act = (root: string, fileSystem: FileSystem) =>
      changeBaseline(
        workspaceOf(root),
        PROMPT,
        MODEL,
        (current) => ({
          promptId: PROMPT,
          model: MODEL,
          wanted: 10,
          sources: current?.sources ?? [
            { fingerprint: 'ek1:old', parts: { messages: '', tools: '', output: '', parameters: '' }, answeredBy: [], days: [] },
          ],
          cases: new Map([...(current?.cases ?? []), ['more', { inputs: 'i', source: 0, outputs: distinctOutputs([outputOf('x')]) }]]),
        }),
        { ...PATIENCE, fileSystem },
      );
    const { fileSystem, steps } = faultyFileSystem(() => undefined);
    await act(copyOf(start), fileSystem);
    for (const at of steps.keys()) {
      const root = copyOf(start);
      await act(root, faultyFileSystem((step) => (step === at ? 'crash' : undefined)).fileSystem).catch(() => {});
      const [stored, ...others] = await readBaselines(workspaceOf(root), PROMPT, { fingerprint: 'ek1:old', ...REOPENED });
      const there = readdirSync(join(root, 'prompts/__baselines__')).filter((name) => name.endsWith('.json'));
      const ids = [...(stored?.baseline.cases.keys() ?? [])].join(' ');
      expect([ids, there.length, others], `step ${at}: ${steps[at]}`).toEqual([stored?.renamedFrom ? 'a b d' : 'a b d more', 1, []]);
    }
  }, 30_000);
});
