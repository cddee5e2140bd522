import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineHost } from '../../extension/evals/engineHost.ts';
import type { CompareEvent, RunEvent } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';

const FAKE = fileURLToPath(new URL('fakeEngine.mjs', import.meta.url));
const hosts: EngineHost[] = [];

describe("the engine's process", () => {
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.stop()));
  });

  it('starts at the first need, once, and is told of trust and version', async () => {
    const { host, children } = create();
    expect([host.started, children.length]).toEqual([false, 0]);
    const runs = await Promise.all([host.request('runs', { root: '/r' }), host.request('runs', { root: '/r' })]);
    expect(runs[0]).toEqual([{ trusted: true, version: '9.9.9' }]);
    expect(children).toHaveLength(1);
  });

  it('starts nothing in a folder that is not trusted', async () => {
    const { host, children } = create(false);
    await expect(host.request('runs', { root: '/r' })).rejects.toMatchObject({ name: 'UserError', code: 'untrusted' });
    await host.setTrust(true);
    expect(children).toHaveLength(0);
  });

  it('brings the events of a run in order, also those before its id is known', async () => {
    const { host } = create();
    const got: RunEvent[] = [];
    const finished = Promise.withResolvers<void>();
    const runId = await host.start(
      { planId: 'run-1', keys: [] },
      {
        events: (events) => {
          got.push(...events);
          if (events.some(({ type }) => type === 'runFinished')) finished.resolve();
        },
        lost: () => finished.reject(new Error('lost')),
      },
    );
    await finished.promise;
    expect(runId).toBe('run-1');
    expect(got.map(({ type }) => type)).toEqual(['runStarted', 'caseStarted', 'caseFinished', 'runFinished']);
  });

  it('brings the events of a comparison in order, and tells it when the process is lost', async () => {
    const { host } = create();
    const got: CompareEvent[] = [];
    const finished = Promise.withResolvers<void>();
    const events = (batch: readonly CompareEvent[]): void => {
      got.push(...batch);
      if (batch.some(({ type }) => type === 'compareFinished')) finished.resolve();
    };
    expect(await host.startCompare({ planId: 'job-1', keys: [] }, { events, lost: () => finished.reject(new Error('lost')) })).toBe(
      'job-1',
    );
    await finished.promise;
    expect(got).toMatchObject([{ done: 1 }, { done: 2 }, { type: 'compareFinished', comparisonId: 'c1' }]);
    let lost = 0;
    await host.startCompare({ planId: 'endless', keys: [] }, { events: () => {}, lost: () => lost++ });
    await host.request('cancel', { runId: 'endless' }).catch(() => {}); // the fake ends here
    expect(lost).toBe(1);
  });

  it("gives an engine's error for people as one", async () => {
    const { host } = create();
    const failure = await host
      .request('plan', { root: '/r', promptId: 'p', cases: { kind: 'all' }, cache: false })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toBe('p.prompt.yml:4: dataset ./x is missing');
    const bug = await host.request('replay', { root: '/r', runId: 'x' }).catch((error: unknown) => error);
    expect(bug).not.toBeInstanceOf(UserError);
  });

  it('after a crash: open requests are rejected, runs are told, the next request starts a new process', async () => {
    const { host, children, lines } = create();
    let lost = 0;
    await host.start(
      { planId: 'endless', keys: [{ provider: 'openai', origin: 'https://api.openai.com', key: 'sk-very-secret-key' }] },
      { events: () => {}, lost: () => lost++ },
    );
    const open = host.request('preview', { root: '/r', promptId: 'p' }).catch((error: unknown) => error);
    await host.request('cancel', { runId: 'endless' }).catch(() => {});
    expect(await open).toMatchObject({ name: 'UserError', code: 'incomplete' });
    expect(lost).toBe(1);
    expect(host.started).toBe(false);
    await host.request('runs', { root: '/r' });
    expect(children).toHaveLength(2);
    expect(lines.join('\n')).toContain('unfinished run');
    expect(lines.join('\n')).not.toContain('sk-very-secret-key');
  });

  it('a program that does not exist is an error, not a hang', async () => {
    const host = new EngineHost({
      launch: () => spawn('/nonexistent/node', [], { stdio: ['pipe', 'pipe', 'pipe'] }),
      trusted: () => true,
      version: '1',
      log: () => {},
    });
    hosts.push(host);
    await expect(host.request('runs', { root: '/r' })).rejects.toThrow();
    expect(host.started).toBe(false);
  });
});

function create(trusted = true) {
  const children: ChildProcess[] = [];
  const lines: string[] = [];
  const launch = (): ChildProcess => {
    const child = spawn(process.execPath, [FAKE], { stdio: ['pipe', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  };
  const host = new EngineHost({ launch, trusted: () => trusted, version: '9.9.9', log: (line) => lines.push(line) });
  hosts.push(host);
  return { host, children, lines };
}
