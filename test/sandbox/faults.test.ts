import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, FAULT_KINDS, parseFaultHeader, parseFaultScript, RETRY_AFTER_SHAPES } from '../../sandbox/index.ts';
import { type ServedSandbox, serveSandbox } from '../../sandbox/serve.ts';
import { once, post } from './support.ts';

const body = {
  model: 'extractor-2026-05',
  messages: [{ role: 'user', content: 'Summarize: the quarterly numbers are in and they look rather good, all in all.' }],
};
const chat = (fault: string, more: object = {}) => post('/v1/chat/completions', { ...body, ...more }, { 'x-evenkeel-fault': fault });

describe('fault scripts', () => {
  it.each([
    ['not a list', { kind: 'refusal' }, /list of rules/],
    ['an unknown kind', [{ kind: 'sulk' }], /rule 1: kind must be one of rate-limit/],
    ['an unknown field', [{ kind: 'refusal' }, { kind: 'refusal', when: 1 }], /rule 2: unknown field when/],
    ['a share above one', [{ kind: 'refusal', fraction: 2 }], /fraction must be at most 1/],
    ['a bad request number', [{ kind: 'refusal', requests: [0] }], /requests must be/],
    ['a bad retry-after', [{ kind: 'rate-limit', retryAfter: 'soon' }], /retryAfter must be/],
  ])('refuses %s and says why', (_, script, problem) => {
    expect(parseFaultScript(script).problems?.join('\n')).toMatch(problem);
  });

  it('reads the header', () => {
    expect(
      parseFaultHeader('rate-limit; retry-after=negative; first-attempt | slow-drip; delay-ms=5; requests=1,3; fraction=0.5').script,
    ).toEqual([
      { kind: 'rate-limit', retryAfter: 'negative', firstAttempt: true },
      { kind: 'slow-drip', delayMs: 5, requests: [1, 3], fraction: 0.5 },
    ]);
    expect(once(chat('sulk'))).toMatchObject({ status: 400, text: expect.stringContaining('x-evenkeel-fault') });
  });

  it.each([
    ['rate-limit; retry-after=zero', 429, '0'],
    ['rate-limit; retry-after=negative', 429, '-5'],
    ['rate-limit; retry-after=past-date', 429, 'Wed, 21 Oct 2015 07:28:00 GMT'],
    ['rate-limit; retry-after=http-date', 429, 'Thu, 01 Oct 2026 00:00:02 GMT'],
    ['rate-limit; retry-after=day', 429, '86400'],
    ['rate-limit; retry-after=huge', 429, '9000000000000000000'],
    ['rate-limit; retry-after=nan', 429, 'nan'],
    ['rate-limit; retry-after=missing', 429, undefined],
    ['quota-exhausted', 429, undefined],
    ['server-error', 500, undefined],
    ['overloaded', 529, undefined],
  ])('%s answers %i', (fault, status, retryAfter) => {
    const reply = once(chat(fault));
    expect([reply.status, reply.headers['retry-after']]).toEqual([status, retryAfter]);
  });

  it('goes through every shape of Retry-After in a storm', () => {
    const sandbox = createSandbox({ faults: [{ kind: 'rate-limit' }] });
    const seen = RETRY_AFTER_SHAPES.map(() => sandbox.handle(post('/v1/chat/completions', body)).headers['retry-after']);
    expect(new Set(seen).size).toBe(RETRY_AFTER_SHAPES.length);
  });

  it('strikes by number, by stretch, on first attempts and by a seeded share', () => {
    const statuses = (rule: object, bodies: readonly object[], seed = 1) => {
      const sandbox = createSandbox({ faults: [{ kind: 'server-error', ...rule }], seed });
      return bodies.map((one) => sandbox.handle(post('/v1/chat/completions', one)).status);
    };
    const many = Array.from({ length: 200 }, (_, place) => ({ ...body, user: String(place) }));
    expect(statuses({ requests: [2] }, [body, body, body])).toEqual([200, 500, 200]);
    expect(statuses({ from: 2, to: 3 }, [body, body, body, body])).toEqual([200, 500, 500, 200]);
    expect(statuses({ firstAttempt: true }, [body, body, { ...body, user: 'b' }])).toEqual([500, 200, 500]);
    const struck = statuses({ fraction: 0.3 }, many);
    expect(struck.filter((status) => status === 500).length).toBeGreaterThan(35);
    expect(struck.filter((status) => status === 500).length).toBeLessThan(90);
    expect(statuses({ fraction: 0.3 }, many)).toEqual(struck);
    expect(statuses({ fraction: 0.3 }, many, 2)).not.toEqual(struck);
  });

  it.each(FAULT_KINDS)('%s changes the reply, whole and streamed', (kind) => {
    for (const stream of [false, true]) {
      const good = once(post('/v1/chat/completions', { ...body, stream }));
      const bad = once(chat(kind, { stream }));
      const { headers: _, ...goodParts } = good;
      const { headers: __, ...badParts } = bad;
      expect(badParts).not.toEqual(goodParts);
    }
  });

  it.each([
    ['stall-before-headers', 0, 'stall'],
    ['connection-reset', 0, 'cut'],
    ['stall-mid-json', 0.5, 'stall'],
    ['cut-mid-json', 0.5, 'cut'],
  ] as const)('%s sends %d of the body and ends with %s', (kind, share, end) => {
    const good = once(chat('slow-drip; delay-ms=0')).text;
    const bad = once(chat(kind));
    expect(bad.end).toBe(end);
    expect(good.startsWith(bad.text)).toBe(true);
    expect(bad.text.length).toBe(Math.floor(good.length * share));
  });

  it.each([
    ['/v1/chat/completions', { ...body, stream: true }, /"finish_reason":"|\[DONE\]/],
    ['/v1/responses', { model: body.model, input: 'Summarize: good news', stream: true }, /response\.completed/],
    ['/v1/messages', { ...body, max_tokens: 50, stream: true }, /"stop_reason":"|message_stop/],
  ])('a stream of %s without end mark ends cleanly after its text', (path, streamed, mark) => {
    const bad = once(post(path, streamed, { 'x-evenkeel-fault': 'no-end-mark' }));
    expect(once(post(path, streamed)).text).toMatch(mark);
    expect(bad.text).not.toMatch(mark);
    expect(bad.text).toMatch(/delta/);
    expect(bad.end).toBe('clean');
  });

  it('malformed JSON keeps status 200', () => {
    const bad = once(chat('malformed-json'));
    expect(bad.status).toBe(200);
    expect(() => JSON.parse(bad.text)).toThrow();
  });

  it('logs the fault that struck', () => {
    const sandbox = createSandbox({ faults: [{ kind: 'server-error', requests: [1] }] });
    sandbox.handle(post('/v1/chat/completions', body));
    sandbox.handle(post('/v1/chat/completions', body));
    expect(sandbox.log.entries().map((entry) => [entry.status, entry.fault])).toEqual([
      [500, 'server-error'],
      [200, undefined],
    ]);
  });
});

describe('faults on the wire', () => {
  let served: ServedSandbox;
  let client: OpenAI;
  beforeAll(async () => {
    served = await serveSandbox({ port: 0 });
    client = new OpenAI({ apiKey: 'any', baseURL: `${served.url}/v1`, maxRetries: 0 });
  });
  afterAll(() => served.close());

  const create = (fault: string, signal?: AbortSignal) =>
    client.chat.completions.create(
      { model: body.model, messages: [{ role: 'user', content: 'Summarize: hello there' }] },
      { headers: { 'x-evenkeel-fault': fault }, ...(signal ? { signal } : {}) },
    );

  it.each(['connection-reset', 'cut-mid-json', 'malformed-json'])('%s fails in the SDK', async (fault) => {
    await expect(create(fault)).rejects.toThrow();
  });

  it.each(['stall-before-headers', 'stall-mid-json'])('%s stays silent until the client gives up', async (fault) => {
    const controller = new AbortController();
    let settled = false;
    const call = create(fault, controller.signal).finally(() => {
      settled = true;
    });
    const outcome = call.then(
      () => 'answered',
      () => 'aborted',
    );
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(settled).toBe(false);
    controller.abort();
    expect(await outcome).toBe('aborted');
  });

  it('a cut stream breaks after its first events', async () => {
    const reply = await fetch(`${served.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'x-evenkeel-fault': 'cut-mid-stream' },
      body: JSON.stringify({ ...body, stream: true }),
    });
    expect(reply.status).toBe(200);
    await expect(reply.text()).rejects.toThrow();
  });
});
