import { afterEach, describe, expect, it } from 'vitest';
import { boundKey, keysFromEnvironment, requireKeys } from '../../engine/index.ts';
import type { KeyNeed } from '../../protocol/index.ts';
import { type HostileServer, hostileServer } from './support/hostileServer.ts';
import { type RunFixture, runFixture, triageFiles } from './support/runFixture.ts';

const own: KeyNeed = {
  provider: 'openai',
  origin: 'https://api.openai.com',
  isDefaultOrigin: true,
  envName: 'OPENAI_API_KEY',
  required: true,
};
const moved: KeyNeed = { ...own, origin: 'https://thief.example', isDefaultOrigin: false };
const local: KeyNeed = {
  provider: 'workshop',
  origin: 'http://localhost:11434',
  isDefaultOrigin: false,
  envName: 'WORKSHOP_API_KEY',
  required: false,
};
const env = { OPENAI_API_KEY: 'k1', WORKSHOP_API_KEY: 'k2' };

describe('keys of a command line', () => {
  it('go to the provider’s own origin, and to another only when it is allowed by name', () => {
    expect(keysFromEnvironment([own, local], env)).toEqual([{ provider: 'openai', origin: 'https://api.openai.com', key: 'k1' }]);
    expect(() => keysFromEnvironment([moved], env)).toThrow('--allow-origin https://thief.example');
    expect(
      keysFromEnvironment([moved, local], env, { allowOrigins: ['https://thief.example', 'http://localhost:11434'] }).map(({ key }) => key),
    ).toEqual(['k1', 'k2']);
    expect(() => keysFromEnvironment([own], {})).toThrow('No key for https://api.openai.com. Set OPENAI_API_KEY in the environment.');
  });

  it('are bound to provider and origin', () => {
    const keys = [{ provider: 'openai', origin: 'https://api.openai.com', key: 'k1' }];
    expect(boundKey(keys, 'openai', 'https://thief.example')).toBeUndefined();
    expect(boundKey(keys, 'other', 'https://api.openai.com')).toBeUndefined();
    expect(() => requireKeys([moved], keys)).toThrow('No key for https://thief.example');
    expect(() => requireKeys([own, local], keys)).not.toThrow();
  });
});

describe('a run with a key', () => {
  const ended: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ended.splice(0)) await end();
  });
  const against = async (server: HostileServer, count: number, baseUrl = `${server.origin}/v1`): Promise<RunFixture> => {
    const files = triageFiles(count, { model: 'mine/some-model' });
    files['evenkeel.yml'] = `providers:\n  mine: { kind: openai-compatible, baseUrl: "${baseUrl}", keyEnv: MINE_KEY }\n`;
    const fixture = await runFixture(files);
    ended.push(server.close, fixture.remove);
    return fixture;
  };

  it('that is refused stops at once with one message', async () => {
    const server = await hostileServer(
      (_, response) => void response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"bad key"}}'),
    );
    const { run, engine, root } = await against(server, 200);
    const { last, samples, runId } = await run(
      { concurrency: 4 },
      { keys: [{ provider: 'mine', origin: server.origin, key: 'wrong-key-0123456789' }] },
    );
    expect(last).toMatchObject({
      end: 'failed',
      message: `The key for ${server.origin.slice(7)} was refused (401). Set it with “Evenkeel: Set API Key…” or MINE_KEY.`,
    });
    expect(server.received.length).toBeLessThanOrEqual(4);
    expect(samples).toEqual([]);
    expect(await engine.runs({ root })).toMatchObject([{ end: 'failed', missing: 200, unknown: 0, header: { runId, keySent: true } }]);
  });

  it('for another origin is not sent', async () => {
    const server = await hostileServer((_, response) => void response.end('{}'));
    const { run } = await against(server, 1);
    const elsewhere = { provider: 'mine', origin: 'https://elsewhere.example', key: 'secret-key' };
    await expect(run({}, { keys: [elsewhere] })).rejects.toThrow(`No key for ${server.origin}.`);
    expect(server.received).toEqual([]);
  });

  it('a provider that is down ends the run with one message and everything resumable', async () => {
    const server = await hostileServer(() => undefined);
    await server.close();
    const files = triageFiles(50, { model: 'mine/some-model' });
    files['evenkeel.yml'] = `providers:\n  mine: { kind: openai-compatible, baseUrl: "${server.origin}/v1" }\n`;
    const { run, engine, root, remove } = await runFixture(files, { random: () => 0 });
    ended.push(remove);
    const { last, samples } = await run();
    expect(last.end).toBe('failed');
    expect(last.message).toMatch(/could not be reached \(ECONNREFUSED\).*resume it when the server is back/);
    expect(samples).toEqual([]);
    expect(await engine.runs({ root })).toMatchObject([{ missing: 50, unknown: 0 }]);
  });
});
