import type { RunEvent } from '../../protocol/index.ts';

/** Gathers events and sends them in batches, one at a time, each answered before the next: that is the backpressure. */
export interface EventBatches {
  /** Takes an event; a promise when so many are waiting that the run should pause. */
  readonly add: (event: RunEvent) => void | Promise<void>;
  /** Resolves when everything added so far was taken. */
  readonly drained: () => Promise<void>;
}

/** Batches of up to 64 events or what 16 ms bring. When the receiver is gone, events are dropped: the journal has them. */
export function createEventBatches(send: (events: readonly RunEvent[]) => Promise<unknown>): EventBatches {
  let queue: RunEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  let relief: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
  let gone = false;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    while (queue.length && !gone) {
      const batch = queue.slice(0, BATCH);
      queue = queue.slice(BATCH);
      try {
        await send(batch);
      } catch {
        gone = true;
      }
      if (queue.length <= PAUSE / 2) relieve();
    }
    if (gone) queue = [];
    relieve();
    sending = undefined;
  };
  const relieve = (): void => {
    relief?.resolve();
    relief = undefined;
  };
  const start = (): void => {
    sending ??= flush();
  };
  return {
    add: (event) => {
      if (gone) return undefined;
      queue.push(event);
      if (queue.length >= BATCH) start();
      else if (!sending) timer ??= setTimeout(start, GATHER_MS);
      if (queue.length < PAUSE) return undefined;
      relief ??= Promise.withResolvers<void>();
      return relief.promise;
    },
    drained: async () => {
      while (queue.length || sending) {
        start();
        await sending;
      }
    },
  };
}

const BATCH = 64;
const GATHER_MS = 16;
/** Waiting events above which a run pauses. */
const PAUSE = 1024;
