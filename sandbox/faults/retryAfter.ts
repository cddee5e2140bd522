/** The shapes of Retry-After that servers and proxies really send, sane or not. */
export const RETRY_AFTER_SHAPES = ['zero', 'negative', 'past-date', 'http-date', 'day', 'huge', 'nan', 'missing', 'second'] as const;

/** One shape of the header. */
export type RetryAfterShape = (typeof RETRY_AFTER_SHAPES)[number];

/** The header's value for a shape, or undefined for no header. `http-date` is two seconds after `now` (milliseconds since the epoch). */
export function retryAfterValue(shape: RetryAfterShape, now: number): string | undefined {
  switch (shape) {
    case 'zero':
      return '0';
    case 'negative':
      return '-5';
    case 'past-date':
      return 'Wed, 21 Oct 2015 07:28:00 GMT';
    case 'http-date':
      return new Date(now + 2000).toUTCString();
    case 'day':
      return '86400';
    case 'huge':
      return '9000000000000000000';
    case 'nan':
      return 'nan';
    case 'second':
      return '1';
    case 'missing':
      return undefined;
  }
}

/** The shape of the n-th struck call when a script goes through all of them. */
export function cycledShape(n: number): RetryAfterShape {
  return RETRY_AFTER_SHAPES[(n - 1) % RETRY_AFTER_SHAPES.length] ?? 'missing';
}
