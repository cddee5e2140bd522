import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type ProviderError, type ProviderRequest, resolveModel } from '../../engine/index.ts';
import type { OpenProvider } from '../../engine/providers/providerSettings.ts';
import { openProvider } from '../../engine/providers/registry.ts';
import { readRetryAfter } from '../../engine/providers/toProviderError.ts';
import { parseConfig } from '../../prompts-schema/index.ts';
import { createRedactor } from '../../safety/index.ts';
import { createSandbox } from '../../sandbox/index.ts';
import { serveSandbox } from '../../sandbox/serve.ts';
import { type HostileServer, hostileServer, type Received } from './support/hostileServer.ts';

const KEY = 'sk-canary-0123456789abcdefghij';
const open: { close: () => void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** The four ways to speak to a provider over the wire: kind, extra settings, the path of its base URL. */
const APIS = [
  ['chat', 'openai', '', '/v1'],
  ['responses', 'openai', ', protocol: responses', '/v1'],
  ['compatible', 'openai-compatible', '', '/v1'],
  ['messages', 'anthropic', '', ''],
] as const;
type ApiName = (typeof APIS)[number][0];

async function provider(api: ApiName, origin: string, settings = ''): Promise<OpenProvider> {
  const [, kind, extra, path] = APIS.find(([name]) => name === api)!;
  const timeouts = 'timeouts: { connectMs: 300, firstByteMs: 300, idleMs: 300, totalMs: 3000 }';
  const { config, issues } = parseConfig(
    `providers:\n  mine: { kind: ${kind}, baseUrl: "${origin}${path}", ${timeouts}${extra}${settings} }\n`,
  );
  expect(issues).toEqual([]);
  const redact = createRedactor([KEY]).redact;
  const opened = await openProvider({
    resolved: resolveModel('mine/extractor-2026-05', config),
    key: KEY,
    redact,
    sandbox: async () => createSandbox({}),
  });
  open.push(opened);
  return opened;
}

function request(change: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    model: 'extractor-2026-05',
    messages: [
      { role: 'system', content: 'Choose exactly one team:\n- billing: invoices, charges\n- shipping: parcels\nAnswer as JSON: team.' },
      { role: 'user', content: 'Where is my parcel?' },
    ],
    parameters: { maxTokens: 100, temperature: 0 },
    responseFormat: 'json_schema',
    schema: {
      name: 'triage',
      strict: true,
      schema: {
        type: 'object',
        additionalProperties: false,
        required: ['team'],
        properties: { team: { type: 'string', enum: ['billing', 'shipping'] } },
      },
    },
    tools: [],
    stream: false,
    ...change,
  };
}

const context = (signal = new AbortController().signal) => ({ signal, draw: 0 });

async function failure(call: Promise<unknown>): Promise<ProviderError> {
  try {
    await call;
  } catch (error) {
    expect((error as Error).name).toBe('ProviderError');
    return error as ProviderError;
  }
  throw new Error('The call succeeded.');
}

async function hostile(answer: (received: Received, response: ServerResponse) => void | Promise<void>): Promise<HostileServer> {
  const server = await hostileServer(answer);
  open.push(server);
  return server;
}

