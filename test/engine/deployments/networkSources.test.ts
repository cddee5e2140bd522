import { afterEach, describe, expect, it } from 'vitest';
import type { BoundKey, DeploymentsView } from '../../../protocol/index.ts';
import { startDeployedEndpoint } from '../../../scripts/fakes/deployedEndpoint.ts';
import { type FakeServer, startFake } from '../../../scripts/fakes/fakeServer.ts';
import { type LangfuseVersion, startLangfuse } from '../../../scripts/fakes/langfuseServer.ts';
import { type DeploymentsWorld, deploymentsWorld, PROMPT, triage } from './deploymentsWorld.ts';

const TOKEN = 'canary-token-0123456789abcdef';

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function made(entry: string, files: Readonly<Record<string, string>> = {}): DeploymentsWorld {
  const config = `environments:\n  production: ${entry}\n`;
  const world = deploymentsWorld({ [PROMPT]: triage(), 'evenkeel.yml': config, ...files }, { repository: false });
  closing.push(world.remove);
  return world;
}

async function fake(reply: Parameters<typeof startFake>[0]): Promise<FakeServer> {
  const server = await startFake(reply);
  closing.push(server.close);
  return server;
}

const token = (origin: string, environment = 'environment:production'): readonly BoundKey[] => [
  { provider: environment, origin, key: TOKEN },
];

async function problemOf(
  world: DeploymentsWorld,
  keys: readonly BoundKey[] = [],
): Promise<DeploymentsView['environments'][number]['problem']> {
  return world.environment(await world.refresh(keys, { force: true })).problem;
}

describe('an endpoint that misbehaves', () => {
  it.each([
    ['down', { kind: 'down' }, 'down', /answered with an error \(503\)/],
    ['slow', { kind: 'slow' }, 'slow', /sent nothing within 0\.3 s/],
    ['wrong JSON', { kind: 'wrongJson' }, 'invalid', /did not answer with JSON/],
    ['5 MB', { kind: 'large' }, 'tooLarge', /more than 1 MB/],
  ] as const)('%s', async (_name, fault, kind, message) => {
    const server = await startDeployedEndpoint({ prompts: [{ prompt: PROMPT, version: '1.0.0' }] });
    closing.push(server.close);
    const world = made(`{ http: { url: "${server.url}" } }`);
    await world.refresh();
    server.setFault(fault);
    expect(await problemOf(world)).toMatchObject({ kind, message: expect.stringMatching(message) });
    expect(world.environment(await world.engine.deployments({ root: world.root })).prompts).toMatchObject([
      { deployed: { version: '1.0.0' } },
    ]);
  });

  it('that sends 5 MB is stopped long before its end', async () => {
    const server = await startDeployedEndpoint({ prompts: [] });
    closing.push(server.close);
    server.setFault({ kind: 'large' });
    await problemOf(made(`{ http: { url: "${server.url}" } }`));
    expect(server.sent()).toBeLessThan(4.5 * 1024 * 1024);
  });

  it('that is not there at all, or is no address of anybody', async () => {
    const server = await startDeployedEndpoint({ prompts: [] });
    await server.close();
    expect(await problemOf(made(`{ http: { url: "${server.url}" } }`))).toMatchObject({
      kind: 'down',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(await problemOf(made('{ http: { url: "http://[::bad/x" } }'))).toMatchObject({ kind: 'configuration' });
  });

  it('that has nothing under the path', async () => {
    const server = await startDeployedEndpoint({ prompts: [] });
    closing.push(server.close);
    expect(await problemOf(made(`{ http: { url: "${server.origin}/wrong" } }`))).toMatchObject({
      kind: 'down',
      message: expect.stringContaining('404'),
    });
  });

  it.each([
    [[], /it is no object/],
    [{ prompts: 'all' }, /`prompts` is missing or in another form/],
    [{ prompts: [{ version: '1.0.0' }] }, /`prompts\[0\]\.prompt` is missing/],
    [{ prompts: [{ prompt: 'a', version: 3 }] }, /`prompts\[0\]\.version`/],
    [{ prompts: [{ prompt: 'a', fingerprint: 'sha256:1' }] }, /`prompts\[0\]\.fingerprint`/],
    [{ prompts: [{ prompt: 'a', since: 'yesterday' }] }, /`prompts\[0\]\.since`/],
    [{ prompts: [{ prompt: 'a'.repeat(501) }] }, /`prompts\[0\]\.prompt`/],
  ])('%j', async (body, message) => {
    const server = await fake(() => ({ status: 200, body }));
    expect(await problemOf(made(`{ http: { url: "${server.origin}/" } }`))).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(message),
    });
  });

  it('that tells more than is known here is understood, by id and by name, and cannot reach a prototype', async () => {
    const body = JSON.parse(
      `{"app":"shop","prompts":[{"prompt":"./${PROMPT}","version":"1.0.0","region":"eu"},{"prompt":"Other","__proto__":{"version":"9"}}]}`,
    ) as unknown;
    const server = await fake(() => ({ status: 200, body }));
    const world = made(`{ http: { url: "${server.origin}/" } }`, { 'other.prompt.yml': triage().replace('Triage', 'Other') });
    const { prompts } = world.environment(await world.refresh());
    expect(prompts).toMatchObject([
      { promptId: 'other.prompt.yml', promptName: 'Other', deployed: { name: 'Other' }, relation: { kind: 'unknown' } },
      { promptId: PROMPT, deployed: { version: '1.0.0' } },
    ]);
    expect(prompts[0]?.deployed.version).toBeUndefined();
  });

  it('asks whether something has changed, and takes a no for an answer', async () => {
    const server = await startDeployedEndpoint({ prompts: [{ prompt: PROMPT, version: '1.0.0' }] });
    closing.push(server.close);
    const world = made(`{ http: { url: "${server.url}" } }`);
    await world.refresh();
    world.pass(10);
    const { answeredAt, prompts } = world.environment(await world.refresh());
    expect(server.requests[1]?.headers['if-none-match']).toMatch(/^"[0-9a-f]{16}"$/);
    expect(answeredAt).toBe('2026-11-01T12:10:00.000Z');
    expect(prompts).toMatchObject([{ deployed: { version: '1.0.0' } }]);
  });

  it('is looked at once when many ask at the same time', async () => {
    const server = await startDeployedEndpoint({ prompts: [] });
    closing.push(server.close);
    const world = made(`{ http: { url: "${server.url}" } }`);
    await Promise.all(Array.from({ length: 8 }, () => world.refresh([], { force: true })));
    expect(server.requests).toHaveLength(1);
    // Who insists does not take the place of a look that is not due for an answer.
    await Promise.all([world.refresh(), world.refresh([], { force: true })]);
    expect(server.requests).toHaveLength(2);
  });
});

