import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { createEventBatches } from '../../engine/host/eventBatches.ts';
import type { PlanSummary, RunEvent, StoredRun } from '../../protocol/index.ts';
import { serveSandbox } from '../../sandbox/serve.ts';
import { runFixture, triageFiles } from './support/runFixture.ts';

const HOST = resolve(import.meta.dirname, '../../engine/host/main.ts');
const ended: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

interface Host {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly events: RunEvent[];
  readonly batches: number[];
  readonly until: (done: () => boolean) => Promise<void>;
}

async function startHost(trusted = true): Promise<Host> {
  const child = spawn(process.execPath, [HOST], { stdio: ['pipe', 'pipe', 'pipe'] });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const events: RunEvent[] = [];
  const batches: number[] = [];
  connection.onRequest('events', (params: { readonly events: readonly RunEvent[] }) => {
    batches.push(params.events.length);
    events.push(...params.events);
    return null;
  });
  connection.onClose(() => connection.dispose());
  connection.onError(() => undefined);
  connection.listen();
  ended.push(() => void child.kill('SIGKILL'));
  await connection.sendRequest('initialize', { trusted, version: '0' });
  const until = async (done: () => boolean): Promise<void> => {
    for (let at = 0; !done(); at++) {
      if (at > 1500) throw new Error(`Nothing more came after ${events.length} events.`);
      await sleep(10);
    }
  };
  return { child, connection, events, batches, until };
}

const exited = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once('exit', () => done());
  });

