import type { FailureKind } from '../../protocol/index.ts';
import type { ProviderError } from '../providers/provider.ts';

/** What to do after a failed attempt. */
export type RetryDecision =
  /** `throttle`: the whole limiter pauses for so long, not this sample alone. */
  { readonly retry: true; readonly delayMs: number; readonly throttle: boolean } | { readonly retry: false };

export interface RetryState {
  /** Attempts made of this sample, this one included. */
  readonly attempt: number;
  /** Attempts of this sample before this one whose outcome is unknown. */
  readonly unknown: number;
  /** A person waits and is asked before anything of unknown outcome is sent again. */
  readonly interactive: boolean;
  /** Throttles in a row, from the limiter. */
  readonly throttles: number;
  readonly random: () => number;
}

/** Whether and when to try again. The retry budget is the caller's second question. */
export function decideRetry(error: ProviderError, { attempt, unknown, interactive, throttles, random }: RetryState): RetryDecision {
  if (!RETRYABLE.has(error.kind)) return { retry: false };
  if (error.billing === 'unknown' && (interactive || unknown > 0)) return { retry: false };
  const throttle = THROTTLES.has(error.kind) && error.billing === 'rejected';
  if (attempt >= (throttle ? MOST_THROTTLED_ATTEMPTS : MOST_ATTEMPTS)) return { retry: false };
  const step = throttle ? Math.max(attempt, throttles) : attempt;
  const delayMs = error.retryAfterMs === undefined ? backoff(step, random) : asked(error.retryAfterMs, interactive, random);
  return { retry: true, delayMs, throttle };
}

/** Full jitter: anything from 0 to 0.5 s × 2ⁿ⁻¹, at most 60 s. */
export function backoff(step: number, random: () => number): number {
  return random() * Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (step - 1));
}

/** Retry-After within [250 ms, 120 s], or 15 minutes where nobody waits; with up to a tenth more, so that not all come back at once. */
export function asked(retryAfterMs: number, interactive: boolean, random: () => number): number {
  const longest = interactive ? 120_000 : 900_000;
  return Math.min(longest, Math.max(250, retryAfterMs)) * (1 + random() / 10);
}

const RETRYABLE: ReadonlySet<FailureKind> = new Set(['rateLimit', 'overloaded', 'server', 'timeout', 'connection', 'cut', 'malformed']);
const THROTTLES: ReadonlySet<FailureKind> = new Set(['rateLimit', 'overloaded']);
const MOST_ATTEMPTS = 4;
const MOST_THROTTLED_ATTEMPTS = 12;
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 60_000;

/** How many retries a provider is worth: a tenth of its requests, and a few to begin with. */
export interface RetryBudget {
  /** A first attempt was made. */
  readonly earn: () => void;
  /** Takes one retry; false when there is none left. */
  readonly take: () => boolean;
}

/** A token bucket: `floor` retries at the start, a tenth more with each request, and one every five seconds, so that waiting ends. */
export function createRetryBudget(now: () => number, floor = 10): RetryBudget {
  let tokens = floor;
  let refilled = now();
  return {
    earn: () => {
      tokens += 0.1;
    },
    take: () => {
      const at = now();
      tokens += (at - refilled) / 5000;
      refilled = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
