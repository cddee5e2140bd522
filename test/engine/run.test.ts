import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import { type RunEvent, RunTally } from '../../protocol/index.ts';
import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { serveSandbox } from '../../sandbox/serve.ts';
import { follow, type RunFixture, runFixture, triageFiles } from './support/runFixture.ts';

const made: RunFixture[] = [];
afterEach(async () => {
  for (const fixture of made.splice(0)) await fixture.remove();
});
const fixtureOf = async (...given: Parameters<typeof runFixture>): Promise<RunFixture> => {
  const fixture = await runFixture(...given);
  made.push(fixture);
  return fixture;
};

describe('a run', () => {
  it('calls once a case, tells everything in order, and its journal replays to the same totals', async () => {
    const { run, sandbox, engine, root } = await fixtureOf(triageFiles(20));
    const { events, last, runId } = await run();
    expect(sandbox.log.total).toBe(20);
    expect(last).toMatchObject({ end: 'finished', totals: { cases: 20, errors: 0, calls: 20, retries: 0, costUsd: 0 } });
    expect(last.totals.passed + last.totals.failed).toBe(20);
    const count = (type: string): number => events.filter((event) => event.type === type).length;
    expect([
      count('runStarted'),
      count('caseStarted'),
      count('attemptStarted'),
      count('sampleFinished'),
      count('sampleScored'),
      count('caseFinished'),
    ]).toEqual([1, 20, 20, 20, 20, 20]);
    const replayed = new RunTally();
    for (const event of await engine.replay({ root, runId })) replayed.apply(event);
    expect(replayed.totals()).toEqual(last.totals);
    expect(await engine.runs({ root })).toMatchObject([
      { end: 'finished', missing: 0, unknown: 0, header: { runId, keySent: false, origins: ['in-process sandbox'] } },
    ]);
  });

  it('gives the same answers and figures for the same seed, in the process and over HTTP', async () => {
    const files = triageFiles(12, { model: 'sandbox/extractor-2026-10' });
    files['triage.prompt.yml'] = files['triage.prompt.yml']!.replace('temperature: 0', 'temperature: 1');
    const { run, root } = await fixtureOf(files);
    const served = await serveSandbox({ port: 0 });
    try {
      const answers = async (request: object): Promise<unknown> => {
        const { samples, last } = await run(request);
        const outputs = samples.map(({ key, output }) => [key.caseId, key.repeat, output?.text]).sort();
        return { outputs, passed: last.totals.passed, failed: last.totals.failed, tokens: last.totals.outputTokens };
      };
      const first = await answers({ seed: 7, repeats: 3 });
      expect(await answers({ seed: 7, repeats: 3, concurrency: 2 })).toEqual(first);
      expect(await answers({ seed: 7, repeats: 3, sandboxUrl: served.url })).toEqual(first);
      expect(served.sandbox.log.total).toBe(36);
      expect((await readdir(join(root, '.evenkeel', 'runs'))).length).toBe(3);
    } finally {
      await served.close();
    }
  });

  it('stops within a second when cancelled, and resume calls only for what is missing', async () => {
    const fixture = await fixtureOf(triageFiles(60), { sandboxOptions: { latencyMs: 40 } });
    const cancel = new AbortController();
    let finished = 0;
    let cancelledAt = 0;
    const first = await fixture.run(
      {},
      {
        signal: cancel.signal,
        onEvent: (event) => {
          if (event.type !== 'sampleFinished' || ++finished !== 15) return;
          cancelledAt = performance.now();
          cancel.abort();
        },
      },
    );
    expect(performance.now() - cancelledAt).toBeLessThan(1000);
    expect(first.last.end).toBe('cancelled');
    const answered = first.samples.filter(({ output }) => output).length;
    const unknown = first.samples.filter(({ failure }) => failure?.billing === 'unknown').length;
    expect(unknown).toBeGreaterThan(0);
    const stored = (await fixture.engine.runs({ root: fixture.root }))[0];
    expect(stored).toMatchObject({ end: 'cancelled', missing: 60 - answered, unknown });

    const careful = await fixture.engine.planResume({ root: fixture.root, runId: first.runId, sendUnknown: false });
    expect(careful.calls).toBe(60 - answered - unknown);
    expect(careful.notes.join()).toContain('may have been billed');
    const before = fixture.sandbox.log.total;
    const again = await fixture.engine.planResume({ root: fixture.root, runId: first.runId, sendUnknown: true });
    expect(again.calls).toBe(60 - answered);
    const second = await follow(fixture.engine, again.planId);
    expect(fixture.sandbox.log.total - before).toBe(60 - answered);
    expect(second.runId).toBe(first.runId);
    expect(second.last).toMatchObject({ end: 'finished', totals: { cases: 60, errors: 0 } });
    expect(second.events[0]).toMatchObject({ type: 'runStarted', header: { resumed: { kept: answered, unknown } } });
    expect(await fixture.engine.runs({ root: fixture.root })).toMatchObject([{ end: 'finished', missing: 0 }]);
  });

  it('never sends a call that could exceed the budget, and resumes with a larger one', async () => {
    const { run, sandbox, engine, root } = await fixtureOf(triageFiles(30));
    const { last, samples, runId } = await run({ budget: { maxCalls: 11 } });
    expect(last.end).toBe('budget');
    expect(last.message).toContain('11 calls');
    expect(sandbox.log.total).toBe(11);
    expect(samples.length).toBe(11);
    const more = await engine.planResume({ root, runId, sendUnknown: true, budget: { maxCalls: 25 } });
    expect(more).toMatchObject({ calls: 19, notes: ['The budget allows 14 of the 19 calls.'] });
    expect((await follow(engine, more.planId)).last.end).toBe('budget');
    expect(sandbox.log.total).toBe(25);
    const rest = await engine.planResume({ root, runId, sendUnknown: true });
    expect((await follow(engine, rest.planId)).last).toMatchObject({ end: 'finished', totals: { calls: 30 } });
  });

  it('uses stored answers again for a day and says so, only where asked', async () => {
    const { run, sandbox, engine, root } = await fixtureOf(triageFiles(8));
    const first = await run({ cache: true });
    expect(sandbox.log.total).toBe(8);
    expect((await engine.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: true })).fromCache).toBe(8);
    const second = await run({ cache: true });
    expect(sandbox.log.total).toBe(8);
    expect(second.last.totals).toMatchObject({ fromCache: 8, calls: 0, passed: first.last.totals.passed });
    expect(second.samples.every(({ cachedAt, attempts }) => cachedAt !== undefined && attempts === 0)).toBe(true);
    await run({ cache: false });
    expect(sandbox.log.total).toBe(16);
    await run({ cache: true, repeats: 2 });
    expect(sandbox.log.total).toBe(24);
    const tomorrow = createEngine({
      capabilities: TRUSTED,
      interactive: true,
      sandbox: async () => sandbox,
      clock: { now: () => performance.now(), date: () => new Date(Date.now() + 25 * 3_600_000), sleep: async () => undefined },
    });
    const stale = await tomorrow.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: true });
    expect(stale).toMatchObject({ calls: 8, fromCache: 0 });
  });

  it('scores again without a call', async () => {
    const { run, sandbox, engine, root } = await fixtureOf(triageFiles(9));
    const { runId } = await run();
    const text = (await readFile(join(root, 'triage.prompt.yml'), 'utf8'))
      .replace('notEmpty: true', 'maxLength: 1')
      .replace('summary filled', 'summary tiny');
    const events: RunEvent[] = [];
    await engine.rescore({ root, runId, text }, (event) => void events.push(event));
    expect(sandbox.log.total).toBe(9);
    expect(events.at(-1)).toMatchObject({ type: 'runFinished', totals: { passed: 0, failed: 9, calls: 9 } });
    const detail = await engine.caseDetail({ root, runId, caseId: 'c3' });
    expect(detail.samples[0]?.scores.map(({ evaluator, status }) => [evaluator, status])).toContainEqual(['summary tiny', 'failed']);
    expect((await engine.runs({ root }))[0]).toMatchObject({ end: 'finished', totals: { failed: 9 } });
  });

  it('shows one case with the messages sent and a command without a key', async () => {
    const { run, engine, root } = await fixtureOf(triageFiles(3));
    const { runId } = await run();
    await writeFile(join(root, 'triage.prompt.yml'), 'messages: [{ role: user, content: changed }]');
    const { samples, expected, variables } = await engine.caseDetail({ root, runId, caseId: 'c1' });
    expect(expected).toEqual({ team: 'shipping' });
    expect(variables['ticket']).toContain('parcel');
    expect(samples[0]?.messages[1]?.content).toBe('<ticket>Where is my parcel? The tracking does not move. Order 1001.</ticket>');
    expect(samples[0]?.curl).toMatch(/^curl "\$SANDBOX_URL\/v1\/chat\/completions" \\\n/);
  });

  it('retries what may be retried and reports it', async () => {
    const { run, sandbox } = await fixtureOf(triageFiles(6), {
      random: () => 0,
      sandboxOptions: { faults: [{ kind: 'server-error', firstAttempt: true }] },
    });
    const { last, events } = await run();
    expect(last).toMatchObject({ end: 'finished', totals: { errors: 0, retries: 6 } });
    expect(sandbox.log.total).toBe(12);
    expect(events.find((event) => event.type === 'attemptStarted' && event.attempt === 2)).toMatchObject({
      afterFailure: { kind: 'server', status: 500, billing: 'rejected' },
    });
  });

  it('never sends again what has an unknown outcome while a person waits; a pipeline does once', async () => {
    const faults = [{ kind: 'connection-reset' as const, firstAttempt: true }];
    const editor = await fixtureOf(triageFiles(4), { interactive: true, random: () => 0, sandboxOptions: { faults } });
    const shown = await editor.run();
    expect(shown.last.totals).toMatchObject({ errors: 4, retries: 0, unknownOutcomes: 4 });
    expect(editor.sandbox.log.total).toBe(4);
    const pipeline = await fixtureOf(triageFiles(4), { random: () => 0, sandboxOptions: { faults } });
    expect((await pipeline.run()).last.totals).toMatchObject({ errors: 0, retries: 4, unknownOutcomes: 4 });
    expect(pipeline.sandbox.log.total).toBe(8);
  });

  it('stops at once with one message when the account has no money', async () => {
    const { run, sandbox } = await fixtureOf(triageFiles(100), { sandboxOptions: { faults: [{ kind: 'quota-exhausted', from: 5 }] } });
    const { last, samples } = await run({ concurrency: 2 });
    expect(last.end).toBe('failed');
    expect(last.message).toContain('no money left');
    expect(samples.filter(({ failure }) => failure)).toEqual([]);
    expect(sandbox.log.total).toBeLessThanOrEqual(6);
  });

  it('keeps scores of judges apart: unscored with the reason', async () => {
    const judge =
      '  - name: polite\n    llm: { modelId: openai/gpt-4o, prompt: "Is {{completion}} polite?", choices: [{ choice: "yes", score: 1 }] }\n';
    const { run, engine, root } = await fixtureOf(triageFiles(2, { extra: judge }));
    expect((await engine.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false })).notes).toEqual([
      'One evaluator is a judge; judges are not scored yet.',
    ]);
    const { events, last } = await run();
    const scores = events.flatMap((event) => (event.type === 'sampleScored' ? event.scores : []));
    expect(scores.filter(({ evaluator }) => evaluator === 'polite').map(({ status }) => status)).toEqual(['unscored', 'unscored']);
    expect(last.totals.unscored + last.totals.failed).toBe(2);
  });

  it('leaves nothing of a key anywhere', async () => {
    const secret = 'sk-canary-1234567890abcdefghij';
    const served = await serveSandbox({ port: 0 });
    const files = triageFiles(3, { model: 'mine/extractor-2026-05' });
    files['evenkeel.yml'] = `providers:\n  mine: { kind: openai-compatible, baseUrl: ${served.url}/v1 }\n`;
    files['triage.cases.jsonl'] = `{"id":"x","ticket":"My password is ${secret}, parcel lost."}\n`;
    const { run, root } = await fixtureOf(files);
    try {
      const { events, runId } = await run({}, { keys: [{ provider: 'mine', origin: served.url, key: secret }] });
      expect(JSON.stringify(events)).not.toContain(secret);
      const folder = join(root, '.evenkeel', 'runs', runId);
      const journal = (await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))).join('');
      // The dataset is the user's own text; outputs, errors and headers are what must be clean.
      expect(journal.split('\n').filter((line) => line.includes(secret) && !line.includes('"cases"'))).toEqual([]);
    } finally {
      await served.close();
    }
  });
});

