import { afterEach, describe, expect, it } from 'vitest';
import { keysFromEnvironment, modelKeyNeeds, type RefreshedModels, refreshModels } from '../../../engine/index.ts';
import { type FakeReply, type FakeRequest, type FakeServer, startFake } from '../../../scripts/fakes/fakeServer.ts';

const ENV = { OPENAI_API_KEY: 'canary-openai', ANTHROPIC_API_KEY: 'canary-anthropic', GEMINI_API_KEY: 'canary-gemini' };
const TODAY = '2026-11-27';
const OPENAI = {
  data: [
    { id: 'gpt-4.1-2025-04-14', object: 'model', created: 1744588800, owned_by: 'system', shutdown_date: '2027-01-14' },
    { id: 'gpt-6-luna', object: 'model', created: 1780000000, owned_by: 'system', shutdown_date: null },
    { id: 'ft:gpt-4o-mini-2024-07-18:acme::a1', object: 'model', created: 1750000000, owned_by: 'acme' },
  ],
};
const ANTHROPIC = (models: readonly object[], more: object = { has_more: false, last_id: null }) => ({ data: models, ...more });

type Platform = 'openai' | 'anthropic' | 'google';
type Reply = (request: FakeRequest) => FakeReply;
const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function fake(reply: Reply): Promise<FakeServer> {
  const server = await startFake(reply);
  servers.push(server);
  return server;
}

/** What comes of asking one provider alone. */
async function asked(
  platform: Platform,
  reply: Reply | FakeServer,
): Promise<{ readonly result: RefreshedModels; readonly server: FakeServer }> {
  const server = typeof reply === 'function' ? await fake(reply) : reply;
  const origins = { [platform]: server.origin };
  const keys = keysFromEnvironment(modelKeyNeeds(origins), ENV).filter(({ provider }) => provider === platform);
  const timeouts = { firstByteMs: 300, totalMs: 3000 };
  const result = (await refreshModels({ keys, today: TODAY, origins, timeouts })).find((one) => one.platform === platform);
  if (!result) throw new Error(`nothing came of ${platform}`);
  return { result, server };
}

const ok =
  (body: unknown): Reply =>
  () => ({ status: 200, body });