describe('redirects', () => {
  const redirecting = (to: (url: string) => string | undefined) =>
    fake(({ url }) => {
      const location = to(url);
      return location === undefined
        ? { status: 200, body: { prompts: [{ prompt: PROMPT }] } }
        : { status: 307, body: undefined, headers: { location } };
    });

  it('within the origin are followed, three times', async () => {
    const server = await redirecting((url) => ({ '/a': '/b', '/b': 'c', '/c': './d' })[url]);
    const world = made(`{ http: { url: "${server.origin}/a", keyEnv: T } }`);
    expect(await problemOf(world, token(server.origin))).toBeUndefined();
    expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual(
      ['/a', '/b', '/c', '/d'].map((url) => [url, `Bearer ${TOKEN}`]),
    );
    const circle = await redirecting(() => '/again');
    expect(await problemOf(made(`{ http: { url: "${circle.origin}/" } }`))).toMatchObject({ kind: 'redirected' });
    expect(circle.requests).toHaveLength(4);
  });

  it.each([301, 302, 303, 307, 308])('to another origin are not followed, and it never hears of the token (%i)', async (status) => {
    const thief = await fake(() => ({ status: 200, body: { prompts: [] } }));
    for (const location of [
      `${thief.origin}/`,
      `//127.0.0.1:${new URL(thief.origin).port}/x`,
      `http://user:pass@127.0.0.1:${new URL(thief.origin).port}/`,
    ]) {
      const server = await fake(() => ({ status, body: undefined, headers: { location } }));
      const world = made(`{ http: { url: "${server.origin}/", keyEnv: T } }`);
      expect(await problemOf(world, token(server.origin))).toMatchObject({
        kind: 'redirected',
        message: expect.stringContaining(thief.origin),
      });
    }
    expect(thief.requests).toEqual([]);
  });

  it('that lead nowhere', async () => {
    const server = await fake(() => ({ status: 302, body: undefined, headers: { location: 'http://' } }));
    expect(await problemOf(made(`{ http: { url: "${server.origin}/" } }`))).toMatchObject({ kind: 'invalid' });
  });
});

