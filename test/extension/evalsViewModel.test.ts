import { describe, expect, it } from 'vitest';
import { EvalsViewModel } from '../../extension/evals/evalsViewModel.ts';
import type { EvalsHeader, EvalsRow, RunEvent } from '../../protocol/index.ts';
import { answer, attempt, caseFinished, caseStarted, refused, score, started } from '../protocol/runEvents.ts';
import { NO_TOTALS } from '../support/noTotals.ts';

const passed = (id: string, at?: number): readonly RunEvent[] => [
  caseStarted(id, at),
  attempt(id),
  answer(id),
  score(id, 'passed', 'passed'),
  caseFinished(id),
];
const failed = (id: string, at?: number): readonly RunEvent[] => [
  caseStarted(id, at),
  attempt(id),
  answer(id),
  score(id, 'failed', 'passed'),
  caseFinished(id, 'failed'),
];

/** Events → rows, as far as the table says. */
const ROWS: readonly (readonly [name: string, events: readonly RunEvent[], rows: readonly Partial<EvalsRow>[]])[] = [
  ['nothing', [started(2)], []],
  ['a case that has begun', [started(1), caseStarted('a')], [{ caseId: 'a', status: 'running', input: 'input of a', output: '' }]],
  [
    'a case that passed',
    [started(1), ...passed('a')],
    [{ status: 'passed', output: 'output of a', passedCount: 2, failed: [], latencyMs: 600, tokens: 240, cached: false }],
  ],
  ['a case that failed', [started(1), ...failed('a')], [{ status: 'failed', failed: ['e0'], passedCount: 1 }]],
  [
    'no answer',
    [started(1), caseStarted('a'), refused('a'), caseFinished('a', 'error')],
    [{ status: 'error', output: 'The model is overloaded.', passedCount: 0 }],
  ],
  ['no evaluator', [started(1), caseStarted('a'), answer('a'), caseFinished('a', 'unscored')], [{ status: 'unscored' }]],
  [
    'from the cache',
    [started(1), caseStarted('a'), answer('a', 0, { cachedAt: '2026-11-22T07:00:00Z', attempts: 0 }), caseFinished('a')],
    [{ cached: true }],
  ],
  [
    'the dataset order, whatever the order of the answers',
    [started(3), ...passed('c', 2), ...passed('a', 0), ...passed('b', 1)],
    [{ caseId: 'a' }, { caseId: 'b' }, { caseId: 'c' }],
  ],
  ['the order of arrival without places', [started(2), ...passed('b'), ...passed('a')], [{ caseId: 'b' }, { caseId: 'a' }]],
  [
    'a place that is taken or senseless',
    [started(3), ...passed('a', 0), ...passed('b', 0), ...passed('c', -5)],
    [{ caseId: 'a' }, { caseId: 'b' }, { caseId: 'c' }],
  ],
  ['scored again', [started(1), ...failed('a'), score('a', 'passed', 'passed')], [{ status: 'passed', failed: [], passedCount: 2 }]],
  [
    'two samples, one of them failed: its output is shown, time is the mean, tokens the sum',
    [
      started(1, 2),
      caseStarted('a'),
      answer('a', 0, { latencyMs: 100 }),
      score('a', 'passed'),
      answer('a', 1, { latencyMs: 300, output: { text: 'other', finishReason: 'stop' } }),
      { ...score('a', 'failed'), key: { caseId: 'a', model: 'm', repeat: 1 } } as RunEvent,
      caseFinished('a', 'failed'),
    ],
    [{ status: 'failed', output: 'other', latencyMs: 200, tokens: 480, failed: ['e0'], passedCount: 0 }],
  ],
  [
    'long text and line breaks',
    [
      started(1),
      caseStarted('a'),
      answer('a', 0, { output: { text: `  two\n\nlines ${'x'.repeat(5000)}`, finishReason: 'stop' } }),
      caseFinished('a'),
    ],
    [{ output: `two lines ${'x'.repeat(190)}…` }],
  ],
  [
    'cancelled in the middle',
    [started(2), ...passed('a'), caseStarted('b'), attempt('b'), end('cancelled')],
    [{ status: 'passed' }, { caseId: 'b', status: 'waiting' }],
  ],
];