describe('asking providers for their models', () => {
  it('keys are bound to the providers’ own origins', () => {
    expect(keysFromEnvironment(modelKeyNeeds(), ENV).map(({ origin, key }) => [origin, key])).toEqual([
      ['https://api.openai.com', 'canary-openai'],
      ['https://api.anthropic.com', 'canary-anthropic'],
      ['https://generativelanguage.googleapis.com', 'canary-gemini'],
    ]);
  });

  it('without a key nobody is asked', async () => {
    const server = await fake(ok(OPENAI));
    const origins = { openai: server.origin, anthropic: server.origin, google: server.origin };
    expect(await refreshModels({ keys: [], today: TODAY, origins })).toEqual([
      { status: 'noKey', platform: 'openai', envName: 'OPENAI_API_KEY' },
      { status: 'noKey', platform: 'anthropic', envName: 'ANTHROPIC_API_KEY' },
      { status: 'noKey', platform: 'google', envName: 'GEMINI_API_KEY' },
    ]);
    expect(server.requests).toEqual([]);
  });

  it('a key of another origin is none', async () => {
    const server = await fake(ok(OPENAI));
    const keys = [{ provider: 'openai', origin: 'https://api.openai.com', key: 'canary-openai' }];
    const [openai] = await refreshModels({ keys, today: TODAY, origins: { openai: server.origin } });
    expect([openai?.status, server.requests]).toEqual(['noKey', []]);
  });

  it('OpenAI: days of shutdown, without the models of the account', async () => {
    const { result, server } = await asked('openai', ok(OPENAI));
    expect(result).toEqual({
      status: 'answered',
      platform: 'openai',
      answers: {
        platform: 'openai',
        asOf: TODAY,
        source: `${server.origin}/v1/models`,
        models: [
          { id: 'gpt-4.1-2025-04-14', released: '2025-04-14', retiresOn: '2027-01-14' },
          { id: 'gpt-6-luna', released: '2026-05-28', retiresOn: undefined },
        ],
      },
    });
    expect(server.requests.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([
      ['GET', '/v1/models', 'Bearer canary-openai'],
    ]);
  });

  it('Anthropic: page after page, the stage of life, limits; an overdue day is none', async () => {
    const first = [
      {
        id: 'claude-a-20260101',
        type: 'model',
        display_name: 'A',
        created_at: '2026-01-01T00:00:00Z',
        lifecycle: 'active',
        deprecated_at: null,
        retires_at: null,
        max_input_tokens: 200000,
        max_tokens: 64000,
      },
      {
        id: 'claude-b',
        created_at: '1970-01-01T00:00:00Z',
        lifecycle: 'deprecated',
        deprecated_at: '2026-08-01T00:00:00Z',
        retires_at: '2026-12-31T00:00:00Z',
        max_input_tokens: 0,
        max_tokens: null,
      },
    ];
    const second = [
      {
        id: 'claude-c',
        created_at: '2024-01-01T00:00:00Z',
        lifecycle: 'deprecated',
        deprecated_at: '2026-01-01T00:00:00Z',
        retires_at: '2026-11-01T00:00:00Z',
      },
      {
        id: 'claude-d',
        created_at: '2023-01-01T00:00:00Z',
        lifecycle: 'retired',
        deprecated_at: '2025-01-01T00:00:00Z',
        retires_at: '2025-07-21T00:00:00Z',
      },
      { id: 'claude-e', created_at: '2023-01-01T00:00:00Z' },
    ];
    const { result, server } = await asked('anthropic', ({ url }) => ({
      status: 200,
      body: url.includes('after_id=') ? ANTHROPIC(second) : ANTHROPIC(first, { has_more: true, last_id: 'claude b' }),
    }));
    expect(result.status === 'answered' && result.answers.models).toEqual([
      {
        id: 'claude-a-20260101',
        released: '2026-01-01',
        deprecatedOn: null,
        retiresOn: null,
        contextWindow: 200000,
        maxOutputTokens: 64000,
      },
      { id: 'claude-b', deprecatedOn: '2026-08-01', retiresOn: '2026-12-31' },
      { id: 'claude-c', released: '2024-01-01', deprecatedOn: '2026-01-01', retiresOn: null },
      { id: 'claude-d', released: '2023-01-01', deprecatedOn: '2025-01-01', retiresOn: '2025-07-21' },
      { id: 'claude-e', released: '2023-01-01' },
    ]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/v1/models?limit=1000', '/v1/models?limit=1000&after_id=claude%20b']);
    expect(server.requests[0]?.headers).toMatchObject({ 'x-api-key': 'canary-anthropic', 'anthropic-version': '2023-06-01' });
  });

  it('Gemini: limits, without the models of the account', async () => {
    const { result, server } = await asked('google', ({ url }) => ({
      status: 200,
      body: url.includes('pageToken=')
        ? { models: [{ name: 'tunedModels/mine' }] }
        : {
            models: [{ name: 'models/gemini-9-pro', version: '1', inputTokenLimit: 1048576, outputTokenLimit: 65536 }],
            nextPageToken: 'a/b',
          },
    }));
    expect(result.status === 'answered' && result.answers.models).toEqual([
      { id: 'gemini-9-pro', contextWindow: 1048576, maxOutputTokens: 65536 },
    ]);
    expect(server.requests.map(({ url, headers }) => [url, headers['x-goog-api-key']])).toEqual([
      ['/v1beta/models?pageSize=1000', 'canary-gemini'],
      ['/v1beta/models?pageSize=1000&pageToken=a%2Fb', 'canary-gemini'],
    ]);
  });
});

describe('an answer that is not one', () => {
  it.each<readonly [platform: Platform, body: unknown, where: RegExp]>([
    ['openai', [], /it is no object|`data`/],
    ['openai', { data: 'all' }, /`data`/],
    ['openai', { data: [{ created: 1 }] }, /`data\[0\]\.id`/],
    ['openai', { data: [{ id: 'a' }, { id: 'b', shutdown_date: '2027-02-30' }] }, /`data\[1\]\.shutdown_date`/],
    ['openai', { data: [{ id: 'a', shutdown_date: 'soon' }] }, /`data\[0\]\.shutdown_date`/],
    ['openai', { data: [{ id: 'a'.repeat(201) }] }, /`data\[0\]\.id`/],
    ['anthropic', { data: [{ id: 'a', created_at: 'yesterday' }] }, /`data\[0\]\.created_at`/],
    ['anthropic', { data: [{ id: 'a', max_tokens: -1 }] }, /`data\[0\]\.max_tokens`/],
    ['google', { models: [{ name: 'models/a', inputTokenLimit: '1000' }] }, /`models\[0\]\.inputTokenLimit`/],
    ['google', {}, /`models`/],
  ])('is refused as a whole and says where: %s %j', async (platform, body, where) => {
    const { result } = await asked(platform, ok(body));
    expect(result).toMatchObject({ status: 'failed', message: expect.stringMatching(where) });
  });

  it('an empty list changes nothing', async () => {
    expect((await asked('openai', ok({ data: [] }))).result).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('no models at all'),
    });
  });

  it('pages without end are refused', async () => {
    const { result, server } = await asked('anthropic', ok(ANTHROPIC([{ id: 'a' }], { has_more: true, last_id: 'a' })));
    expect(result).toMatchObject({ status: 'failed', message: expect.stringContaining('more than 20 pages') });
    expect(server.requests).toHaveLength(20);
  });

  it('keys of a prototype reach nothing', async () => {
    const body = JSON.parse(
      '{"data":[{"id":"__proto__","__proto__":{"shutdown_date":"2027-01-01"}},{"id":"constructor"},{"id":"gpt-x"}]}',
    ) as unknown;
    const { result } = await asked('openai', ok(body));
    expect(result.status === 'answered' && result.answers.models.map(({ id, retiresOn }) => [id, retiresOn])).toEqual([
      ['constructor', undefined],
      ['gpt-x', undefined],
    ]);
    expect(({} as Record<string, unknown>)['shutdown_date']).toBeUndefined();
  });

  it.each([
    ['down', { kind: 'down' }, /down, or this machine/],
    ['silent', { kind: 'slow' }, /did not answer in time/],
    ['no JSON', { kind: 'wrongJson' }, /that can be read/],
    ['5 MB', { kind: 'large' }, /that can be read/],
  ] as const)('a server that misbehaves: %s', async (_what, fault, message) => {
    const server = await fake(ok(OPENAI));
    server.setFault(fault);
    expect((await asked('openai', server)).result).toMatchObject({ status: 'failed', message: expect.stringMatching(message) });
  });

  it('a key that is refused is told by the name of its variable, and not shown', async () => {
    const { result } = await asked('openai', () => ({ status: 401, body: { error: { message: 'Incorrect API key: canary-openai' } } }));
    expect(result).toMatchObject({ status: 'failed', message: expect.stringContaining('refused the key in OPENAI_API_KEY') });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('a redirect to another origin gets no key', async () => {
    const thief = await fake(ok(OPENAI));
    const server = await fake(ok(OPENAI));
    server.setFault({ kind: 'redirect', to: `${thief.origin}/v1/models` });
    expect((await asked('openai', server)).result).toMatchObject({ status: 'failed', message: expect.stringContaining('not followed') });
    expect(thief.requests).toEqual([]);
  });
});
