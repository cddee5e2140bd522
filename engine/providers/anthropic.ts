import type Anthropic from '@anthropic-ai/sdk';
import { endMarkerOf } from './endMarkers.ts';
import { createGuardedFetch } from './guardedFetch.ts';
import { messagesBody, readMessage, readMessageEvents } from './messages.ts';
import type { OpenProvider, ProviderSettings } from './providerSettings.ts';
import { timeoutsOf } from './timeouts.ts';
import { toProviderError } from './toProviderError.ts';

/** Anthropic's Messages API through the official SDK on our wire: one request a call, no retries, no key inside the SDK. */
export function open({ resolved, key, redact }: ProviderSettings): OpenProvider {
  const { provider: name, origin, baseUrl = '', envName } = resolved;
  const wire = createGuardedFetch({
    origin,
    authorization: key === undefined ? {} : { 'x-api-key': key },
    headers: resolved.config?.headers ?? {},
    timeouts: timeoutsOf(resolved.config),
    endMarker: endMarkerOf,
  });
  // Loaded while the run still opens its journal.
  const loading = createClient(baseUrl, wire.fetch);
  loading.catch(() => undefined); // the first call says it
  return {
    name,
    origin,
    close: wire.close,
    call: async (request, context) => {
      const started = performance.now();
      try {
        const client = await loading;
        const settings = { signal: context.signal };
        // The body is plain JSON made in messages.ts; the SDK's parameter types are unions too wide to build piece by piece.
        const body = messagesBody(request) as unknown;
        const answer = request.stream
          ? await client.messages.create(body as Anthropic.MessageCreateParamsStreaming, settings).withResponse()
          : await client.messages.create(body as Anthropic.MessageCreateParamsNonStreaming, settings).withResponse();
        const { data, response } = answer;
        const read = Symbol.asyncIterator in data ? await readMessageEvents(data, request, context.signal) : readMessage(data, request);
        return {
          ...read,
          requestId: response.headers.get('request-id') ?? undefined,
          firstByteMs: wire.firstByteMs(response) ?? performance.now() - started,
          latencyMs: performance.now() - started,
        };
      } catch (error) {
        throw toProviderError(error, { provider: name, origin, envName, signal: context.signal, redact });
      }
    },
  };
}

async function createClient(baseURL: string, fetch: typeof globalThis.fetch): Promise<Anthropic> {
  const { default: Client } = await import('@anthropic-ai/sdk');
  return new Client({
    apiKey: 'added-at-the-socket',
    webhookKey: null,
    baseURL,
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    fetch,
    logLevel: 'off',
  });
}
