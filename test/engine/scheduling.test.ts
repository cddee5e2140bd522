import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../engine/index.ts';
import { createBudget } from '../../engine/run/budget.ts';
import { createLimiter } from '../../engine/run/limiter.ts';
import { asked, backoff, createRetryBudget, decideRetry } from '../../engine/run/retry.ts';
import { createCircuit } from '../../engine/run/stop.ts';
import type { Billing, FailureKind } from '../../protocol/index.ts';
import { createFakeClock } from './support/fakeClock.ts';

const error = (kind: FailureKind, billing: Billing, retryAfterMs?: number): ProviderError =>
  new ProviderError(kind, kind, { billing, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });

describe('whether to try again', () => {
  const state = { attempt: 1, unknown: 0, interactive: false, throttles: 0, random: () => 0.5 };
  const table: readonly (readonly [FailureKind, Billing, Partial<typeof state>, boolean])[] = [
    ['authentication', 'rejected', {}, false],
    ['permission', 'rejected', {}, false],
    ['notFound', 'rejected', {}, false],
    ['badRequest', 'rejected', {}, false],
    ['quota', 'rejected', {}, false],
    ['cancelled', 'unknown', {}, false],
    ['rateLimit', 'rejected', {}, true],
    ['rateLimit', 'rejected', { attempt: 11 }, true],
    ['rateLimit', 'rejected', { attempt: 12 }, false],
    ['server', 'rejected', {}, true],
    ['server', 'rejected', { attempt: 4 }, false],
    ['connection', 'notSent', { interactive: true }, true],
    ['timeout', 'unknown', {}, true],
    ['timeout', 'unknown', { interactive: true }, false],
    ['cut', 'unknown', { attempt: 2, unknown: 1 }, false],
    ['overloaded', 'unknown', {}, true],
  ];
  it.each(table)('%s, %s, %o: %s', (kind, billing, change, retry) => {
    expect(decideRetry(error(kind, billing), { ...state, ...change }).retry).toBe(retry);
  });

  it('waits with full jitter, and as long as the provider asks within bounds', () => {
    expect([1, 2, 3, 20].map((step) => backoff(step, () => 1))).toEqual([500, 1000, 2000, 60_000]);
    expect(backoff(3, () => 0)).toBe(0);
    const shapes = [0, 100, 3000, 86_400_000, Number.POSITIVE_INFINITY];
    expect(shapes.map((ms) => asked(ms, true, () => 0))).toEqual([250, 250, 3000, 120_000, 120_000]);
    expect(shapes.map((ms) => asked(ms, false, () => 0))).toEqual([250, 250, 3000, 900_000, 900_000]);
    expect(decideRetry(error('rateLimit', 'rejected', 2000), { ...state, random: () => 0 })).toEqual({
      retry: true,
      delayMs: 2000,
      throttle: true,
    });
  });

  it('a tenth of the requests, and ten to begin with', () => {
    let now = 0;
    const budget = createRetryBudget(() => now);
    const taken = (): number => {
      let count = 0;
      while (budget.take()) count++;
      return count;
    };
    expect(taken()).toBe(10);
    for (let at = 0; at < 100; at++) budget.earn();
    expect([9, 10]).toContain(taken()); // a hundred tenths, give or take the last bit
    now = 10_000;
    expect(taken()).toBe(2);
  });
});

