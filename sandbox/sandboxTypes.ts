import type { FaultScript } from './faults/faultScript.ts';
import type { RequestLog } from './requestLog.ts';

/** One HTTP request, already read. Header names are lower-case. */
export interface SandboxRequest {
  readonly method: string;
  /** Path with an optional query, as on the request line. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A piece of the reply's body: wait `delayMs`, then send `text`. */
export interface SandboxChunk {
  readonly text: string;
  readonly delayMs: number;
}

/**
 * What to send. Status and headers go out with the first chunk, so a reply without chunks that stalls or is cut never sends any.
 * `clean` ends the response; `cut` destroys the connection after the chunks; `stall` keeps it open and silent for ever.
 */
export interface SandboxReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: readonly SandboxChunk[];
  readonly end: 'clean' | 'cut' | 'stall';
}

/** How a stand-in behaves around its answers. None of it changes an answer. */
export interface SandboxOptions {
  /** Mean simulated time to the first byte of a model call, in milliseconds, with seeded jitter of ±40 % a request. Default 0. */
  readonly latencyMs?: number;
  /** Faults to inject; none by default. */
  readonly faults?: FaultScript;
  /** Seeds the latency jitter and the faults' fractions. Default 0. */
  readonly seed?: number;
  /** Answer 401 when a request carries no key at all. Default false. */
  readonly requireKey?: boolean;
  /** Entries the request log keeps; older ones are dropped and counted. Default 1000. */
  readonly logLimit?: number;
  /** The snapshot behind `extractor-latest`: models change underneath their users, and so can this one. Default: the newest. A function is asked at every call. */
  readonly latest?: string | (() => string);
  /** Milliseconds since the epoch, used only to write an HTTP date into Retry-After. Default: a fixed instant, which keeps the handler pure. */
  readonly now?: () => number;
}

/** The stand-in model server without its network. */
export interface Sandbox {
  /** Answers a request: same request, draw and model → the same bytes (faults and latency apart, which count requests). Never throws on a bad request. */
  handle(request: SandboxRequest): SandboxReply;
  /** What was asked and answered, newest last. */
  readonly log: RequestLog;
}
