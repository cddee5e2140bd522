import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { appendDailyState, type DailyRecord, dailyStatePath, readDailyState } from '../../ledger/index.ts';
import type { ComparisonView } from '../../protocol/index.ts';
import { type CompareFixture, compareFixture, PROMPT } from './support/compareFixture.ts';
import { triageFiles } from './support/runFixture.ts';

const made: CompareFixture[] = [];
afterEach(async () => {
  for (const fixture of made.splice(0)) await fixture.remove();
});

const MODEL = 'sandbox/extractor-latest';

/** A folder with a baseline of `samples` a case, and a way to make the check of a day. */
async function watched(samples = 30) {
  const files = triageFiles(12, { model: MODEL, extra: 'drift: { daily: { cases: 8, seed: 1 } }\n' });
  const fixture = await compareFixture(files);
  made.push(fixture);
  await fixture.capture({ samples });
  const { root, engine } = fixture;
  const state = join(root, 'state');
  const check = async (
    date: string,
    start = false,
  ): Promise<{ readonly view: ComparisonView; readonly message: string; readonly calls: number }> => {
    const before = fixture.sandbox().log.total;
    const plan = await engine.planDaily({ root, promptId: PROMPT, state, start, date });
    let ended: { comparisonId?: string | undefined; message?: string | undefined } = {};
    const job = await engine.startCompare(plan.planId, [], (event) => {
      if (event.type === 'compareFinished') ended = event;
    });
    await job.finished;
    if (ended.comparisonId === undefined) throw new Error(ended.message);
    return {
      view: await engine.comparison({ root, comparisonId: ended.comparisonId }),
      message: ended.message ?? '',
      calls: fixture.sandbox().log.total - before,
    };
  };
  return { fixture, root, engine, state, path: dailyStatePath(state, PROMPT, MODEL), check };
}

const day = (at: number): string => new Date(Date.UTC(2026, 10, 1 + at)).toISOString().slice(0, 10);

