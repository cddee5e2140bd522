import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRunStore, newRunId } from '../../ledger/index.ts';
import { sampleKeyText } from '../../protocol/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { attempt, casesRecord, keyOf, output, runRecord } from './journalRecords.ts';

removeTemporaryFolders();

const RUN = '20261122-100000-abcdef';
const filesOf = (root: string): readonly string[] =>
  readdirSync(join(root, '.evenkeel/runs', RUN))
    .sort()
    .map((name) => join(root, '.evenkeel/runs', RUN, name));

describe('a process that is killed', () => {
  it('loses nothing that was acknowledged', async () => {
    const root = temporaryFolder();
    const store = createRunStore({ root, capabilities: TRUSTED });
    const writer = await store.create(RUN);
    await writer.append(runRecord(RUN, 1));
    await writer.close();
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 12; kill += 3)
      await Promise.all([0, 1, 2].map(async (which) => acknowledged.push(...(await killedWriter(root, `k${kill + which}`)))));
    const state = await store.read(RUN);
    expect(acknowledged.length).toBeGreaterThan(12);
    expect(acknowledged.filter((id) => state?.samples.get(sampleKeyText(keyOf(id)))?.output === undefined)).toEqual([]);
    const torn = state?.damaged.reduce((sum, { records }) => sum + records, 0) ?? 0;
    expect(torn).toBeLessThanOrEqual(36); // at most the last record of each writer
  }, 60_000);
});

/** Ids that a writer had acknowledged when it was killed, some time after its first ones. */
function killedWriter(root: string, seed: string): Promise<readonly string[]> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', resolve(import.meta.dirname, 'crashingWriter.ts'), root, RUN, seed],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  return new Promise((done, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (text === '') setTimeout(() => child.kill('SIGKILL'), Math.random() * 150);
      text += chunk.toString();
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') done(text.split('\n').slice(0, -1));
      else fail(new Error(`the writer ended by itself with ${code}`));
    });
  });
}

describe('a torn tail', () => {
  it.each([1, 2, 3])('at any byte of the last records of %i writers costs only the torn record', async (count) => {
    const root = temporaryFolder();
    const store = createRunStore({ root, capabilities: TRUSTED });
    const first = await store.create(RUN);
    await first.append(runRecord(RUN, 12));
    const writers = [first, ...(await Promise.all(Array.from({ length: count - 1 }, () => store.reopen(RUN))))];
    for (const [which, writer] of writers.entries()) {
      for (const id of ['a', 'b', 'c', 'd']) await writer.append(output(`${which}${id}`));
      await writer.close();
    }
    for (const [which, path] of filesOf(root).entries()) {
      const bytes = readFileSync(path);
      const starts = [...bytes.entries()].flatMap(([at, byte]) => (byte === 10 ? [at] : []));
      for (let cut = starts.at(-3) ?? 0; cut < bytes.length; cut++) {
        writeFileSync(path, bytes.subarray(0, cut));
        const state = await store.read(RUN);
        const whole = starts.filter((_, at) => (starts[at + 1] ?? bytes.length) <= cut).length - (which === 0 ? 1 : 0);
        expect(state?.samples.size, `cut at ${cut}`).toBe((count - 1) * 4 + whole);
        const isTorn = !starts.includes(cut) && !starts.includes(cut - 1);
        expect(state?.damaged.length, `cut at ${cut}`).toBe(isTorn ? 1 : 0);
      }
      writeFileSync(path, bytes);
    }
  });

  it('is not continued: a resumed run writes a file of its own', async () => {
    const root = temporaryFolder();
    const store = createRunStore({ root, capabilities: TRUSTED });
    const first = await store.create(RUN);
    await first.append(runRecord(RUN, 2));
    await first.append(casesRecord('a', 'b'));
    await first.append(output('a'));
    await first.close();
    const [path = ''] = filesOf(root);
    writeFileSync(path, readFileSync(path).subarray(0, -7));
    const second = await store.reopen(RUN);
    await second.append({ type: 'resumed', at: '2026-11-22T11:00:00.000Z', kept: 0, unknown: 0 });
    await second.append(output('a'));
    await second.close();
    const state = await store.read(RUN);
    expect(filesOf(root)).toHaveLength(2);
    expect(state?.samples.size).toBe(1);
    expect(state?.damaged).toEqual([{ file: expect.stringContaining(`.evenkeel/runs/${RUN}/000001-`), records: 1 }]);
  });
});

describe('flipped bits', () => {
  it('are always noticed, and cost at most the two records they touch', async () => {
    const root = temporaryFolder();
    const store = createRunStore({ root, capabilities: TRUSTED });
    const runId = RUN;
    const head = await store.create(runId);
    await head.append(runRecord(runId, 10));
    await head.close();
    const writer = await store.reopen(runId);
    for (let at = 0; at < 10; at++) await writer.append(at % 2 ? attempt(`c${at}`) : output(`c${at}`, 'grün "{\\n'));
    await writer.close();
    const path = filesOf(root)[1] ?? '';
    const bytes = readFileSync(path);
    const noise = generator(7);
    for (let round = 0; round < 1000; round++) {
      const altered = Buffer.from(bytes);
      const bit = Math.floor(noise() * bytes.length * 8);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(path, altered);
      const state = await store.read(runId);
      expect(state?.damaged, `bit ${bit}`).toHaveLength(1);
      const kept = (state?.samples.size ?? 0) + (state?.unsettled.size ?? 0);
      expect(kept, `bit ${bit}`).toBeGreaterThanOrEqual(8);
      expect(kept, `bit ${bit}`).toBeLessThan(10);
    }
  });
});

/** Repeatable numbers in [0, 1): mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it('run ids sort by time and are safe as folder names', () => {
  const ids = ['2026-11-22T09:59:59Z', '2026-11-22T10:00:00Z', '2027-01-01T00:00:00Z'].map((time) => newRunId(new Date(time), () => 0.999));
  expect(ids).toEqual(['20261122-095959-zzzzzz', '20261122-100000-zzzzzz', '20270101-000000-zzzzzz']);
  expect(new Set(Array.from({ length: 100 }, () => newRunId(new Date(0)))).size).toBe(100);
});
