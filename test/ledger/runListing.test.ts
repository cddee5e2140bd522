import { describe, expect, it } from 'vitest';
import {
  createRunStore,
  describeAge,
  describeRun,
  eventsOf,
  type JournalRecord,
  type JournalState,
  lastRunOf,
  missingKeys,
  type RunListing,
  totalsOf,
} from '../../ledger/index.ts';
import { type RunEvent, RunTally } from '../../protocol/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { attempt, attemptFailed, casesRecord, ended, failed, keyOf, output, runRecord, scored } from './journalRecords.ts';

removeTemporaryFolders();

const RUN = '20261122-100000-abcdef';

async function stored(...records: readonly JournalRecord[]): Promise<{ readonly state: JournalState; readonly listing: RunListing }> {
  const store = createRunStore({ root: temporaryFolder(), capabilities: TRUSTED });
  const writer = await store.create(RUN);
  for (const record of [runRecord(RUN, 4), casesRecord('a', 'b', 'c', 'd'), ...records]) await writer.append(record);
  await writer.close();
  const [state, [listing]] = [await store.read(RUN), await store.list()];
  if (!state || !listing) throw new Error('no run');
  return { state, listing };
}

const HALF = [attempt('a'), output('a'), scored('a'), attempt('b'), output('b'), scored('b', 'failed')];

describe('the listing of a run', () => {
  it.each([
    ['finished', [...HALF, ended('finished', { passed: 33 })], { end: 'finished', missing: 0, unknown: 0, totals: { passed: 33 } }],
    ['interrupted', HALF, { end: 'interrupted', missing: 2, unknown: 0, totals: { cases: 4, passed: 1, failed: 1, calls: 2 } }],
    [
      'interrupted in a call',
      [...HALF, attempt('c', 1, 0.25)],
      { end: 'interrupted', missing: 2, unknown: 1, totals: { unknownOutcomes: 1, unknownCostUsd: 0.25 } },
    ],
    [
      'cancelled',
      [...HALF, failed('c', 'cancelled'), ended('cancelled', { passed: 1 })],
      { end: 'cancelled', missing: 2, unknown: 0, totals: { passed: 1 } },
    ],
    [
      'cancelled in a call',
      [...HALF, failed('c', 'unknownOutcome', 'unknown'), ended('cancelled')],
      { end: 'cancelled', missing: 2, unknown: 1 },
    ],
    [
      'finished with a failure, which is an answer',
      [...HALF, failed('c'), failed('d'), ended('finished', { errors: 2 })],
      { end: 'finished', missing: 0 },
    ],
    [
      'resumed after its end',
      [...HALF, ended('cancelled'), { type: 'resumed', at: '', kept: 2, unknown: 0 }, output('c'), scored('c')],
      { end: 'interrupted', missing: 1 },
    ],
    [
      'scored again after its end',
      [...HALF, ended('finished', { passed: 1, failed: 1 }), scored('b')],
      { end: 'finished', totals: { passed: 2, failed: 0 } },
    ],
    [
      'retried',
      [attempt('a'), attemptFailed('a', 'unknown'), attempt('a', 2), output('a', 'x', 2)],
      { totals: { retries: 1, unknownOutcomes: 1 } },
    ],
  ] as const)('%s', async (_, records, expected) => {
    const { listing, state } = await stored(...(records as readonly JournalRecord[]));
    expect(listing).toMatchObject(expected);
    if (listing.end !== 'finished') expect(missingKeys(state)).toHaveLength(listing.missing);
  });

  it('follows the files: a run that goes on is listed anew', async () => {
    const store = createRunStore({ root: temporaryFolder(), capabilities: TRUSTED });
    const writer = await store.create(RUN);
    await writer.append(runRecord(RUN, 2));
    expect((await store.list())[0]).toMatchObject({ end: 'interrupted', missing: 2 });
    await writer.append(output('a'));
    expect((await store.list())[0]).toMatchObject({ missing: 1 });
    await writer.append(ended('finished'));
    await writer.close();
    expect((await store.list())[0]).toMatchObject({ end: 'finished' });
  });

  it('is not fooled by sizes that a file claims', async () => {
    const store = createRunStore({ root: temporaryFolder(), capabilities: TRUSTED });
    const writer = await store.create(RUN);
    await writer.append(runRecord(RUN, 2, { repeats: 1e12 }));
    await writer.append(casesRecord('a', 'b'));
    await writer.close();
    expect((await store.list())[0]?.missing).toBe(2e12);
    const state = await store.read(RUN);
    if (!state) throw new Error('no run');
    expect(() => missingKeys(state)).toThrow('not to be trusted');
    expect(eventsOf(state)).toHaveLength(2);
  });

  it('is newest first, by prompt', async () => {
    const store = createRunStore({ root: temporaryFolder(), capabilities: TRUSTED });
    for (const [id, promptId] of [
      ['20261122-100000-a', 'x'],
      ['20261122-100002-a', 'x'],
      ['20261122-100001-a', 'y'],
    ] as const) {
      const writer = await store.create(id);
      await writer.append(runRecord(id, 1, { promptId, fingerprint: `ek1:${id}` }));
      await writer.close();
    }
    expect((await store.list()).map(({ header }) => header.promptId)).toEqual(['x', 'y', 'x']);
    expect(await lastRunOf(store, 'x', 'ek1:20261122-100002-a')).toMatchObject({
      edited: false,
      listing: { header: { runId: '20261122-100002-a' } },
    });
    expect(await lastRunOf(store, 'x', 'ek1:other')).toMatchObject({ edited: true });
    expect(await lastRunOf(store, 'z')).toBeUndefined();
  });
});

