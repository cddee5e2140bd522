import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRunStore, type JournalRecord, type JournalState, missingKeys, pruneRuns, type RunStore } from '../../ledger/index.ts';
import { encodeRecord } from '../../ledger/runs/recordLine.ts';
import { sampleKeyText } from '../../protocol/index.ts';
import { TRUSTED, UNTRUSTED, UserError } from '../../safety/index.ts';
import { type Fault, faultyFileSystem } from '../workspace/faultyFileSystem.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { attempt, attemptFailed, casesRecord, ended, failed, keyOf, output, runRecord, scored } from './journalRecords.ts';

removeTemporaryFolders();

const RUN = '20261122-100000-abcdef';

/** Writes each list with a writer of its own, one after the other. */
async function write(store: RunStore, runId: string, ...writers: readonly (readonly JournalRecord[])[]): Promise<void> {
  for (const [which, records] of writers.entries()) {
    const writer = which === 0 ? await store.create(runId) : await store.reopen(runId);
    for (const record of records) await writer.append(record);
    await writer.close();
  }
}

async function stateOf(...writers: readonly (readonly JournalRecord[])[]): Promise<JournalState> {
  const store = createRunStore({ root: temporaryFolder(), capabilities: TRUSTED });
  await write(store, RUN, ...writers);
  const state = await store.read(RUN);
  if (!state) throw new Error('no state');
  return state;
}