describe.each(APIS)('%s against the sandbox over HTTP', (api) => {
  it.each([false, true])('answers (stream: %s) with usage, ids and times', async (stream) => {
    const served = await serveSandbox({ port: 0 });
    open.push(served);
    const answer = await (await provider(api, served.url)).call(request({ stream }), context());
    expect(JSON.parse(answer.output.text)).toEqual({ team: 'shipping' });
    expect(answer).toMatchObject({ answeredBy: 'extractor-2026-05', output: { finishReason: 'stop' } });
    expect(answer.usage?.inputTokens).toBeGreaterThan(10);
    expect(answer.usage?.outputTokens).toBeGreaterThan(0);
    expect(answer.latencyMs).toBeGreaterThanOrEqual(answer.firstByteMs);
    expect(answer.requestId).toBeTruthy();
  });

  it.each([
    ['stall-before-headers', false, 'timeout', 'unknown'],
    ['stall-mid-json', false, 'timeout', 'unknown'],
    ['stall-mid-stream', true, 'timeout', 'unknown'],
    ['cut-mid-json', false, 'cut', 'unknown'],
    ['cut-mid-stream', true, 'cut', 'unknown'],
    ['no-end-mark', true, 'cut', 'unknown'],
    ['connection-reset', false, 'cut', 'unknown'],
    ['malformed-json', false, 'malformed', 'unknown'],
    ['server-error', false, 'server', 'rejected'],
    ['overloaded', true, 'overloaded', 'rejected'],
    ['rate-limit', false, 'rateLimit', 'rejected'],
    ['quota-exhausted', false, 'quota', 'rejected'],
  ] as const)('%s (stream: %s) is %s, %s: one request, no hang', async (fault, stream, kind, billing) => {
    const served = await serveSandbox({ port: 0, faults: [{ kind: fault }] });
    open.push(served);
    const started = performance.now();
    const error = await failure((await provider(api, served.url)).call(request({ stream }), context()));
    expect({ kind: error.kind, billing: error.billing }).toEqual({ kind, billing });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(served.sandbox.log.total).toBe(1);
  });

  it('says that it was refused, without the key', async () => {
    const served = await serveSandbox({ port: 0, faults: [{ kind: 'refusal' }] });
    open.push(served);
    const { output } = await (await provider(api, served.url)).call(request(), context());
    expect(output.finishReason).toBe('refusal');
  });

  it('ends when it is cancelled, also in the middle of a stream', async () => {
    const served = await serveSandbox({ port: 0, faults: [{ kind: 'stall-mid-stream' }] });
    open.push(served);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const error = await failure((await provider(api, served.url)).call(request({ stream: true }), context(stop.signal)));
    expect(error).toMatchObject({ kind: 'cancelled', billing: 'unknown' });
  });
});

describe.each(APIS)('%s against a hostile server', (api) => {
  it('follows no redirect, and the other origin never sees a request', async () => {
    const thief = await hostile((_, response) => void response.end('{}'));
    const server = await hostile((_, response) => void response.writeHead(307, { location: `${thief.origin}/v1/steal` }).end());
    const error = await failure((await provider(api, server.origin)).call(request(), context()));
    expect(error).toMatchObject({ kind: 'connection', billing: 'rejected' });
    expect(error.message).toContain('redirect (307)');
    expect(server.received.length).toBe(1);
    expect(thief.received).toEqual([]);
  });

  it('sends the key once, in its header, and nothing of the environment', async () => {
    const names = ['OPENAI_CUSTOM_HEADERS', 'ANTHROPIC_CUSTOM_HEADERS'] as const;
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = 'x-gateway-secret: swordfish\nauthorization: Bearer other';
    try {
      const server = await hostile((_, response) => void response.writeHead(500, { 'content-type': 'application/json' }).end('{}'));
      await failure((await provider(api, server.origin, ', headers: { x-team: desk }')).call(request(), context()));
      const { headers } = server.received[0]!;
      expect(api === 'messages' ? headers['x-api-key'] : headers['authorization']).toBe(api === 'messages' ? KEY : `Bearer ${KEY}`);
      expect(JSON.stringify(headers).split(KEY).length).toBe(2);
      expect(JSON.stringify(headers)).not.toMatch(/swordfish|Bearer other|x-evenkeel-draw|stainless/);
      expect(headers['x-team']).toBe('desk');
    } finally {
      for (const [at, name] of names.entries()) {
        const value = before[at];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it('a refused key: what to do next, and never the key, even when the server says it', async () => {
    const server = await hostile(
      (_, response) =>
        void response
          .writeHead(401, { 'content-type': 'application/json' })
          .end(JSON.stringify({ error: { message: `Bad key ${KEY}`, type: 'x' } })),
    );
    const error = await failure((await provider(api, server.origin)).call(request(), context()));
    expect(error.message).toBe(
      `The key for ${server.origin.slice(7)} was refused (401). Set it with “Evenkeel: Set API Key…” or MINE_API_KEY.`,
    );
    const bad = await hostile(
      (_, response) =>
        void response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message: `No: ${KEY}` } })),
    );
    expect((await failure((await provider(api, bad.origin)).call(request(), context()))).message).toMatch(
      /refused the request \(400\)\. It said: .*No: \[redacted\]/,
    );
  });

  it('a server that is down was sent nothing', async () => {
    const server = await hostileServer(() => undefined);
    await server.close();
    expect(await failure((await provider(api, server.origin)).call(request(), context()))).toMatchObject({
      kind: 'connection',
      billing: 'notSent',
    });
  });

  it('closes the connection it gives up on', async () => {
    const server = await hostile(() => undefined);
    await failure((await provider(api, server.origin)).call(request(), context()));
    for (let at = 0; at < 50 && server.dropped() === 0; at++) await sleep(10);
    expect(server.dropped()).toBe(1);
  });

  it('a stream that is cut at any byte is never an answer', async () => {
    const served = await serveSandbox({ port: 0 });
    open.push(served);
    let whole = '';
    const recorder = await hostile(async ({ url, body, headers }, response) => {
      const answer = await fetch(served.url + url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'anthropic-version': String(headers['anthropic-version'] ?? '') },
      });
      whole = await answer.text();
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole);
    });
    expect((await (await provider(api, recorder.origin)).call(request({ stream: true }), context())).output.text).toContain('shipping');
    let at = 0;
    const cutter = await hostile(
      (_, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole.slice(0, at)),
    );
    const cutting = await provider(api, cutter.origin);
    const wrong: number[] = [];
    const marker =
      api === 'messages' ? whole.lastIndexOf('message_stop') : api === 'responses' ? whole.length : whole.lastIndexOf('[DONE]');
    for (at = 0; at < marker; at += Math.max(1, Math.floor(whole.length / 150)))
      await cutting.call(request({ stream: true }), context()).then(
        () => wrong.push(at),
        () => undefined,
      );
    expect(wrong).toEqual([]);
  });
});

