/** Where the events of one run or job go. `lost` is said once, when the engine's process ended before the run did. */
export interface EventSink<E> {
  readonly events: (events: readonly E[]) => void;
  readonly lost: () => void;
}

/** Brings events to whoever started what they are of, those included that come before its id is known. */
export class EventRoutes<E> {
  readonly #isLast: (event: E) => boolean;
  readonly #log: (line: string) => void;
  readonly #sinks = new Map<string, EventSink<E>>();
  /** Events of ids that nobody listens to yet, while a start is open. */
  readonly #early = new Map<string, E[]>();
  #starting = 0;

  constructor(isLast: (event: E) => boolean, log: (line: string) => void) {
    this.#isLast = isLast;
    this.#log = log;
  }

  /** Starts something whose events go to the sink until its last one. Resolves with its id. */
  async start(begin: () => Promise<string>, sink: EventSink<E>): Promise<string> {
    this.#starting++;
    try {
      const id = await begin();
      this.#sinks.set(id, sink);
      const early = this.#early.get(id);
      this.#early.delete(id);
      if (early) this.deliver(id, early);
      return id;
    } finally {
      if (--this.#starting === 0) this.#early.clear();
    }
  }

  deliver(id: string, events: readonly E[]): void {
    const sink = this.#sinks.get(id);
    if (!sink) {
      if (this.#starting > 0) this.#early.set(id, [...(this.#early.get(id) ?? []), ...events]);
      return;
    }
    if (events.some(this.#isLast)) this.#sinks.delete(id);
    try {
      sink.events(events);
    } catch (error) {
      this.#log(`events of ${id} could not be shown: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }

  /** Tells everybody whose last event has not come that it never will. Returns how many. */
  lose(): number {
    const sinks = [...this.#sinks.values()];
    this.#sinks.clear();
    for (const sink of sinks) sink.lost();
    return sinks.length;
  }
}
