import * as http from 'node:http';
import * as https from 'node:https';
import { WireError } from './wireError.ts';

/** How long to wait at each stage of a call, in milliseconds. */
export interface WireTimeouts {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

/** The design's times: connect 10 s, first byte 60 s, idle 30 s, ten minutes in all. */
export const DEFAULT_TIMEOUTS: WireTimeouts = { connectMs: 10_000, firstByteMs: 60_000, idleMs: 30_000, totalMs: 600_000 };

export interface GuardedFetchOptions {
  /** `https://host[:port]`; a request to anything else is refused before it is sent. */
  readonly origin: string;
  /** Headers that carry the key, added at the socket: the SDK never holds it. */
  readonly authorization: Readonly<Record<string, string>>;
  /** Headers of evenkeel.yml. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeouts?: Partial<WireTimeouts>;
  /** An event stream counts only when its text matches this before it ends; undefined where the caller checks for itself. By request path. */
  readonly endMarker: (path: string) => RegExp | undefined;
  /** Larger answers are refused as they come, in bytes; 64 MB when left out. */
  readonly largestBody?: number;
  /** `give`: a redirect is an answer like others and the caller looks where it leads; the key goes to `origin` alone in any case. */
  readonly redirects?: 'refuse' | 'give';
}

/** A `fetch` for one origin, its timings, and the end of its connections. */
export interface GuardedFetch {
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Milliseconds from the request to the answer's first byte; undefined for a response that is not ours. */
  readonly firstByteMs: (response: Response) => number | undefined;
  readonly close: () => void;
}

/**
 * A fetch over node:http that cannot hang: every stage has its time-out. It follows no redirect, reads no proxy from the environment,
 * sends only headers it knows, and adds the key itself. A body that is not a stream is read whole before the answer is handed on.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const { largestBody = LARGEST_BODY } = options;
  const module = options.origin.startsWith('https:') ? https : http;
  // Idle connections close after 4 s: most servers keep theirs for 5 s, and a request must not meet a closing one.
  const agent = new module.Agent({ keepAlive: true, timeout: 4000, scheduling: 'lifo' });
  const firstBytes = new WeakMap<Response, number>();
  const own = { ...options.headers, ...options.authorization };
  const fetch = (url: string | URL | Request, init: RequestInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const target = new URL(String(url));
      if (target.origin !== options.origin)
        throw new WireError('connection', `The request was for ${target.origin}, not ${options.origin}; it was not sent.`, 'notSent');
      const body = typeof init.body === 'string' ? init.body : '';
      const headers = { ...knownHeaders(init.headers), ...own, 'accept-encoding': 'identity', 'content-length': Buffer.byteLength(body) };
      const started = performance.now();
      const { signal } = init;
      let request: http.ClientRequest | undefined;
      let fail = (error: Error): void => reject(error);
      let sent = false;
      const watch = createWatch(timeouts.totalMs, (stage, ms) =>
        stop(new WireError('timeout', sentence(options.origin, stage, ms), sent ? 'unknown' : 'notSent')),
      );
      const stop = (error: Error): void => {
        settle();
        fail(error);
        request?.destroy();
      };
      const onAbort = (): void => stop(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      const settle = (): void => {
        watch.end();
        signal?.removeEventListener('abort', onAbort);
      };
      if (signal?.aborted) return onAbort();
      signal?.addEventListener('abort', onAbort, { once: true });
      watch.expect('connect', timeouts.connectMs);
      request = module.request(target, { method: init.method ?? 'POST', headers, agent });
      const current = request;
      const onConnected = (): void => {
        sent = true;
        watch.expect('first byte', timeouts.firstByteMs);
      };
      request.on('socket', (socket) => {
        if (current.reusedSocket || !socket.connecting) onConnected();
        else socket.once(module === https ? 'secureConnect' : 'connect', onConnected);
      });
      request.on('error', (error) => stop(connectionError(error, options.origin, sent)));
      request.on('response', (message) => {
        const firstByte = performance.now() - started;
        const status = message.statusCode ?? 0;
        const cut = (): void => stop(new WireError('cut', `The answer of ${options.origin} broke off.`, 'unknown'));
        message.on('aborted', cut);
        message.on('error', cut);
        if (status >= 300 && status < 400 && options.redirects !== 'give')
          return stop(
            new WireError(
              'connection',
              `${options.origin} answered with a redirect (${status}), which is not followed: the key belongs to that address alone. Write the final address as baseUrl in evenkeel.yml.`,
              'rejected',
            ),
          );
        if (status < 200 || status > 599 || message.headers['content-encoding'] !== undefined)
          return stop(new WireError('malformed', `${options.origin} answered in a way that cannot be read (status ${status}).`, 'unknown'));
        const finish = (response: Response): void => {
          firstBytes.set(response, firstByte);
          resolve(response);
        };
        const init = { status, headers: responseHeaders(message) };
        watch.expect('next byte', timeouts.idleMs);
        if (status === 200 && /event-stream/.test(message.headers['content-type'] ?? '')) {
          const stream = eventStream(message, options.origin, options.endMarker(target.pathname), watch, settle, () => request?.destroy());
          fail = stream.fail;
          return finish(new Response(stream.body, init));
        }
        const pieces: Buffer[] = [];
        let size = 0;
        message.on('data', (piece: Buffer) => {
          watch.moved();
          pieces.push(piece);
          size += piece.length;
          if (size > largestBody) stop(new TooLargeError(options.origin, largestBody));
        });
        message.on('end', () => {
          if (!message.complete) return cut();
          settle();
          const empty = NULL_BODY.has(status);
          finish(new Response(empty ? null : Buffer.concat(pieces).toString('utf8'), init));
        });
      });
      request.end(body);
    });
  return { fetch, firstByteMs: (response) => firstBytes.get(response), close: () => agent.destroy() };
}

/** An answer that is larger than was allowed; the rest of it was not read. */
export class TooLargeError extends WireError {
  constructor(origin: string, most: number) {
    super('malformed', `${origin} answered with more than ${most / 1024 / 1024} MB.`, 'unknown');
    this.name = 'TooLargeError';
  }
}

const LARGEST_BODY = 64 * 1024 * 1024;

/** Statuses whose answers have no body; a Response of them must not be given one. */
const NULL_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** Longer than any end marker, so that one cut in two by chunks is seen. */
const TAIL = 64;

/** What the SDKs may say; anything else could come from their environment variables and leak to an origin that a repository named. */
const KNOWN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'content-type',
  'user-agent',
  'if-none-match',
  'anthropic-version',
  'anthropic-beta',
  'x-evenkeel-draw',
]);

