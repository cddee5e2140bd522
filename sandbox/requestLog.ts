/** Tokens of one call, by the documented approximation. */
export interface SandboxUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** One model call as the sandbox saw it. Keys and other headers are never in it. */
export interface RequestLogEntry {
  /** Number of the model call, from 1. */
  readonly n: number;
  /** Monotonic counter of all requests of this sandbox; no wall clock. */
  readonly at: number;
  readonly path: string;
  /** The model asked for; empty when the body could not be read. */
  readonly model: string;
  /** The draw header as sent, '0' when absent. */
  readonly draw: string;
  /** Hash of path and body. */
  readonly requestHash: string;
  /** Hash of the data found in the request. */
  readonly inputHash: string;
  /** Last user message, its first 4,000 characters. */
  readonly lastUserMessage: string;
  readonly status: number;
  /** The answer's text or tool arguments; empty for errors. */
  readonly output: string;
  readonly usage: SandboxUsage;
  /** The injected fault, when there was one. */
  readonly fault?: string;
}

/** A bounded list of calls. */
export interface RequestLog {
  /** Calls ever made, also those no longer kept. */
  readonly total: number;
  /** The kept calls, oldest first. */
  entries(): readonly RequestLogEntry[];
  /** Called with every entry as it is added; the returned function ends it. */
  subscribe(listener: (entry: RequestLogEntry) => void): () => void;
}

/** A log and the one way to add to it. */
export interface WritableRequestLog extends RequestLog {
  add(entry: RequestLogEntry): void;
}

/** Creates a log that keeps the newest `limit` entries. */
export function createRequestLog(limit: number): WritableRequestLog {
  const kept: RequestLogEntry[] = [];
  const listeners = new Set<(entry: RequestLogEntry) => void>();
  let total = 0;
  let start = 0;
  return {
    get total() {
      return total;
    },
    entries() {
      return [...kept.slice(start), ...kept.slice(0, start)];
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(entry) {
      total++;
      if (limit > 0) {
        if (kept.length < limit) kept.push(entry);
        else {
          kept[start] = entry;
          start = (start + 1) % limit;
        }
      }
      for (const listener of listeners) listener(entry);
    },
  };
}