const textOf = (state: JournalState, id: string): string | undefined => state.samples.get(sampleKeyText(keyOf(id)))?.output?.text;
const said = async (promise: Promise<unknown>): Promise<UserError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${String(error)}`);
  return error;
};

describe('a run read back', () => {
  it('is what was written', async () => {
    const records = [
      runRecord(RUN, 2),
      casesRecord('a', 'b'),
      attempt('a'),
      output('a'),
      scored('a'),
      attempt('b'),
      output('b'),
      scored('b', 'failed'),
    ];
    const state = await stateOf([...records, ended('finished', { passed: 1, failed: 1 })]);
    const run = records[0];
    expect(run?.type === 'run' && { header: state.header, prompt: state.prompt, settings: state.settings }).toEqual(
      run?.type === 'run' && { header: run.header, prompt: run.prompt, settings: run.settings },
    );
    expect(state.cases.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(textOf(state, 'b')).toBe('answer to b');
    expect(state.scores.get(sampleKeyText(keyOf('b')))).toEqual([{ evaluator: 'right team', index: 0, status: 'failed' }]);
    expect(state).toMatchObject({ end: { end: 'finished' }, damaged: [] });
    expect(state.unsettled.size).toBe(0);
  });

  it.each([
    ['an answer replaces a failure', [failed('a')], [output('a')], 'answer to a'],
    ['a failure does not replace an answer', [output('a')], [failed('a')], 'answer to a'],
    ['the later of two answers counts', [output('a', 'first')], [output('a', 'second')], 'second'],
  ])('%s', async (_, first, second, expected) => {
    expect(textOf(await stateOf([runRecord(RUN, 1), ...first], second), 'a')).toBe(expected);
  });

  it('drops scores of an answer that was replaced', async () => {
    const state = await stateOf([runRecord(RUN, 1), output('a', 'first'), scored('a')], [output('a', 'second')]);
    expect(state.scores.size).toBe(0);
  });

  it.each([
    ['sent and never heard of', [attempt('a', 1, 0.02)], { attempts: 1, worstCost: 0.02 }],
    ['tried again, then lost', [attempt('a'), attemptFailed('a', 'rejected'), attempt('a', 2, 0.5)], { attempts: 1, worstCost: 0.5 }],
    ['answered', [attempt('a'), output('a')], undefined],
    ['failed', [attempt('a'), failed('a')], undefined],
  ])('an attempt that was %s', async (_, records, expected) => {
    const { unsettled } = await stateOf([runRecord(RUN, 1), ...records]);
    expect([...unsettled.values()][0]).toEqual(expected && { key: keyOf('a'), ...expected });
  });

  it('keeps an attempt of a dead writer as unknown after another writer got the answer', async () => {
    const state = await stateOf([runRecord(RUN, 1), casesRecord('a'), attempt('a', 1, 0.1)], [attempt('a', 1), output('a')]);
    expect(state.unsettled.size).toBe(1);
    expect(missingKeys(state)).toEqual([]);
  });

  it('takes keys such as __proto__ for data', async () => {
    const variables = JSON.parse('{"__proto__": {"x": 1}, "constructor": "c"}');
    const state = await stateOf([runRecord(RUN, 1), { type: 'cases', cases: [{ id: '__proto__', variables }] }, output('__proto__')]);
    expect(JSON.stringify(state.cases[0]?.variables)).toBe(JSON.stringify(variables));
    expect(textOf(state, '__proto__')).toBe('answer to __proto__');
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it.each([
    ['as deep as files may nest', 100, 1],
    ['deeper than anything of ours', 500, 0],
  ])('reads values %s', async (_, depth, cases) => {
    const nested: unknown = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    const record = { ...casesRecord('a'), cases: [{ id: 'a', variables: { nested } }] } as JournalRecord;
    const state = await stateOf([runRecord(RUN, 1), record]);
    expect(state.cases).toHaveLength(cases);
    expect(state.damaged).toHaveLength(1 - cases);
  });

  it('does not exist when its folder or its first record is missing', async () => {
    const root = temporaryFolder({ [`.evenkeel/runs/${RUN}/000001-1-a.jsonl`]: encodeRecord(output('a')).toString() });
    const store = createRunStore({ root, capabilities: UNTRUSTED });
    for (const id of [RUN, '20261122-100000-zzzzzz', '..', '../..', '', 'a/b', '.', '\0']) expect(await store.read(id), id).toBeUndefined();
    expect(await store.list()).toEqual([]);
  });

  it('of a newer format is refused, and does not hide the others', async () => {
    const store = createRunStore({ root: temporaryFolder(), capabilities: TRUSTED });
    await write(store, RUN, [runRecord(RUN, 1), ended('finished')]);
    await write(store, '20261123-100000-abcdef', [runRecord('20261123-100000-abcdef', 1, { formatVersion: 2 })]);
    expect(await said(store.read('20261123-100000-abcdef'))).toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('Update Evenkeel'),
    });
    expect((await store.list()).map(({ header }) => header.runId)).toEqual([RUN]);
  });

  it('counts lines that are not records, and skips them', async () => {
    const root = temporaryFolder();
    const store = createRunStore({ root, capabilities: TRUSTED });
    await write(store, RUN, [runRecord(RUN, 1)]);
    const [name = ''] = readdirSync(join(root, '.evenkeel/runs', RUN));
    const sound = encodeRecord(output('a')).toString();
    const alien = encodeRecord({ type: 'output', sample: { key: 7 } } as unknown as JournalRecord).toString();
    const wrongCrc = sound.replace(/"crc":"./, '"crc":"!');
    appendFileSync(join(root, '.evenkeel/runs', RUN, name), `\nhello\n{}\n\n${alien}${wrongCrc}${sound}`);
    const state = await store.read(RUN);
    expect(state?.damaged).toEqual([{ file: `.evenkeel/runs/${RUN}/${name}`, records: 4 }]);
    expect(state?.samples.size).toBe(1);
  });
});

describe('an untrusted folder', () => {
  it('is read but not written', async () => {
    const root = temporaryFolder();
    await write(createRunStore({ root, capabilities: TRUSTED }), RUN, [runRecord(RUN, 1), output('a'), ended('finished')]);
    const store = createRunStore({ root, capabilities: UNTRUSTED });
    expect(await store.list()).toHaveLength(1);
    expect((await store.read(RUN))?.samples.size).toBe(1);
    expect((await said(store.create('20261122-100001-abcdef'))).code).toBe('untrusted');
    expect((await said(store.reopen(RUN))).code).toBe('untrusted');
    expect((await said(pruneRuns({ root, capabilities: UNTRUSTED }, store, 'triage.prompt.yml'))).code).toBe('untrusted');
  });

  it
    .runIf(process.platform !== 'win32')
    .each(['.evenkeel', '.evenkeel/runs', `.evenkeel/runs/${RUN}`, `.evenkeel/runs/${RUN}/000001-1-a.jsonl`])(
    'cannot show a run through a link at %s',
    async (link) => {
      const folder = temporaryFolder({ 'root/a': '' });
      mkdirSync(join(folder, 'elsewhere'));
      await write(createRunStore({ root: join(folder, 'elsewhere'), capabilities: TRUSTED }), RUN, [runRecord(RUN, 1)]);
      const [name = ''] = readdirSync(join(folder, 'elsewhere/.evenkeel/runs', RUN));
      const target = link.endsWith('.jsonl') ? join(folder, 'elsewhere/.evenkeel/runs', RUN, name) : join(folder, 'elsewhere', link);
      mkdirSync(join(folder, 'root', link, '..'), { recursive: true });
      symlinkSync(target, join(folder, 'root', link));
      const store = createRunStore({ root: join(folder, 'root'), capabilities: TRUSTED });
      expect(await store.read(RUN)).toBeUndefined();
      expect(await store.list()).toEqual([]);
    },
  );

  it.runIf(process.platform !== 'win32')('does not stop at a FIFO', async () => {
    const root = temporaryFolder({ [`.evenkeel/runs/${RUN}/x`]: '' });
    execFileSync('mkfifo', [join(root, '.evenkeel/runs', RUN, '000001-1-a.jsonl')]);
    expect(await createRunStore({ root, capabilities: UNTRUSTED }).read(RUN)).toBeUndefined();
  });
});

describe('writing', () => {
  it('makes many records durable with few syncs, in order', async () => {
    const { fileSystem, steps } = faultyFileSystem(() => undefined);
    const root = temporaryFolder();
    const store = createRunStore({ root, capabilities: TRUSTED }, { fileSystem });
    const writer = await store.create(RUN);
    await Promise.all([writer.append(runRecord(RUN, 500)), ...Array.from({ length: 500 }, (_, at) => writer.append(output(`c${at}`)))]);
    await writer.close();
    expect(steps.filter((step) => step === 'sync').length).toBeLessThan(10);
    expect([...((await store.read(RUN))?.samples.values() ?? [])].map(({ key }) => key.caseId)).toEqual(
      Array.from({ length: 500 }, (_, at) => `c${at}`),
    );
  });

  it('acknowledges nothing before it is synced', async () => {
    const order: string[] = [];
    const { fileSystem } = faultyFileSystem((_, name) => {
      if (name === 'sync') order.push('sync');
      return undefined;
    });
    const writer = await createRunStore({ root: temporaryFolder(), capabilities: TRUSTED }, { fileSystem }).create(RUN);
    await writer.append(runRecord(RUN, 1));
    order.push('acknowledged');
    await writer.close();
    expect(order).toEqual(['sync', 'acknowledged']);
  });

  it('close waits for what is under way', async () => {
    const store = createRunStore({ root: temporaryFolder(), capabilities: TRUSTED });
    const writer = await store.create(RUN);
    const appended = [writer.append(runRecord(RUN, 1)), writer.append(output('a'))];
    await writer.close();
    await Promise.all(appended);
    expect((await store.read(RUN))?.samples.size).toBe(1);
    await expect(writer.append(output('b'))).rejects.toThrow('closed');
  });

  it.each<readonly [string, string, Fault, string]>([
    ['a full disk', 'write', { code: 'ENOSPC' }, 'the disk is full'],
    ['a used-up quota', 'write', { code: 'EDQUOT' }, 'the disk is full'],
    ['a disk that fills in the middle of a record', 'write', 'crashAfterHalf', ''],
    ['a disk that fails to sync', 'sync', { code: 'EIO' }, 'EIO'],
    ['a disk that became read-only', 'write', { code: 'EROFS' }, 'the disk is read-only'],
  ])('%s stops the run with one message; what was acknowledged is kept, and a resume completes', async (_, name, fault, words) => {
    const root = temporaryFolder();
    let armed = false;
    const { fileSystem } = faultyFileSystem((_step, step) => (armed && step === name ? fault : undefined));
    const writer = await createRunStore({ root, capabilities: TRUSTED }, { fileSystem }).create(RUN);
    await writer.append(runRecord(RUN, 3));
    await writer.append(output('a'));
    armed = true;
    const [first, second] = await Promise.all([said(writer.append(output('b'))), said(writer.append(output('c')))]);
    expect(first.message).toContain(words);
    expect(first.message).toContain('Nothing further was sent');
    expect(second).toBe(first);
    armed = false;
    expect(await said(writer.append(output('d')))).toBe(first);
    await writer.close().catch(() => {});
    const store = createRunStore({ root, capabilities: TRUSTED });
    expect(textOf((await store.read(RUN)) as JournalState, 'a')).toBe('answer to a');
    const again = await store.reopen(RUN);
    for (const id of ['b', 'c']) await again.append(output(id));
    await again.close();
    expect((await store.read(RUN))?.samples.size).toBe(3);
  });

  it('goes on through short writes', async () => {
    const { fileSystem } = faultyFileSystem((_, name) => (name === 'write' ? 'half' : undefined));
    const store = createRunStore({ root: temporaryFolder(), capabilities: TRUSTED }, { fileSystem });
    await write(store, RUN, [runRecord(RUN, 1), output('a', 'x'.repeat(5000))]);
    const state = await store.read(RUN);
    expect(textOf(state as JournalState, 'a')).toHaveLength(5000);
    expect(state?.damaged).toEqual([]);
  });

  it('by two at once gives the union', async () => {
    const root = temporaryFolder();
    const [editor, cli] = [createRunStore({ root, capabilities: TRUSTED }), createRunStore({ root, capabilities: TRUSTED })];
    await write(editor, RUN, [runRecord(RUN, 200)]);
    const writers = await Promise.all([editor.reopen(RUN), cli.reopen(RUN)]);
    await Promise.all(
      writers.map(async (writer, which) => {
        for (let at = 0; at < 100; at++) await writer.append(output(`${which}-${at}`));
        await writer.close();
      }),
    );
    expect((await cli.read(RUN))?.samples.size).toBe(200);
    expect(new Set(readdirSync(join(root, '.evenkeel/runs', RUN))).size).toBe(3);
  });

  it.each([
    ['create', RUN, 'conflict'],
    ['reopen', '20261122-100001-abcdef', 'configuration'],
    ['create', '../x', 'usage'],
    ['reopen', '', 'usage'],
  ] as const)('%s of %s is refused', async (how, id, code) => {
    const store = createRunStore({ root: temporaryFolder(), capabilities: TRUSTED });
    await write(store, RUN, [runRecord(RUN, 1)]);
    expect((await said(store[how](id))).code).toBe(code);
  });

  it('says so when the disk is full before the first record', async () => {
    for (const name of ['makeFolder', 'create']) {
      const { fileSystem } = faultyFileSystem((_, step) => (step === name ? { code: 'ENOSPC' } : undefined));
      const error = await said(createRunStore({ root: temporaryFolder(), capabilities: TRUSTED }, { fileSystem }).create(RUN));
      expect(error).toMatchObject({ code: 'incomplete', message: expect.stringContaining('the disk is full') });
    }
  });

  it('is plain JSON lines with a CRC', async () => {
    const root = temporaryFolder();
    await write(createRunStore({ root, capabilities: TRUSTED }), RUN, [runRecord(RUN, 1), attempt('a')]);
    const [name = ''] = readdirSync(join(root, '.evenkeel/runs', RUN));
    const text = readFileSync(join(root, '.evenkeel/runs', RUN, name), 'utf8');
    expect(text.startsWith('\n')).toBe(true);
    expect(
      text
        .slice(1)
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ record: { type: 'run' } }, { crc: expect.stringMatching(/^[0-9a-f]{8}$/), record: { type: 'attempt' } }]);
  });
});

describe('old runs', () => {
  it('are deleted beyond the newest, save those to keep and those of other prompts', async () => {
    const root = temporaryFolder();
    const workspace = { root, capabilities: TRUSTED };
    const store = createRunStore(workspace);
    const ids = Array.from({ length: 6 }, (_, at) => `20261122-10000${at}-abcdef`);
    for (const id of ids) await write(store, id, [runRecord(id, 1), ended('finished')]);
    const other = '20261121-100000-abcdef';
    await write(store, other, [runRecord(other, 1, { promptId: 'other.prompt.yml' })]);
    const [first = '', second = '', third = ''] = ids;
    expect([...(await pruneRuns(workspace, store, 'triage.prompt.yml', { keep: 3, keepIds: new Set([second]) }))].sort()).toEqual([
      first,
      third,
    ]);
    expect((await store.list()).map(({ header }) => header.runId)).toEqual([...ids.slice(3).reverse(), second, other]);
  });

  it('copied from elsewhere are runs like any other', async () => {
    const [from, to] = [temporaryFolder(), temporaryFolder()];
    await write(createRunStore({ root: from, capabilities: TRUSTED }), RUN, [runRecord(RUN, 1)]);
    cpSync(join(from, '.evenkeel'), join(to, '.evenkeel'), { recursive: true });
    writeFileSync(join(to, '.evenkeel/runs/stray.txt'), '');
    expect(await createRunStore({ root: to, capabilities: UNTRUSTED }).list()).toHaveLength(1);
  });
});
