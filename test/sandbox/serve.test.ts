import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES, type ServedSandbox, type ServeOptions, serveSandbox } from '../../sandbox/serve.ts';

const body = JSON.stringify({ model: 'extractor-2026-05', messages: [{ role: 'user', content: 'Summarize: all is well.' }] });
const running: ServedSandbox[] = [];
const start = async (options: Partial<ServeOptions> = {}) => {
  const served = await serveSandbox({ port: 0, ...options });
  running.push(served);
  return served;
};
const post = (url: string, init: RequestInit = {}) => fetch(`${url}/v1/chat/completions`, { method: 'POST', body, ...init });

afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.close()));
});

describe('serveSandbox', () => {
  it('says what it is at /', async () => {
    const { url } = await start();
    const page = await fetch(`${url}/`);
    expect(page.headers.get('content-type')).toContain('text/plain');
    expect(await page.text()).toMatch(/NOT a language model/);
  });

  it('shows its log without keys', async () => {
    const { url, sandbox } = await start();
    await post(url, { headers: { authorization: 'Bearer sk-very-secret', 'x-evenkeel-draw': '0x2A' } });
    const text = await (await fetch(`${url}/__requests`)).text();
    expect(text).not.toContain('sk-very-secret');
    expect(JSON.parse(text)).toEqual({
      total: 1,
      dropped: 0,
      entries: [
        {
          n: 1,
          at: 1,
          path: '/v1/chat/completions',
          model: 'extractor-2026-05',
          draw: '2a',
          requestHash: expect.stringMatching(/^[0-9a-f]{32}$/),
          inputHash: expect.stringMatching(/^[0-9a-f]{32}$/),
          lastUserMessage: 'Summarize: all is well.',
          status: 200,
          output: 'All is well.',
          usage: { inputTokens: 9, outputTokens: 3 },
        },
      ],
    });
    expect(sandbox.log.total).toBe(1);
  });

  it('keeps a bounded log and says what it dropped', async () => {
    const { url } = await start({ logLimit: 2 });
    for (let n = 0; n < 3; n++) await post(url);
    const log = (await (await fetch(`${url}/__requests`)).json()) as { entries: { n: number }[] };
    expect(log).toMatchObject({ total: 3, dropped: 1 });
    expect(log.entries.map((entry) => entry.n)).toEqual([2, 3]);
  });

  it('appends calls to a log file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'evenkeel-sandbox-'));
    try {
      const logFile = path.join(folder, 'requests.jsonl');
      const { url } = await start({ logFile });
      await post(url);
      await post(url);
      const lines = readFileSync(logFile, 'utf8').trim().split('\n');
      expect(lines.map((line) => (JSON.parse(line) as { n: number }).n)).toEqual([1, 2]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses a body above its cap, an unknown path, a wrong method, a missing key', async () => {
    const { url } = await start({ requireKey: true });
    expect((await post(url, { body: 'x'.repeat(MAX_BODY_BYTES + 1) })).status).toBe(413);
    expect((await fetch(`${url}/v1/embeddings`)).status).toBe(404);
    const wrong = await fetch(`${url}/v1/responses`);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await post(url)).status).toBe(401);
    expect((await post(url, { headers: { authorization: 'Bearer any' } })).status).toBe(200);
  });

  it('binds loopback only', async () => {
    await expect(serveSandbox({ port: 0, host: '0.0.0.0' })).rejects.toThrow(/loopback/);
  });

  it('closes while a client waits in a stall', async () => {
    const served = await serveSandbox({ port: 0 });
    const waiting = post(served.url, { headers: { 'x-evenkeel-fault': 'stall-before-headers' } }).then(
      () => 'answered',
      () => 'ended',
    );
    while (served.sandbox.log.total === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await served.close();
    expect(await waiting).toBe('ended');
  });

  it('goes on after a client left in the middle', async () => {
    const { url } = await start({ latencyMs: 40 });
    const controller = new AbortController();
    const left = post(url, { signal: controller.signal }).then(
      () => 'answered',
      () => 'left',
    );
    setTimeout(() => controller.abort(), 5);
    expect(await left).toBe('left');
    expect((await post(url)).status).toBe(200);
  });
});