describe('planning refuses what would make results wrong, with file, line and what to do', () => {
  const PROMPT = 'triage.prompt.yml';
  const change =
    (from: string | RegExp, to: string, more: Record<string, string> = {}) =>
    (files: Record<string, string>) => ({
      ...files,
      [PROMPT]: (files[PROMPT] ?? '').replace(from, to),
      ...more,
    });
  const cases: readonly (readonly [string, (files: Record<string, string>) => Record<string, string>, RegExp])[] = [
    ['no dataset', change('triage.cases', 'gone.cases'), /^triage\.prompt\.yml:\d+: The dataset cannot be used: .*gone\.cases\.jsonl/],
    ['an unknown evaluator', change(/$/, '  - { name: odd, path: $.team, equalz: 1 }\n'), /^triage\.prompt\.yml:\d+: .*/],
    [
      'a retired model',
      change('sandbox/extractor-2026-05', 'anthropic/claude-3-opus-20240229'),
      /^triage\.prompt\.yml:2: claude-3-opus-20240229 was retired on .*2026.*; calls to it fail\./,
    ],
    ['an unknown provider', change('sandbox/', 'meta/'), /^triage\.prompt\.yml:2: No provider is called “meta”.*evenkeel\.yml/s],
    ['no model', change(/^model:.*\n/m, ''), /^triage\.prompt\.yml:1: The prompt names no model\./],
    [
      'a ragged CSV',
      change('.jsonl', '.csv', { 'triage.cases.csv': 'id,ticket\n1,a\n2,b,c\n' }),
      /^triage\.cases\.csv:3: This row has 3 cells/,
    ],
  ];
  it.each(cases)('%s', async (_name, changed, message) => {
    const { engine, root, sandbox } = await fixtureOf(changed(triageFiles(3)));
    const error = await engine
      .plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false })
      .catch((caught: unknown) => caught);
    expect((error as { located?: string }).located).toMatch(message);
    expect(sandbox.log.total).toBe(0);
  });

  it('a case that is not there, a prompt without cases, an untrusted folder', async () => {
    const { engine, root } = await fixtureOf(triageFiles(3));
    const plan = (cases: Parameters<typeof engine.plan>[0]['cases']) =>
      engine.plan({ root, promptId: 'triage.prompt.yml', cases, cache: false });
    await expect(plan({ kind: 'ids', ids: ['c9'] })).rejects.toThrow('There is no case “c9”. The dataset has 3: c0, c1, c2.');
    await writeFile(
      join(root, 'bare.prompt.yml'),
      'model: sandbox/extractor-2026-05\nmessages: [{ role: user, content: "Say {{word}}" }]\n',
    );
    await expect(engine.plan({ root, promptId: 'bare.prompt.yml', cases: { kind: 'all' }, cache: false })).rejects.toThrow(
      'The prompt has no cases.',
    );
    expect(
      await engine.plan({ root, promptId: 'bare.prompt.yml', cases: { kind: 'adHoc', variables: { word: 'yes' } }, cache: false }),
    ).toMatchObject({ calls: 1 });
    engine.setCapabilities(UNTRUSTED);
    const ready = await plan({ kind: 'all' });
    await expect(engine.start(ready.planId, [], () => undefined)).rejects.toThrow('not trusted');
  });

  it('asks first above the limits, and says when a placeholder has no value', async () => {
    const files = triageFiles(201);
    const { engine, root } = await fixtureOf(files);
    const many = await engine.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false });
    expect(many.askFirst).toEqual(['This run makes 201 calls to sandbox/extractor-2026-05.']);
    await appendFile(join(root, 'triage.cases.jsonl'), '{"id":"empty"}\n');
    const lacking = await engine.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false });
    expect(lacking.notes).toEqual(['1 of 202 cases lack a value for {{ticket}}; it is sent as written.']);
  });
});