function knownHeaders(headers: RequestInit['headers']): Record<string, string> {
  const known: Record<string, string> = {};
  for (const [name, value] of new Headers(headers)) if (KNOWN_HEADERS.has(name)) known[name] = value;
  return known;
}

function responseHeaders(message: http.IncomingMessage): [string, string][] {
  return Object.entries(message.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
}

type Stage = 'connect' | 'first byte' | 'next byte' | 'whole answer';

interface Watch {
  readonly expect: (stage: Stage, ms: number) => void;
  /** Something came: the current stage begins anew. */
  readonly moved: () => void;
  readonly end: () => void;
}

/** One timer a call: the stage's, or what is left of the total where that is sooner. */
function createWatch(totalMs: number, onTimeout: (stage: Stage, ms: number) => void): Watch {
  const deadline = performance.now() + totalMs;
  let timer: NodeJS.Timeout | undefined;
  let stageMs = 0;
  let last = 0;
  let stage: Stage = 'connect';
  const arm = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(check, ms);
  };
  // `moved` only notes the time; the timer looks at it when it fires, which spares a timer a chunk.
  const check = (): void => {
    const now = performance.now();
    const left = last + stageMs - now;
    if (now >= deadline) onTimeout('whole answer', totalMs);
    else if (left <= 0) onTimeout(stage, stageMs);
    else arm(Math.min(left, deadline - now));
  };
  const expect = (next: Stage, ms: number): void => {
    stage = next;
    stageMs = ms;
    last = performance.now();
    arm(Math.min(ms, Math.max(0, deadline - last)));
  };
  return {
    expect,
    moved: () => {
      last = performance.now();
    },
    end: () => clearTimeout(timer),
  };
}

function sentence(origin: string, stage: Stage, ms: number): string {
  const seconds = `${Math.round(ms / 100) / 10} s`;
  switch (stage) {
    case 'connect':
      return `${origin} did not open a connection within ${seconds}.`;
    case 'first byte':
      return `${origin} sent nothing within ${seconds}.`;
    case 'next byte':
      return `${origin} went silent for ${seconds} in the middle of an answer.`;
    case 'whole answer':
      return `${origin} did not finish its answer within ${seconds}.`;
  }
}

/** The stream as it comes, with the idle time-out; an end without the marker is an error, never a short answer. */
function eventStream(
  message: http.IncomingMessage,
  origin: string,
  marker: RegExp | undefined,
  watch: Watch,
  settle: () => void,
  destroy: () => void,
): { readonly body: ReadableStream<Uint8Array>; readonly fail: (error: Error) => void } {
  let ended = marker === undefined;
  let closed = false;
  let tail = '\n';
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const fail = (error: Error): void => {
    if (closed) return;
    closed = true;
    if (ended && marker && error instanceof WireError && error.kind === 'cut') controller?.close();
    else controller?.error(error);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(made) {
        controller = made;
        message.on('data', (piece: Buffer) => {
          if (closed) return;
          watch.moved();
          if (!ended) {
            const text = tail + piece.toString('latin1');
            ended = marker?.test(text) ?? true;
            tail = text.slice(-TAIL);
          }
          made.enqueue(piece);
          if ((made.desiredSize ?? 1) <= 0) message.pause();
        });
        message.on('end', () => {
          settle();
          if (closed) return;
          if (!ended) return fail(new WireError('cut', `The stream of ${origin} ended without its end marker.`, 'unknown'));
          closed = true;
          made.close();
        });
      },
      pull: () => void message.resume(),
      cancel() {
        closed = true;
        settle();
        // After the end marker only the connection's end is left to read; reading it keeps the connection for the next call.
        if (ended && marker) message.resume();
        else destroy();
      },
    },
    { highWaterMark: 16 },
  );
  return { body, fail };
}

function connectionError(error: NodeJS.ErrnoException, origin: string, sent: boolean): WireError {
  const code = error.code ?? error.message;
  if (sent) return new WireError('cut', `The connection to ${origin} was lost (${code}) before an answer came.`, 'unknown');
  return new WireError(
    'connection',
    `${origin} could not be reached (${code}). Check the address, the network and whether the server runs.`,
    'notSent',
  );
}