describe('how requests are written', () => {
  async function body(api: ApiName, change: Partial<ProviderRequest>): Promise<Record<string, unknown>> {
    const server = await hostile((_, response) => void response.writeHead(500).end());
    await failure((await provider(api, server.origin)).call(request(change), context()));
    return JSON.parse(server.received[0]!.body) as Record<string, unknown>;
  }
  const parameters = {
    maxTokens: 50,
    topP: 0.5,
    topK: 3,
    stop: 'END',
    seed: 4,
    frequencyPenalty: 1,
    reasoningEffort: 'low',
    custom_knob: 1,
  };

  it('parameters go by each API’s names', async () => {
    expect(await body('chat', { parameters })).toMatchObject({
      max_completion_tokens: 50,
      top_p: 0.5,
      stop: 'END',
      seed: 4,
      frequency_penalty: 1,
      reasoning_effort: 'low',
      custom_knob: 1,
    });
    expect(await body('compatible', { parameters })).toMatchObject({ max_tokens: 50, top_k: 3 });
    const responses = await body('responses', { parameters });
    expect(responses).toMatchObject({ max_output_tokens: 50, top_p: 0.5, reasoning: { effort: 'low' }, store: false });
    expect(Object.keys(responses)).not.toEqual(expect.arrayContaining(['seed']));
    const messages = await body('messages', { parameters });
    expect(messages).toMatchObject({ max_tokens: 50, top_p: 0.5, top_k: 3, stop_sequences: ['END'] });
    expect(messages['output_config']).toMatchObject({ effort: 'low', format: { type: 'json_schema' } });
  });

  it('schemas: response_format, text.format, structured outputs, or a forced tool where a Claude has none', async () => {
    expect(await body('chat', {})).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'triage', strict: true } },
    });
    expect(await body('responses', {})).toMatchObject({ text: { format: { type: 'json_schema', name: 'triage', strict: true } } });
    expect(await body('messages', { model: 'claude-haiku-4-5-20251001' })).toMatchObject({
      output_config: { format: { type: 'json_schema' } },
    });
    for (const model of ['claude-3-5-haiku-20241022', 'claude-sonnet-4-20250514'])
      expect(await body('messages', { model })).toMatchObject({
        tools: [{ name: 'triage' }],
        tool_choice: { type: 'tool', name: 'triage' },
      });
    expect(await body('chat', { responseFormat: 'json_object', schema: undefined })).toMatchObject({
      response_format: { type: 'json_object' },
    });
  });

  it('Anthropic gets one system text and alternating roles', async () => {
    const messages = [
      { role: 'system', content: 'A' },
      { role: 'user', content: 'B' },
      { role: 'system', content: 'C' },
      { role: 'user', content: 'D' },
      { role: 'assistant', content: 'E' },
    ] as const;
    expect(await body('messages', { messages, parameters: {} })).toMatchObject({
      system: 'A\n\nC',
      max_tokens: 4096,
      messages: [
        { role: 'user', content: 'B\n\nD' },
        { role: 'assistant', content: 'E' },
      ],
    });
  });

  it('tools in each form', async () => {
    const tools = [{ name: 'find', description: 'Finds.', parameters: { type: 'object' } }];
    expect(await body('chat', { tools })).toMatchObject({ tools: [{ type: 'function', function: tools[0] }] });
    expect(await body('responses', { tools })).toMatchObject({ tools: [{ type: 'function', name: 'find', strict: false }] });
    expect(await body('messages', { tools })).toMatchObject({ tools: [{ name: 'find', input_schema: { type: 'object' } }] });
  });
});

