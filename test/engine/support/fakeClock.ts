import type { Clock } from '../../../engine/index.ts';

/** A clock that stands until it is moved; sleepers wake in order. */
export interface FakeClock extends Clock {
  /** Moves on, waking whoever's time has come, and lets them run. */
  readonly advance: (ms: number) => Promise<void>;
}

export function createFakeClock(): FakeClock {
  let time = 0;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return {
    now: () => time,
    date: () => new Date(Date.UTC(2026, 10, 22) + time),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        sleepers.push({ at: time + ms, wake: resolve });
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
    advance: async (ms) => {
      const end = time + ms;
      await settle();
      for (;;) {
        const next = sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        time = Math.max(time, next.at);
        next.wake();
        await settle();
      }
      time = end;
      await settle();
    },
  };
}