describe('the evals view model', () => {
  it.each(ROWS)('rows: %s', (_name, events, rows) => {
    const shown = model(events).rows();
    expect(shown.map(({ row }) => row)).toMatchObject(rows);
    expect(shown).toHaveLength(rows.length);
  });

  it.each<readonly [name: string, events: readonly RunEvent[], header: Partial<EvalsHeader>]>([
    ['before the start', [], { state: 'planning', title: '', done: 0, models: [], moneyNote: '' }],
    [
      'at the start',
      [started(4, 1, { version: '1.4.0', dataset: { path: 't.cases.jsonl', fingerprint: 'x' } })],
      {
        state: 'running',
        title: 'Triage',
        version: '1.4.0',
        dataset: 't.cases.jsonl',
        planned: 4,
        models: ['m'],
        moneyNote: 'local sandbox, no key sent',
      },
    ],
    [
      'in the middle',
      [started(3), ...passed('a'), caseStarted('b'), attempt('b')],
      { done: 1, planned: 3, inFlight: 1, passed: 1, inputName: 'ticket' },
    ],
    [
      'at the end',
      [started(2), ...passed('a'), ...failed('b'), end('finished')],
      { state: 'finished', done: 2, inFlight: 0, passed: 1, failed: 1, passRate: 0.5, failedBy: [['e0', 1]] },
    ],
    ['with a key', [started(1, 1, { origins: ['https://api.openai.com'], keySent: true })], { moneyNote: 'api.openai.com, your key' }],
    ['a local server', [started(1, 1, { origins: ['http://localhost:11434'] })], { moneyNote: 'localhost:11434, no key sent' }],
    [
      'the cache',
      [started(1), caseStarted('a'), answer('a', 0, { cachedAt: '2026-11-22T09:00:00Z', attempts: 0 })],
      { fromCache: 1, cachedAgo: '3 hours' },
    ],
  ])('header: %s', (_name, events, header) => {
    expect(model(events, Date.parse('2026-11-22T12:00:00Z')).header()).toMatchObject(header);
  });

  it('sends only what has changed', () => {
    const view = model([started(3), ...passed('a', 0), ...passed('b', 1)]);
    expect(view.takePatches().map(({ at }) => at)).toEqual([0, 1]);
    expect(view.takePatches()).toEqual([]);
    view.apply(score('a', 'failed'));
    expect(view.takePatches()).toMatchObject([{ at: 0, row: { status: 'failed' } }]);
  });

  it('replayed events give what the live ones gave', () => {
    const events = [
      started(3),
      ...passed('a', 0),
      ...failed('b', 1),
      caseStarted('c', 2),
      refused('c'),
      caseFinished('c', 'error'),
      end('finished'),
    ];
    const live = new EvalsViewModel({ now: () => 0 });
    for (const event of events) {
      live.apply(event);
      live.takePatches();
    }
    const replayed = model(events, 0);
    expect(replayed.rows()).toEqual(live.rows());
    expect(replayed.header()).toEqual(live.header());
  });

  it('tells what changed since the run before, sample by sample', () => {
    const before = model([started(2), ...passed('a'), ...passed('b')]);
    const view = new EvalsViewModel({ previous: before.digests() });
    const other = answer('b', 0, { output: { text: 'something else', finishReason: 'stop' } });
    for (const event of [started(3), ...passed('a'), caseStarted('b'), other, score('b', 'passed'), caseFinished('b'), ...passed('new')])
      view.apply(event);
    expect(view.rows().map(({ row }) => row.changed)).toEqual([false, true, undefined]);
    expect(view.header().changed).toBe(1);
    expect(model([started(1), ...passed('a')]).header()).not.toHaveProperty('changed');
  });

  it('a run of a few cases keeps what the others gave before', () => {
    const all = model([started(2), ...passed('a'), ...passed('b')]);
    const some = new EvalsViewModel({ previous: all.digests() });
    for (const event of [started(1), ...passed('a')]) some.apply(event);
    expect([...some.digests().keys()]).toHaveLength(2);
  });

  it('says how long it will take once that is worth saying', () => {
    let now = 0;
    const view = new EvalsViewModel({ now: () => now });
    view.apply(started(10));
    for (const id of ['a', 'b']) for (const event of passed(id)) view.apply(event);
    now = 4000;
    expect(view.header()).not.toHaveProperty('secondsLeft');
    for (const id of ['c', 'd']) for (const event of passed(id)) view.apply(event);
    expect(view.header().secondsLeft).toBe(6);
  });

  it('goes on after a resume: what was there stays, nothing is in flight', () => {
    const view = model([started(2), ...passed('a', 0), caseStarted('b', 1), attempt('b'), end('interrupted')]);
    view.apply(started(2, 1, { resumed: { kept: 1, unknown: 1 } }));
    expect(view.header()).toMatchObject({ state: 'running', inFlight: 0, done: 1 });
    for (const event of [...passed('b', 1), end('finished')]) view.apply(event);
    expect(view.rows().map(({ row }) => row.status)).toEqual(['passed', 'passed']);
    expect(view.header()).toMatchObject({ state: 'finished', done: 2, passed: 2 });
  });
});

function model(events: readonly RunEvent[], now = 0): EvalsViewModel {
  const view = new EvalsViewModel({ now: () => now });
  for (const event of events) view.apply(event);
  return view;
}

function end(how: 'finished' | 'cancelled' | 'interrupted'): RunEvent {
  return { type: 'runFinished', runId: 'run', end: how, totals: NO_TOTALS };
}