describe('the limiter', () => {
  it('lets so many start, in order, and gives a place back', async () => {
    const clock = createFakeClock();
    const limiter = createLimiter(2, clock);
    const { signal } = new AbortController();
    const started: number[] = [];
    for (const name of [1, 2, 3, 4]) void limiter.acquire(signal).then(() => started.push(name));
    await clock.advance(0);
    expect(started).toEqual([1, 2]);
    limiter.release();
    await clock.advance(0);
    expect(started).toEqual([1, 2, 3]);
  });

  it('halves and pauses when throttled, then grows by one a round', async () => {
    const clock = createFakeClock();
    const limiter = createLimiter(8, clock);
    const { signal } = new AbortController();
    await limiter.acquire(signal);
    limiter.throttled(1000);
    limiter.release();
    expect(limiter.limit()).toBe(4);
    let started = false;
    void limiter.acquire(signal).then(() => {
      started = true;
    });
    await clock.advance(999);
    expect(started).toBe(false);
    await clock.advance(1);
    expect(started).toBe(true);
    for (let at = 0; at < 5; at++) limiter.succeeded();
    expect(limiter.limit()).toBe(5);
    for (let at = 0; at < 100; at++) limiter.succeeded();
    expect(limiter.limit()).toBe(8);
  });

  it('halves once for calls that were under way together', async () => {
    const limiter = createLimiter(8, createFakeClock());
    const { signal } = new AbortController();
    for (let at = 0; at < 8; at++) await limiter.acquire(signal);
    for (let at = 0; at < 8; at++) {
      limiter.throttled(10);
      limiter.release();
    }
    expect(limiter.limit()).toBe(4);
  });

  it('ends waits when the run stops', async () => {
    const limiter = createLimiter(1, createFakeClock());
    const stop = new AbortController();
    await limiter.acquire(stop.signal);
    const waiting = limiter.acquire(stop.signal);
    stop.abort();
    expect(await waiting).toBe(false);
  });

  it('a storm of 429: nothing starts before the time that was asked for', async () => {
    const clock = createFakeClock();
    const limiter = createLimiter(32, clock);
    const { signal } = new AbortController();
    const open = 600_000;
    let notBefore = 0;
    let askedAt = 0;
    let calls = 0;
    let early = 0;
    let done = 0;
    const sample = async (): Promise<void> => {
      for (;;) {
        await limiter.acquire(signal);
        calls++;
        if (clock.now() > askedAt && clock.now() < notBefore) early++;
        if (clock.now() >= open) {
          limiter.succeeded();
          limiter.release();
          done++;
          return;
        }
        askedAt = clock.now();
        notBefore = Math.max(notBefore, clock.now() + 20_000);
        limiter.throttled(asked(20_000, false, () => 0));
        limiter.release();
      }
    };
    for (let at = 0; at < 200; at++) void sample();
    for (let at = 0; at < 70; at++) await clock.advance(10_000);
    expect({ done, early }).toEqual({ done: 200, early: 0 });
    expect(calls - 200).toBeLessThan(32 + 16 * 4);
  });
});

describe('the budget', () => {
  const none = { cost: 0, unknownCost: 0, calls: 0 };

  it('is never exceeded, whatever the calls turn out to cost', async () => {
    for (let seed = 1; seed <= 200; seed++) {
      let state = seed;
      const random = (): number => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return state / 2_147_483_648;
      };
      const budget = createBudget({ maxCost: 1 }, none);
      let spent = 0;
      const worker = async (): Promise<void> => {
        for (;;) {
          const worst = 0.01 + random() / 10;
          if (!(await budget.reserve(worst))) return;
          await Promise.resolve();
          const lost = random() < 0.1;
          const cost = lost ? worst : worst * random();
          spent += cost;
          budget.settle(worst, lost ? 'unknown' : { cost });
        }
      };
      await Promise.all(Array.from({ length: 8 }, worker));
      expect(spent).toBeLessThanOrEqual(1 + 1e-9);
      expect(spent).toBeGreaterThan(0.8);
    }
  });

  it('waits for calls under way before it says no', async () => {
    const budget = createBudget({ maxCost: 1 }, none);
    expect(await budget.reserve(0.9)).toBe(true);
    const second = budget.reserve(0.9);
    budget.settle(0.9, { cost: 0.05 });
    expect(await second).toBe(true);
  });

  it('counts what an earlier session spent', async () => {
    const budget = createBudget({ maxCost: 1, maxCalls: 10 }, { cost: 0.5, unknownCost: 0.3, calls: 9 });
    expect(await budget.reserve(0.3)).toBe(false);
    expect(await budget.reserve(0.1)).toBe(true);
    expect(await budget.reserve(0)).toBe(false);
    expect(budget.unknownCost()).toBe(0.3);
  });
});

describe('when to stop the whole run', () => {
  it('a refused key at once, a server that is down after a few, one bad case never', () => {
    const circuit = createCircuit();
    expect(circuit.failed(error('badRequest', 'rejected'))).toBeUndefined();
    expect(circuit.failed(error('server', 'rejected'))).toBeUndefined();
    for (let at = 0; at < 3; at++) expect(circuit.failed(error('connection', 'notSent'))).toBeUndefined();
    expect(circuit.failed(error('connection', 'notSent'))?.message).toContain('resume it when the server is back');
    expect(circuit.failed(error('notFound', 'rejected'))).toMatchObject({ end: 'failed' });
    circuit.answered();
    expect(circuit.failed(error('notFound', 'rejected'))).toBeUndefined();
    expect(circuit.failed(error('authentication', 'rejected'))).toMatchObject({ end: 'failed', message: 'authentication' });
  });
});