describe('the daily check', () => {
  it('begins only when told, stays green while nothing changes, and never asks twice a day', async () => {
    const { check, path, fixture } = await watched(10);
    await expect(check(day(0))).rejects.toThrow(/no daily state.*lost.*--start/);
    const first = await check(day(0), true);
    expect(first.view.summary.monitor).toMatchObject({ colour: 'green' });
    expect(first.calls).toBe(8);
    expect(first.message).toMatch(/No sign of change/);
    const again = await check(day(0));
    expect(again.calls).toBe(0);
    expect(again.view.summary.monitor).toMatchObject({ colour: 'green' });
    for (let at = 1; at <= 9; at++) expect((await check(day(at))).view.summary.monitor?.colour).toBe('green');
    const records = (await readFile(path, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).record.type as string);
    expect(records.filter((type) => type === 'samples')).toHaveLength(10);
    expect(records.filter((type) => type === 'entry')).toHaveLength(10);
    expect(records.filter((type) => type === 'weekly')).toHaveLength(1);
    await expect(check(day(10), true)).rejects.toThrow(/There is a daily state.*--start would forget it/);
    // What the check ran is no eval.
    expect(await fixture.engine.runs({ root: fixture.root })).toEqual([]);
  }, 60_000);

  it('turns red soon after the model changed, reviews everything once, then waits for a person without a call', async () => {
    const { check, fixture, root, engine } = await watched();
    await check(day(0), true);
    fixture.changeModel('extractor-2026-08');
    let red: Awaited<ReturnType<typeof check>> | undefined;
    for (let at = 1; at <= 10 && !red; at++) {
      const result = await check(day(at));
      if (result.view.summary.monitor?.colour === 'red') red = result;
    }
    if (!red) throw new Error('It never turned red.');
    expect(red.message).toMatch(/Changed/);
    expect(red.view.summary).toMatchObject({ kind: 'review', word: expect.stringMatching(/worse|changed/) });
    expect(red.view.summary.reviewable).toBeGreaterThan(0);
    const frozen = await check(day(11));
    expect(frozen.calls).toBe(0);
    expect(frozen.view.summary.monitor?.colour).toBe('red');
    // Accepted: the baseline is another one, and the monitor begins anew with it.
    await engine.review({ root, comparisonId: red.view.summary.comparisonId, action: 'accept', scope: { kind: 'remaining' } });
    const after = await check(day(12));
    expect(after.view.summary.monitor?.colour).toBe('green');
    expect(after.calls).toBe(8);
  }, 60_000);

  it('loses no evidence when the process dies between samples and conclusion', async () => {
    const { check, path } = await watched(10);
    await check(day(0), true);
    await check(day(1));
    const whole = await readFile(path, 'utf8');
    // Without its last record the second day has samples and no entry.
    await writeFile(path, whole.slice(0, whole.lastIndexOf('\n')));
    const again = await check(day(1));
    expect(again.calls).toBe(0);
    expect(await readFile(path, 'utf8')).toBe(whole);
  });

  it('heals a torn tail, and refuses what is damaged or newer', async () => {
    const { check, path } = await watched(10);
    await check(day(0), true);
    const good = await readFile(path, 'utf8');
    await appendFile(path, '\n{"crc":"00000000","rec');
    expect((await check(day(1))).view.summary.monitor?.colour).toBe('green');
    expect(await readFile(path, 'utf8')).not.toContain('"rec\n');
    const flipped = Buffer.from(await readFile(path));
    flipped[200] = (flipped[200] ?? 0) ^ 1;
    await writeFile(path, flipped);
    await expect(check(day(2))).rejects.toThrow(/damaged \(line 2\)/);
    await rm(path);
    await writeFile(path, good);
    await truncate(path, 0);
    await expect(check(day(2))).rejects.toThrow(/no daily state/);
  });

  it('watches whole outputs and every path of the approved answers, each with p-values of its own', async () => {
    const { check, path } = await watched(10);
    await check(day(0), true);
    const { records } = await readDailyState(path);
    const [start, , first] = records;
    if (start?.type !== 'start' || first?.type !== 'entry') throw new Error('The state begins with something else.');
    expect(start).toMatchObject({ formatVersion: 2, views: expect.arrayContaining(['document', 'value team', 'value summary']) });
    expect(start.views?.[0]).toBe('document');
    const rows = first.entry.canaries;
    expect(new Set(rows.map(({ view = 'document' }) => view))).toEqual(new Set(start.views));
    expect(rows.filter(({ view }) => view === undefined)).toHaveLength(8);
    expect(rows.every(({ p }) => p.length === 1)).toBe(true);
  });

  it('goes on with whole outputs alone where it began before paths were watched, and says so', async () => {
    const { check, path, engine, root, state, fixture } = await watched(10);
    await check(day(0), true);
    const { records } = await readDailyState(path);
    await rm(path);
    await appendDailyState(path, records.map(asFirstFormat));
    const plan = await engine.planDaily({ root, promptId: PROMPT, state, start: false, date: day(1) });
    expect(plan.notes.join(' ')).toContain('looks at whole outputs only');
    expect((await check(day(1))).view.summary.monitor?.colour).toBe('green');
    const last = (await readDailyState(path)).records.at(-1);
    if (last?.type !== 'entry') throw new Error('The state ends with something else.');
    expect(last.entry.canaries).toHaveLength(8);
    expect(last.entry.canaries.every(({ view }) => view === undefined)).toBe(true);
    await fixture.capture({ samples: 12 });
    const anew = await engine.planDaily({ root, promptId: PROMPT, state, start: false, date: day(2) });
    expect(anew.notes.join(' ')).not.toContain('whole outputs only');
  });

  it('begins anew, and says so, when another baseline was captured', async () => {
    const { check, fixture, engine, root, state } = await watched(10);
    await check(day(0), true);
    await fixture.capture({ samples: 12 });
    const plan = await engine.planDaily({ root, promptId: PROMPT, state, start: false, date: day(1) });
    expect(plan.notes.join(' ')).toContain('begins anew');
    expect((await check(day(1))).view.summary.monitor?.colour).toBe('green');
  });
});

/** A record as it was written before views were told apart. */
function asFirstFormat(record: DailyRecord): DailyRecord {
  if (record.type === 'start') {
    const { views: _, ...start } = record;
    return { ...start, formatVersion: 1 };
  }
  if (record.type !== 'entry') return record;
  const canaries = record.entry.canaries.filter(({ view }) => view === undefined);
  return { type: 'entry', entry: { ...record.entry, canaries } };
}
