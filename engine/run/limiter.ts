import type { Clock } from '../clock.ts';

/** Calls in flight to one origin with one key and one model: adapted to what the provider allows. */
export interface Limiter {
  /** Resolves to true when a call may start, or to false when the signal aborted first. Every true needs a `release`. */
  readonly acquire: (signal: AbortSignal) => Promise<boolean>;
  readonly release: () => void;
  /** The provider asked to slow down: half as many calls, and none at all for so long. */
  readonly throttled: (pauseMs: number) => void;
  readonly succeeded: () => void;
  /** Calls that may be in flight now. */
  readonly limit: () => number;
  /** How many times in a row the provider asked to slow down. */
  readonly throttles: () => number;
}

/**
 * Additive increase, multiplicative decrease: starts at `most`, halves when the provider says slow down (calls that were under way at the
 * last halving do not halve again), and grows by one a round of answers up to `most`. First come, first served.
 */
export function createLimiter(most: number, clock: Clock): Limiter {
  let limit = most;
  let inFlight = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let throttles = 0;
  /** Answers to calls that started before the last halving. */
  let stale = 0;
  let pumping = false;
  const waiting: { readonly start: () => void; readonly signal: AbortSignal }[] = [];
  const pump = (): void => {
    while (waiting.length && inFlight < Math.max(1, Math.floor(limit))) {
      const pause = pausedUntil - clock.now();
      if (pause > 0) {
        wake(pause);
        return;
      }
      inFlight++;
      waiting.shift()?.start();
    }
  };
  const wake = (pause: number): void => {
    if (pumping) return;
    pumping = true;
    void clock.sleep(pause).then(() => {
      pumping = false;
      pump();
    });
  };
  return {
    acquire: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(false);
        if (!waiting.length && inFlight < Math.max(1, Math.floor(limit)) && pausedUntil <= clock.now()) {
          inFlight++;
          return resolve(true);
        }
        const entry = {
          signal,
          start: () => {
            signal.removeEventListener('abort', onAbort);
            resolve(true);
          },
        };
        const onAbort = (): void => {
          const at = waiting.indexOf(entry);
          if (at >= 0) waiting.splice(at, 1);
          resolve(false);
        };
        signal.addEventListener('abort', onAbort, { once: true });
        waiting.push(entry);
        pump();
      }),
    release: () => {
      inFlight--;
      pump();
    },
    throttled: (pauseMs) => {
      pausedUntil = Math.max(pausedUntil, clock.now() + pauseMs);
      if (stale > 0) {
        stale--;
        return;
      }
      throttles++;
      limit = Math.max(1, limit / 2);
      stale = Math.max(0, inFlight - 1);
    },
    succeeded: () => {
      if (stale > 0) {
        stale--;
        return;
      }
      throttles = 0;
      limit = Math.min(most, limit + 1 / limit);
    },
    limit: () => Math.max(1, Math.floor(limit)),
    throttles: () => throttles,
  };
}
