import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox, SandboxReply, SandboxRequest } from '../../sandbox/index.ts';
import { endMarkerOf } from './endMarkers.ts';
import { createGuardedFetch, type GuardedFetch } from './guardedFetch.ts';
import { createOpenAiCaller } from './openAiCaller.ts';
import type { OpenProvider, ProviderSettings } from './providerSettings.ts';
import { timeoutsOf } from './timeouts.ts';
import { WireError } from './wireError.ts';

/**
 * The deterministic stand-in, through the same SDK as real calls: over HTTP where a served one is named, else by a function call in this
 * process. Only this provider sends the draw number.
 */
export function open({ resolved, redact, sandbox }: ProviderSettings): OpenProvider {
  const { provider: name, origin, baseUrl, envName } = resolved;
  const wire =
    baseUrl === undefined
      ? inProcessFetch(sandbox)
      : createGuardedFetch({ origin, authorization: {}, timeouts: timeoutsOf(resolved.config), endMarker: endMarkerOf });
  const call = createOpenAiCaller({
    name,
    origin,
    baseUrl: baseUrl ?? 'http://sandbox.invalid/v1',
    envName,
    api: resolved.api,
    wire,
    redact,
    headersOf: ({ draw }) => ({ 'x-evenkeel-draw': String(draw) }),
  });
  return { name, origin, call, close: wire.close };
}

function inProcessFetch(sandbox: () => Promise<Sandbox>): GuardedFetch {
  const firstBytes = new WeakMap<Response, number>();
  const fetch: GuardedFetch['fetch'] = async (url, init = {}) => {
    const started = performance.now();
    const signal = init.signal ?? undefined;
    const { pathname, search } = new URL(String(url));
    const reply = answer(await sandbox(), {
      method: init.method ?? 'POST',
      path: pathname + search,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof init.body === 'string' ? init.body : '',
    });
    const first = reply.chunks[0];
    if (first) await sleep(first.delayMs, undefined, signal ? { signal } : {});
    else if (reply.end === 'stall') await never(signal);
    else if (reply.end === 'cut') throw new WireError('cut', 'The sandbox cut the connection before an answer came.', 'unknown');
    const head = { status: reply.status, headers: { ...reply.headers } };
    const streamed = /event-stream/.test(reply.headers['content-type'] ?? '');
    const response = streamed ? new Response(bodyStream(reply, signal), head) : new Response(await wholeBody(reply, signal), head);
    firstBytes.set(response, performance.now() - started);
    return response;
  };
  return { fetch, firstByteMs: (response) => firstBytes.get(response), close: () => undefined };
}

/** The handler promises not to throw; if it does, that is said as it is. */
function answer(sandbox: Sandbox, request: SandboxRequest): SandboxReply {
  try {
    return sandbox.handle(request);
  } catch (error) {
    throw new WireError('malformed', `The sandbox failed: ${error instanceof Error ? error.message : String(error)}`, 'rejected');
  }
}

async function wholeBody(reply: SandboxReply, signal: AbortSignal | undefined): Promise<string> {
  const texts: string[] = [];
  for await (const text of pieces(reply, signal)) texts.push(text);
  return texts.join('');
}

function bodyStream(reply: SandboxReply, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces(reply, signal);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

/** The first chunk's delay has been waited for already. */
async function* pieces(reply: SandboxReply, signal: AbortSignal | undefined): AsyncGenerator<string, void> {
  for (const [at, { text, delayMs }] of reply.chunks.entries()) {
    if (at > 0 && delayMs > 0) await sleep(delayMs, undefined, signal ? { signal } : {});
    yield text;
  }
  if (reply.end === 'stall') await never(signal);
  if (reply.end === 'cut') throw new WireError('cut', 'The sandbox cut the connection in the middle of an answer.', 'unknown');
}

/** A silent connection without a socket to time out: waits for the call's end, or fails as the idle time-out would. */
async function never(signal: AbortSignal | undefined): Promise<void> {
  await sleep(IDLE_MS, undefined, signal ? { signal } : {});
  throw new WireError('timeout', 'The sandbox went silent.', 'unknown');
}

const IDLE_MS = 30_000;