describe('the engine in its own process', () => {
  it('killed in the middle of 500 cases, it resumes with what is missing and says what was in flight', async () => {
    const served = await serveSandbox({ port: 0, latencyMs: 15, logLimit: 5000 });
    const fixture = await runFixture(triageFiles(500));
    ended.push(served.close, fixture.remove);
    const { root } = fixture;
    const request = { root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false, sandboxUrl: served.url };

    const first = await startHost();
    const plan = await first.connection.sendRequest<PlanSummary>('plan', request);
    expect(plan).toMatchObject({ calls: 500, keys: [] });
    const { runId } = await first.connection.sendRequest<{ runId: string }>('start', { planId: plan.planId, keys: [] });
    await first.until(() => first.events.filter(({ type }) => type === 'sampleFinished').length >= 150);
    first.child.kill('SIGKILL');
    await exited(first.child);
    const seen = first.events.filter(({ type }) => type === 'sampleFinished').length;
    const callsBefore = served.sandbox.log.total;

    const second = await startHost();
    const [stored] = await second.connection.sendRequest<StoredRun[]>('runs', { root });
    expect(stored).toMatchObject({ end: 'interrupted', header: { runId } });
    const kept = 500 - stored!.missing;
    expect(kept).toBeGreaterThanOrEqual(seen); // nothing that was told is lost
    expect(stored!.unknown).toBeLessThanOrEqual(8); // at most what was in flight
    expect(callsBefore - kept).toBeLessThanOrEqual(stored!.unknown);
    const careful = await second.connection.sendRequest<PlanSummary>('planResume', {
      root,
      runId,
      sendUnknown: false,
      sandboxUrl: served.url,
    });
    expect(careful.calls).toBe(500 - kept - stored!.unknown);
    if (stored!.unknown) expect(careful.notes.join()).toContain('in flight when the run stopped and may have been billed');
    const again = await second.connection.sendRequest<PlanSummary>('planResume', {
      root,
      runId,
      sendUnknown: true,
      sandboxUrl: served.url,
    });
    await second.connection.sendRequest('start', { planId: again.planId, keys: [] });
    await second.until(() => second.events.at(-1)?.type === 'runFinished');
    expect(second.events.at(-1)).toMatchObject({ end: 'finished', totals: { cases: 500, errors: 0 } });
    expect(served.sandbox.log.total - callsBefore).toBe(500 - kept);
    expect(Math.max(...second.batches)).toBeLessThanOrEqual(64);
  }, 60_000);

  it('cancels within a second and writes nothing but the protocol to its output', async () => {
    const served = await serveSandbox({ port: 0, latencyMs: 200 });
    const fixture = await runFixture(triageFiles(100));
    ended.push(served.close, fixture.remove);
    const host = await startHost();
    const plan = await host.connection.sendRequest<PlanSummary>('plan', {
      root: fixture.root,
      promptId: 'triage.prompt.yml',
      cases: { kind: 'all' },
      cache: false,
      sandboxUrl: served.url,
    });
    const { runId } = await host.connection.sendRequest<{ runId: string }>('start', { planId: plan.planId, keys: [] });
    await host.until(() => host.events.some(({ type }) => type === 'sampleFinished'));
    const asked = performance.now();
    await host.connection.sendRequest('cancel', { runId });
    await host.until(() => host.events.at(-1)?.type === 'runFinished');
    expect(performance.now() - asked).toBeLessThan(1000);
    expect(host.events.at(-1)).toMatchObject({ end: 'cancelled' });
  }, 30_000);

  it('says user errors with their place, and does nothing in a folder that is not trusted', async () => {
    const files = triageFiles(2);
    delete files['triage.cases.jsonl'];
    const fixture = await runFixture(files);
    ended.push(fixture.remove);
    const { root } = fixture;
    const host = await startHost(false);
    const request = { root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false };
    const error = await host.connection.sendRequest('plan', request).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ data: { code: 'configuration', located: expect.stringMatching(/^triage\.prompt\.yml:\d+: /) } });
    const adHoc = await host.connection.sendRequest<PlanSummary>('plan', {
      ...request,
      promptId: 'once.prompt.yml',
      text: 'model: sandbox/extractor-2026-05\nmessages: [{ role: user, content: "{{a}}" }]',
      cases: { kind: 'adHoc', variables: { a: 'x' } },
    });
    await expect(host.connection.sendRequest('start', { planId: adHoc.planId, keys: [] })).rejects.toMatchObject({
      data: { code: 'untrusted' },
    });
    await expect(readFile(join(root, '.evenkeel', '.gitignore'))).rejects.toThrow('ENOENT');
    await host.connection.sendRequest('setTrust', { trusted: true });
    await host.connection
      .sendRequest('preview', {
        root,
        promptId: 'once.prompt.yml',
        text: 'messages: [{ role: user, content: "Hi {{a}} {{b}}" }]',
        variables: { a: 1 },
      })
      .then((shown) => {
        expect(shown).toEqual({ messages: [{ role: 'user', content: 'Hi 1 {{b}}' }], missing: ['b'] });
      });
  }, 30_000);

  it('ends with its input', async () => {
    const { child } = await startHost();
    child.stdin?.end();
    await exited(child);
    expect(child.exitCode).toBe(0);
  }, 30_000);
});

describe('event batches', () => {
  const event = (caseId: string): RunEvent => ({ type: 'caseStarted', runId: 'r', caseId });

  it('one outstanding, in order, and a pause when the receiver is slow', async () => {
    const sent: string[][] = [];
    let answer: (() => void) | undefined;
    let outstanding = 0;
    const batches = createEventBatches((events) => {
      expect(++outstanding).toBe(1);
      sent.push(events.map((each) => ('caseId' in each ? each.caseId : '')));
      return new Promise<void>((done) => {
        answer = () => {
          outstanding--;
          done();
        };
      });
    });
    let paused: unknown;
    for (let at = 0; at < 1100; at++) paused = batches.add(event(String(at)));
    expect(paused).toBeInstanceOf(Promise);
    const all = batches.drained();
    while (sent.flat().length < 1100 || outstanding) {
      answer?.();
      await Promise.resolve();
    }
    await Promise.all([paused, all]);
    expect(sent.flat()).toEqual(Array.from({ length: 1100 }, (_, at) => String(at)));
    expect(Math.max(...sent.map(({ length }) => length))).toBe(64);
  });

  it('drops events once nobody takes them, so that the run goes on', async () => {
    const batches = createEventBatches(() => Promise.reject(new Error('gone')));
    for (let at = 0; at < 5000; at++) void batches.add(event('x'));
    await batches.drained();
    expect(batches.add(event('y'))).toBeUndefined();
  });
});