describe('the events of a stored run', () => {
  it('come case after case in the order of the dataset, and count to the same totals', async () => {
    const { state } = await stored(output('b'), scored('b', 'failed'), output('a'), scored('a'), failed('d'));
    const events = eventsOf(state);
    const shown = events.map((event: RunEvent) =>
      'sample' in event
        ? `sample ${event.sample.key.caseId}`
        : event.type === 'caseFinished'
          ? `${event.caseId} ${event.status}`
          : event.type === 'caseStarted'
            ? `caseStarted ${event.caseId}`
            : event.type,
    );
    expect(shown).toEqual([
      'runStarted',
      'caseStarted a',
      'sample a',
      'sampleScored',
      'a passed',
      'caseStarted b',
      'sample b',
      'sampleScored',
      'b failed',
      'caseStarted d',
      'sample d',
      'd error',
      'runFinished',
    ]);
    const tally = new RunTally();
    for (const event of events) tally.apply(event);
    expect(tally.totals()).toEqual(totalsOf(state));
    expect(events.at(-1)).toMatchObject({ end: 'interrupted', totals: { passed: 1, failed: 1, errors: 1 } });
  });

  it('tell how it ended', async () => {
    const { state } = await stored({ ...ended('budget', { passed: 2 }), message: 'The next call could exceed $1.' } as JournalRecord);
    expect(eventsOf(state).at(-1)).toMatchObject({
      type: 'runFinished',
      end: 'budget',
      message: 'The next call could exceed $1.',
      totals: { passed: 2 },
    });
  });
});

describe('a run in words', () => {
  const now = new Date('2026-11-22T10:02:30.000Z');
  it.each([
    [{ passed: 33, failed: 4, unscored: 1 }, 'finished', 0, '33 of 37 passed, 1 unscored, 2 min ago'],
    [{ passed: 3, errors: 1 }, 'finished', 0, '3 of 3 passed, 1 error, 2 min ago'],
    [{ unscored: 5, errors: 2 }, 'finished', 0, 'nothing scored, 5 unscored, 2 errors, 2 min ago'],
    [{ passed: 1 }, 'cancelled', 7, '1 of 1 passed, 7 missing, cancelled, 2 min ago'],
    [{ passed: 1 }, 'interrupted', 7, '1 of 1 passed, 7 missing, interrupted, 2 min ago'],
    [{ passed: 1 }, 'budget', 7, '1 of 1 passed, 7 missing, stopped at the budget, 2 min ago'],
  ] as const)('%j %s', (totals, end, missing, expected) => {
    const [run, last] = [runRecord(RUN, 1), ended(end, totals)];
    if (run.type !== 'run' || last.type !== 'end') throw new Error('not a run');
    expect(describeRun({ header: run.header, end, totals: last.totals, missing, unknown: 0 }, now)).toBe(expected);
  });

  it.each([
    ['2026-11-22T10:02:00.000Z', 'just now'],
    ['2026-11-22T11:00:00.000Z', 'just now'],
    ['2026-11-22T09:03:00.000Z', '59 min ago'],
    ['2026-11-22T09:02:00.000Z', '1 hour ago'],
    ['2026-11-21T10:03:00.000Z', '23 hours ago'],
    ['2026-11-21T10:02:00.000Z', '1 day ago'],
    ['2026-11-01T10:02:00.000Z', '21 days ago'],
    ['not a time', 'just now'],
  ])('%s was %s', (time, expected) => {
    expect(describeAge(time, now)).toBe(expected);
  });
});

it('keys of a resume come in the order of the plan', async () => {
  const { state } = await stored(output('b'), failed('c', 'budget', 'notSent'));
  expect(missingKeys(state)).toEqual([keyOf('a'), keyOf('c'), keyOf('d')]);
});