describe('a token', () => {
  it('goes to the origin that it is bound to and to no look-alike', async () => {
    const server = await fake(() => ({ status: 200, body: { prompts: [] } }));
    const { port } = new URL(server.origin);
    const lookAlikes = [
      `http://localhost:${port}`,
      `http://127.0.0.1.:${port}`,
      `http://127.1:${Number(port) + 1}`,
      `http://[::1]:${port}`,
      `https://127.0.0.1:${port}`,
      `http://app.example.evil.test:${port}`,
      `http://evil-app.example:${port}`,
      `http://app.example`,
      'https://app.example.evil.test',
      'https://app.examp1e',
      'https://аpp.example',
      'https://xn--pp-7ed.example',
      'https://app.example:8443',
      'http://app.example:443',
      'https://APP.example.',
      'https://sub.app.example',
      'https://example',
      'https://app-example',
      'https://app.example%2eevil.test',
      `http://0.0.0.0:${port}`,
    ];
    expect(lookAlikes).toHaveLength(20);
    for (const origin of lookAlikes) {
      const world = made(`{ http: { url: "${origin}/deployed", keyEnv: T } }`);
      // Bound to the real app; evenkeel.yml now names another one. Nothing may be sent at all.
      const view = await world.refresh([...token('https://app.example'), ...token(server.origin)], { force: true });
      const { problem } = view.environments[0] ?? {};
      if (view.environments.length) expect(problem, origin).toMatchObject({ kind: expect.stringMatching(/^(key|configuration)$/) });
      expect(JSON.stringify(view), origin).not.toContain(TOKEN);
    }
    expect(server.requests).toEqual([]);
  });

  it('of another environment, of a provider or of the other half of a pair is none', async () => {
    const server = await fake(() => ({ status: 200, body: { prompts: [] } }));
    const world = made(`{ http: { url: "${server.origin}/", keyEnv: T } }`);
    for (const provider of ['environment:staging', 'openai', 'production', 'environment:production#secretKey'])
      expect(await problemOf(world, token(server.origin, provider))).toMatchObject({
        kind: 'key',
        message: `No key for ${server.origin}. Set it with “Evenkeel: Set Deployment Key…” or T.`,
      });
    expect(server.requests).toEqual([]);
  });

  it('goes through no proxy that the environment names', async () => {
    const server = await fake(() => ({ status: 200, body: { prompts: [] } }));
    const proxy = await fake(() => ({ status: 200, body: { prompts: [] } }));
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : proxy.origin;
    try {
      expect(await problemOf(made(`{ http: { url: "${server.origin}/", keyEnv: T } }`), token(server.origin))).toBeUndefined();
    } finally {
      for (const [at, name] of names.entries())
        if (before[at] === undefined) delete process.env[name];
        else process.env[name] = before[at];
    }
    expect(proxy.requests).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('is not sent where evenkeel.yml asks for none', async () => {
    const server = await fake(() => ({ status: 200, body: { prompts: [] } }));
    await made(`{ http: { url: "${server.origin}/" } }`).refresh(token(server.origin), { force: true });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('that is refused is told, and one that a server sends back is stored nowhere', async () => {
    const refusing = await fake(() => ({ status: 401, body: {} }));
    expect(await problemOf(made(`{ http: { url: "${refusing.origin}/", keyEnv: T } }`), token(refusing.origin))).toMatchObject({
      kind: 'key',
    });
    const echoing = await fake(({ headers }) => ({
      status: 200,
      body: { prompts: [{ prompt: headers.authorization, by: Buffer.from(TOKEN).toString('base64') }] },
    }));
    const world = made(`{ http: { url: "${echoing.origin}/", keyEnv: T } }`);
    await world.refresh(token(echoing.origin), { force: true });
    const stored = world.read('.evenkeel/deployments/production.json');
    expect(stored).toContain('[redacted]');
    expect(stored).not.toContain(TOKEN);
    expect(stored).not.toContain(Buffer.from(TOKEN).toString('base64'));
  });

  it('is asked for by environment and origin', async () => {
    const world = made('{ http: { url: "https://app.example/deployed", keyEnv: DEPLOY_TOKEN } }');
    world.write(
      'evenkeel.yml',
      `${world.read('evenkeel.yml')}  "eu west": { langfuse: { publicKeyEnv: OPENAI_API_KEY } }\n  own: { langfuse: { baseUrl: "https://lf.example" } }\n  here: { file: d.jsonl }\n`,
    );
    const keys = await world.engine.deploymentKeys({ root: world.root });
    expect(keys.map(({ provider, origin, isDefaultOrigin, envName }) => [provider, origin, isDefaultOrigin, envName])).toEqual([
      ['environment:production', 'https://app.example', false, 'DEPLOY_TOKEN'],
      ['environment:eu%20west#publicKey', 'https://cloud.langfuse.com', false, 'OPENAI_API_KEY'],
      ['environment:eu%20west#secretKey', 'https://cloud.langfuse.com', true, 'LANGFUSE_SECRET_KEY'],
      ['environment:own#publicKey', 'https://lf.example', false, 'LANGFUSE_PUBLIC_KEY'],
      ['environment:own#secretKey', 'https://lf.example', false, 'LANGFUSE_SECRET_KEY'],
    ]);
    await expect(world.engine.deploymentKeys({ root: world.root, environments: ['none'] })).rejects.toThrow(
      'evenkeel.yml names no environment “none”. It names production, eu west, own, here.',
    );
  });
});

describe('Langfuse', () => {
  const CHAT = [
    { role: 'system', content: 'Route the ticket.' },
    { role: 'user', content: '{{ticket}}' },
  ];
  const version = (change: Partial<LangfuseVersion> = {}): LangfuseVersion => ({
    name: 'Triage',
    version: 3,
    prompt: CHAT,
    labels: ['production'],
    ...change,
  });

  async function served(versions: readonly LangfuseVersion[], more = '', files: Readonly<Record<string, string>> = {}) {
    const server = await startLangfuse({ publicKey: 'pk', secretKey: 'sk-secret', versions });
    closing.push(server.close);
    const world = made(`{ langfuse: { baseUrl: "${server.origin}/"${more} } }`, files);
    const keys: readonly BoundKey[] = [
      { provider: 'environment:production#publicKey', origin: server.origin, key: 'pk' },
      { provider: 'environment:production#secretKey', origin: server.origin, key: 'sk-secret' },
    ];
    return { server, world, keys, look: async () => world.environment(await world.refresh(keys, { force: true })) };
  }

  it('is asked by label and by the names of evenkeel.yml, folders in them encoded', async () => {
    const { server, look } = await served(
      [version({ name: 'support/triage', version: 12, labels: ['staging'] }), version({ name: 'support/triage', version: 11 })],
      `, label: staging, prompts: { ${PROMPT}: support/triage }`,
    );
    expect((await look()).prompts).toMatchObject([{ promptId: PROMPT, deployed: { version: 'v12' }, relation: { kind: 'same' } }]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/api/public/v2/prompts/support%2Ftriage?label=staging']);
  });

  it.each([
    ['the same messages', version(), 'same'],
    ['other line ends', version({ prompt: [{ role: 'system', content: 'Route the ticket.' }, CHAT[1]!] }), 'same'],
    ['other messages', version({ prompt: [{ role: 'system', content: 'Route.' }, CHAT[1]!] }), 'differs'],
    ['a text', version({ prompt: 'Route the ticket.' }), 'differs'],
    ['a fingerprint in its config, which counts for more', version({ config: { fingerprint: `ek1:${'0'.repeat(64)}` } }), 'differs'],
    ['a fingerprint that is none', version({ config: { fingerprint: 'yes', model: 4 } }), 'same'],
    ['a config that is no map', version({ config: 'x' }), 'same'],
  ])('%s', async (_name, held, kind) => {
    const { look } = await served([held]);
    expect((await look()).prompts).toMatchObject([{ deployed: { version: 'v3' }, relation: { kind } }]);
  });

  it('holds messages that cannot be told: a placeholder for more messages', async () => {
    const { look } = await served([version({ prompt: [...CHAT, { type: 'placeholder', name: 'history' } as never] })]);
    expect((await look()).prompts).toMatchObject([{ relation: { kind: 'unknown' } }]);
  });

  it('that lacks a prompt says that it is not deployed; prompts without a name are not asked for', async () => {
    const { server, look } = await served([], '', { 'nameless.prompt.yml': 'messages: [{ role: user, content: x }]\n' });
    expect(await look()).toMatchObject({ answeredAt: expect.any(String), prompts: [] });
    expect(server.requests).toHaveLength(1);
  });

  it('refuses a wrong pair, and neither key nor pair is stored', async () => {
    const { world, server } = await served([version()]);
    const keys: readonly BoundKey[] = [
      { provider: 'environment:production#publicKey', origin: server.origin, key: 'pk' },
      { provider: 'environment:production#secretKey', origin: server.origin, key: 'wrong-secret' },
    ];
    expect(await problemOf(world, keys)).toMatchObject({ kind: 'key', message: expect.stringContaining('refused the key (401)') });
    expect(await problemOf(world, keys.slice(0, 1))).toMatchObject({
      kind: 'key',
      message: expect.stringContaining('LANGFUSE_SECRET_KEY'),
    });
    expect(world.read('.evenkeel/deployments/production.json')).not.toContain('wrong-secret');
  });

  it('is another server: a page for an answer, or a page that says 404', async () => {
    const { server, look } = await served([version()]);
    server.setFault({ kind: 'wrongJson' });
    expect((await look()).problem).toMatchObject({ kind: 'invalid' });
    const other = await fake(() => ({ status: 200, body: { id: 1 } }));
    const world = made(`{ langfuse: { baseUrl: "${other.origin}" } }`);
    const keys = ['publicKey', 'secretKey'].map((part) => ({
      provider: `environment:production#${part}`,
      origin: other.origin,
      key: 'abcdef',
    }));
    expect(await problemOf(world, keys)).toMatchObject({ kind: 'invalid', message: expect.stringContaining('as Langfuse does') });
  });
});