describe('where a model’s requests go', () => {
  const config = parseConfig(`providers:
  workshop: { kind: openai-compatible, baseUrl: "http://localhost:11434/v1" }
  gateway: { kind: openai, baseUrl: "https://gateway.example/v1/", keyEnv: GATEWAY_KEY }
`).config;
  it.each([
    [
      'openai/gpt-4.1-mini',
      {
        provider: 'openai',
        model: 'gpt-4.1-mini',
        origin: 'https://api.openai.com',
        api: 'chat',
        envName: 'OPENAI_API_KEY',
        isDefaultOrigin: true,
        keyRequired: true,
      },
    ],
    ['gpt-4.1-mini', { provider: 'openai', model: 'gpt-4.1-mini' }],
    ['openai/o3-pro', { api: 'responses' }],
    ['openai/gpt-5-codex', { api: 'responses' }],
    [
      'anthropic/claude-sonnet-4.5',
      { provider: 'anthropic', model: 'claude-sonnet-4-5', origin: 'https://api.anthropic.com', api: 'messages' },
    ],
    [
      'workshop/llama3:8b',
      {
        provider: 'workshop',
        model: 'llama3:8b',
        origin: 'http://localhost:11434',
        api: 'compatibleChat',
        keyRequired: false,
        isDefaultOrigin: false,
      },
    ],
    [
      'gateway/gpt-4o',
      {
        origin: 'https://gateway.example',
        baseUrl: 'https://gateway.example/v1',
        isDefaultOrigin: false,
        envName: 'GATEWAY_KEY',
        keyRequired: true,
      },
    ],
    ['sandbox/extractor-latest', { origin: 'in-process sandbox', model: 'extractor-latest', keyRequired: false }],
  ])('%s', (name, expected) => {
    expect(resolveModel(name, config)).toMatchObject(expected);
  });

  it('a served sandbox, and names that say nothing', () => {
    expect(resolveModel('sandbox/extractor-latest', config, 'http://127.0.0.1:4190')).toMatchObject({
      origin: 'http://127.0.0.1:4190',
      baseUrl: 'http://127.0.0.1:4190/v1',
    });
    expect(() => resolveModel('meta/llama-3', config)).toThrow('kind: openai-compatible');
    expect(() => resolveModel('some-model', config)).toThrow('does not say its provider');
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 22);
  it.each([
    [{}, undefined],
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '-5' }, 0],
    [{ 'retry-after': '86400' }, 86_400_000],
    [{ 'retry-after': '9e18' }, 9e21],
    [{ 'retry-after': 'nan' }, undefined],
    [{ 'retry-after': 'Sun, 22 Nov 2026 00:00:10 GMT' }, 10_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 00:00:10 GMT' }, 0],
    [{ 'retry-after': '3', 'retry-after-ms': '1500' }, 1500],
  ])('%o: %s', (headers, ms) => {
    expect(readRetryAfter(new Headers(headers), now)).toBe(ms);
  });
});
