import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the engine uses it. Waits and durations run on the monotonic clock; the date only stamps records. */
export interface Clock {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly date: () => Date;
  /** Resolves after so many milliseconds, or at once when the signal aborts. Never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** The machine's clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
};
