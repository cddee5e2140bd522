/** How fast a run goes and how long it still takes, from finished samples; times in milliseconds of a monotonic clock. */
export class Progress {
  readonly #started: number;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.#started = now();
  }

  /** `38 of 50 · 6 in flight · 12.4 a second · 3 s left`. */
  line(done: number, planned: number, inFlight: number): string {
    const seconds = Math.max(0.001, (this.#now() - this.#started) / 1000);
    const rate = done / seconds;
    const left = rate > 0 && done < planned ? `${formatSeconds((planned - done) / rate)} left` : undefined;
    return [
      `${done} of ${planned}`,
      inFlight ? `${inFlight} in flight` : undefined,
      done ? `${rate >= 10 ? rate.toFixed(0) : rate.toFixed(1)} a second` : undefined,
      left,
    ]
      .filter((part) => part !== undefined)
      .join(' · ');
  }
}

/** `3 s`, `2 min`, `1 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
