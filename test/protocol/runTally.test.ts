import { describe, expect, it } from 'vitest';
import { type RunEvent, RunTally } from '../../protocol/index.ts';
import { answer, attempt, refused, score, started } from './runEvents.ts';

/** Events of one run → what the tally counts. */
const TABLE: readonly (readonly [name: string, events: readonly RunEvent[], totals: Partial<ReturnType<RunTally['totals']>>])[] = [
  ['nothing yet', [started(3)], { cases: 3, passed: 0, failed: 0, calls: 0, retries: 0 }],
  [
    'one passed',
    [started(1), attempt('a'), answer('a'), score('a', 'passed')],
    { passed: 1, failed: 0, calls: 1, passRate: 1, costUsd: 0.001 },
  ],
  [
    'one failed of two',
    [started(2), answer('a'), score('a', 'failed'), answer('b'), score('b', 'passed')],
    { passed: 1, failed: 1, passRate: 0.5 },
  ],
  ['unscored is not failed', [started(1), answer('a'), score('a', 'unscored')], { unscored: 1, failed: 0, passed: 0 }],
  ['no evaluator is unscored', [started(1), answer('a')], { unscored: 1, passed: 0 }],
  ['failed wins over unscored', [started(1), answer('a'), score('a', 'unscored', 'failed')], { unscored: 0, failed: 1 }],
  ['no answer is an error', [started(1), attempt('a'), refused('a')], { errors: 1, failed: 0, calls: 1, unpriced: 0 }],
  ['a retry', [started(1), attempt('a'), attempt('a', 2), answer('a')], { retries: 1, calls: 1 }],
  ['a lost attempt', [started(1), attempt('a'), attempt('a', 2, 'unknown'), answer('a')], { retries: 1, unknownOutcomes: 1 }],
  [
    'from cache',
    [started(1), answer('a', 0, { cachedAt: '2026-01-01T00:00:00Z', attempts: 0 }), score('a', 'passed')],
    { fromCache: 1, calls: 0, costUsd: 0, passed: 1 },
  ],
  ['scored again', [started(1), answer('a'), score('a', 'failed'), score('a', 'passed')], { passed: 1, failed: 0 }],
  [
    'a sample of two failed',
    [
      started(1, 2),
      answer('a', 0),
      score('a', 'passed'),
      answer('a', 1),
      { ...score('a', 'failed'), key: { caseId: 'a', model: 'm', repeat: 1 } } as RunEvent,
    ],
    { passed: 0, failed: 1 },
  ],
];

describe('the tally of a run', () => {
  it.each(TABLE)('%s', (_name, events, totals) => {
    expect(tally(events).totals()).toMatchObject(totals);
  });

  it('has no pass rate while nothing is scored', () => {
    const totals = tally([started(1), answer('a')]).totals();
    expect(totals).not.toHaveProperty('passRate');
    expect(totals).not.toHaveProperty('interval');
    expect(totals).not.toHaveProperty('medianLatencyMs', Number.NaN);
  });

  it('names what failed, most first, and takes back what was scored again', () => {
    const events = [started(2), answer('a'), score('a', 'failed', 'failed'), answer('b'), score('b', 'passed', 'failed')];
    expect(tally(events).failedBy()).toEqual([
      ['e1', 2],
      ['e0', 1],
    ]);
    expect(tally([...events, score('a', 'passed', 'unscored')]).failedBy()).toEqual([['e1', 1]]);
  });

  it('knows how far the run is', () => {
    const run = tally([started(2, 2), attempt('a'), attempt('b'), answer('a')]);
    expect([run.done, run.planned, run.inFlight]).toEqual([1, 4, 1]);
    run.apply(started(2, 2));
    expect(run.inFlight).toBe(0);
  });

  it('counts the same events twice as once', () => {
    const events = [started(2), answer('a'), score('a', 'failed'), answer('b'), score('b', 'passed')];
    expect(tally([...events, ...events]).totals()).toEqual(tally(events).totals());
  });

  it('interpolates quantiles of the time', () => {
    const events = [100, 200, 300, 400].map((latencyMs, index) => answer(`c${index}`, 0, { latencyMs }));
    expect(tally([started(4), ...events]).totals()).toMatchObject({ medianLatencyMs: 250, p95LatencyMs: 385 });
  });
});

function tally(events: readonly RunEvent[]): RunTally {
  const run = new RunTally();
  for (const event of events) run.apply(event);
  return run;
}
