import type OpenAI from 'openai';
import { chatBody, readChunks, readCompletion } from './chatCompletions.ts';
import type { GuardedFetch } from './guardedFetch.ts';
import type { Api } from './parameterNames.ts';
import type { CallContext, ProviderAnswer, ProviderRequest } from './provider.ts';
import { readResponse, readResponseEvents, responsesBody } from './responses.ts';
import { toProviderError } from './toProviderError.ts';

/** What the three providers that speak OpenAI's protocols share. */
export interface OpenAiCallerOptions {
  readonly name: string;
  readonly origin: string;
  readonly baseUrl: string;
  readonly envName: string;
  readonly api: Api;
  readonly wire: Pick<GuardedFetch, 'fetch' | 'firstByteMs'>;
  readonly redact: (text: string) => string;
  /** Headers of one call. */
  readonly headersOf?: (context: CallContext) => Readonly<Record<string, string>>;
}

/** Calls through the official SDK, loaded when a run opens its provider, on our wire: one request a call, no retries, no key inside the SDK. */
export function createOpenAiCaller(
  options: OpenAiCallerOptions,
): (request: ProviderRequest, context: CallContext) => Promise<ProviderAnswer> {
  // Loaded while the run still opens its journal.
  const loading = createClient(options);
  loading.catch(() => undefined); // the first call says it
  return async (request, context) => {
    const started = performance.now();
    try {
      const client = await loading;
      const { read, response } = await ask(client, request, context, options);
      return {
        ...read,
        requestId: response.headers.get('x-request-id') ?? undefined,
        firstByteMs: options.wire.firstByteMs(response) ?? performance.now() - started,
        latencyMs: performance.now() - started,
      };
    } catch (error) {
      throw toProviderError(error, {
        provider: options.name,
        origin: options.origin,
        envName: options.envName,
        signal: context.signal,
        redact: options.redact,
      });
    }
  };
}

async function createClient({ baseUrl, wire }: OpenAiCallerOptions): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  return new Client({
    apiKey: 'added-at-the-socket',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: FAR_AWAY,
    fetch: wire.fetch,
    logLevel: 'off',
  });
}

/** The SDK's own timer must never be the one that fires. */
const FAR_AWAY = 2 ** 31 - 1;

async function ask(client: OpenAI, request: ProviderRequest, context: CallContext, { api, headersOf }: OpenAiCallerOptions) {
  const settings = { signal: context.signal, ...(headersOf ? { headers: headersOf(context) } : {}) };
  if (api === 'responses') {
    // The bodies are plain JSON made here; the SDK's parameter types are unions too wide to build piece by piece.
    if (request.stream) {
      const body = responsesBody(request) as unknown as OpenAI.Responses.ResponseCreateParamsStreaming;
      const { data, response } = await client.responses.create(body, settings).withResponse();
      return { read: await readResponseEvents(data, context.signal), response };
    }
    const body = responsesBody(request) as unknown as OpenAI.Responses.ResponseCreateParamsNonStreaming;
    const { data, response } = await client.responses.create(body, settings).withResponse();
    return { read: readResponse(data), response };
  }
  const chatApi = api === 'compatibleChat' ? api : 'chat';
  if (request.stream) {
    const body = chatBody(request, chatApi) as unknown as OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming;
    const { data, response } = await client.chat.completions.create(body, settings).withResponse();
    return { read: await readChunks(data, context.signal), response };
  }
  const body = chatBody(request, chatApi) as unknown as OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;
  const { data, response } = await client.chat.completions.create(body, settings).withResponse();
  return { read: readCompletion(data), response };
}
