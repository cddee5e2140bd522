/** Lets work go on a few at a time, with the event loop's other business in between. */
export interface Turns {
  readonly next: () => Promise<void>;
}

/**
 * A commit of the journal releases many calls at once. Sent in one go they would hold up the answers that come in meanwhile, and all
 * calls would move in lockstep: wait, burst, wait. A few a turn keep them spread out.
 */
export function createTurns(many: number): Turns {
  const waiting: (() => void)[] = [];
  let running = false;
  const run = (): void => {
    for (const go of waiting.splice(0, many)) go();
    running = waiting.length > 0;
    if (running) setImmediate(run);
  };
  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (running) return;
        running = true;
        setImmediate(run);
      }),
  };
}
