import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { writtenModel } from '../../engine/compare/sides/writtenModel.ts';
import { DEFAULT_CONFIG } from '../../prompts-schema/index.ts';
import type { SideRef } from '../../protocol/index.ts';
import { type CompareFixture, compareFixture, PROMPT } from './support/compareFixture.ts';
import { triageFiles } from './support/runFixture.ts';

const MODEL = 'sandbox/extractor-2026-05';
const CONFIG = `formatVersion: 1
environments:
  production: { git: { ref: production } }
  staging: { file: ./deployments.jsonl }
`;

const made: CompareFixture[] = [];
afterEach(async () => {
  for (const fixture of made.splice(0)) await fixture.remove();
});

/** A committed prompt 1.0.0 with a branch `production` at it, and an edit to 1.1.0 behind it. */
async function history(count = 4, options: { readonly interactive?: boolean; readonly date?: () => Date } = {}): Promise<CompareFixture> {
  const files = triageFiles(count, { model: MODEL, extra: 'version: 1.0.0\n' });
  const clock = options.date && { now: () => performance.now(), date: options.date, sleep };
  const fixture = await compareFixture(
    { ...files, 'evenkeel.yml': CONFIG },
    { interactive: options.interactive ?? false, ...(clock ? { clock } : {}) },
  );
  made.push(fixture);
  fixture.git('init', '-q', '-b', 'main');
  commit(fixture, 'first');
  fixture.git('branch', 'production');
  await edit(fixture, 'one sentence', 'two sentences');
  await edit(fixture, 'version: 1.0.0', 'version: 1.1.0');
  commit(fixture, 'second');
  return fixture;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

function commit({ git }: CompareFixture, message: string): string {
  git('add', '.');
  git('commit', '-qm', message);
  return git('rev-parse', 'HEAD');
}

async function edit({ root }: CompareFixture, from: string, to: string, file = PROMPT): Promise<void> {
  const path = join(root, file);
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`There is no “${from}” in ${file}.`);
  await writeFile(path, text.replace(from, to));
}

/** Runs the prompt as it is; its id. */
async function evaluate({ engine, root }: CompareFixture, model = MODEL): Promise<string> {
  const plan = await engine.plan({ root, promptId: PROMPT, cases: { kind: 'all' }, models: [model], cache: false });
  const { runId, finished } = await engine.start(plan.planId, [], () => undefined);
  await finished;
  return runId;
}

const environment = (name: string): SideRef => ({ kind: 'environment', environment: name });

describe('what is deployed as a side', () => {
  it('is the text of its commit with the model that is deployed there, and the attribution names what changed', async () => {
    const fixture = await history();
    const { engine, root } = fixture;
    await engine.refreshDeployments({ root, keys: [] });
    const { comparison, plan } = await fixture.compare({ kind: 'quick', baseline: environment('production') });
    expect(plan).toMatchObject({ calls: 8, baseline: `production 1.0.0 · ${MODEL}`, candidate: `working copy · ${MODEL}` });
    expect(comparison.baseline).toMatchObject({ kind: 'environment', label: 'production 1.0.0', named: 'production', version: '1.0.0' });
    expect(comparison.attribution.differs.map(({ cause }) => cause)).toEqual(['messages']);
    const { changes } = await engine.comparison({ root, comparisonId: comparison.id });
    expect(changes).toMatchObject({ summary: 'text +2 −2 lines', facts: [] });
    expect(comparison.changes?.files[0]?.hunks.flat().filter(({ side }) => side === 'old')).toHaveLength(2);
  });

  it('a drift review holds it as it is, and more samples of it can be taken', async () => {
    const fixture = await history(3);
    await fixture.engine.refreshDeployments({ root: fixture.root, keys: [] });
    await fixture.capture({ samples: 3 });
    const { comparison } = await fixture.compare({ candidate: environment('production'), confirm: 0 });
    expect(comparison.candidate).toMatchObject({ kind: 'environment', label: 'production 1.0.0' });
    const more = await fixture.engine.planMore({ root: fixture.root, comparisonId: comparison.id, caseIds: ['c0'] });
    expect(more.calls).toBeGreaterThan(0);
  });

  it('follows the file to where it was in that commit', async () => {
    const fixture = await history();
    await mkdir(join(fixture.root, 'prompts'));
    for (const file of [PROMPT, 'triage.cases.jsonl']) await rename(join(fixture.root, file), join(fixture.root, 'prompts', file));
    commit(fixture, 'moved');
    await fixture.engine.refreshDeployments({ root: fixture.root, keys: [] });
    const request = { promptId: `prompts/${PROMPT}`, kind: 'quick' as const };
    const { comparison } = await fixture.compare({ ...request, baseline: environment('production') });
    expect(comparison.promptId).toBe(`prompts/${PROMPT}`);
    expect(comparison.changes?.files[0]).toMatchObject({ path: `prompts/${PROMPT}`, was: PROMPT });
    const byRevision = await fixture.compare({ ...request, baseline: { kind: 'git', ref: 'production' } });
    expect(byRevision.comparison.attribution.differs.map(({ cause }) => cause)).toEqual(['messages']);
  });

  it('is found by its fingerprint where no commit is told, and is the file at hand where that is what runs', async () => {
    const fixture = await history();
    const { engine, root } = fixture;
    const status = async () => (await engine.deployments({ root })).environments[1]?.prompts[0]?.deployed;
    fixture.git('checkout', '-q', 'production');
    const { fingerprint: old } = (await promptFacts(fixture)) ?? {};
    fixture.git('checkout', '-q', 'main');
    const record = { environment: 'staging', promptId: PROMPT, model: 'extractor-2026-08' };
    await engine.recordDeployed({ root, records: [{ ...record, fingerprint: old }] });
    expect((await status())?.fingerprint).toBe(old);
    const { comparison } = await fixture.compare({ kind: 'quick', baseline: environment('staging') });
    expect(comparison.baseline).toMatchObject({ model: 'sandbox/extractor-2026-08', fingerprint: old });
    expect(comparison.attribution.differs.map(({ cause }) => cause)).toEqual(['messages', 'requestedModel', 'answeringModel']);
    expect(comparison.attribution.warning).toMatch(/More than one thing differs/);
    await edit(fixture, 'two sentences', 'three sentences');
    const { fingerprint: now } = (await promptFacts(fixture)) ?? {};
    await engine.recordDeployed({ root, records: [{ ...record, fingerprint: now }] });
    const same = await fixture.compare({ kind: 'quick', baseline: environment('staging') });
    expect(same.comparison.attribution.differs.map(({ cause }) => cause)).toEqual(['requestedModel', 'answeringModel']);
  });

  it.each<readonly [what: string, record: Record<string, unknown> | undefined, side: SideRef, message: RegExp]>([
    ['no such environment', undefined, environment('canary'), /names no environment “canary”\. There are production, staging\./],
    [
      'nothing known yet',
      undefined,
      environment('staging'),
      /Nothing is known yet of what runs in staging\..*Look first: evenkeel deployed --env staging/,
    ],
    ['another prompt alone', { promptId: 'other.prompt.yml' }, environment('staging'), /not deployed in staging/],
    [
      'a version that nobody knows',
      { version: '9.9.9' },
      environment('staging'),
      /tells version 9\.9\.9, which neither the lock file nor git knows/,
    ],
    ['nothing at all', {}, environment('staging'), /tells neither version, fingerprint nor commit/],
    ['a commit of elsewhere', { commit: 'f'.repeat(40) }, environment('staging'), /tells commit f{40}, which is not in this clone/],
    ['a name for a commit', { commit: 'production' }, environment('staging'), /tells commit production, which is not in this clone/],
    [
      'a fingerprint of no commit',
      { fingerprint: `ek1:${'0'.repeat(64)}` },
      environment('staging'),
      /No commit of this branch has the text/,
    ],
    ['a model of nobody', { version: '1.0.0', model: 'gpt-something-own' }, environment('staging'), /reported as “gpt-something-own”/],
    ['no lock file', undefined, { kind: 'release', version: '1.0.0' }, /no lock file, so there is no release 1\.0\.0.*evenkeel release/],
  ])('says what to do: %s', async (_what, record, side, message) => {
    const fixture = await history(2);
    if (record) {
      const records = [{ environment: 'staging', promptId: PROMPT, ...record }];
      await fixture.engine.recordDeployed({ root: fixture.root, records });
    }
    await expect(fixture.compare({ kind: 'quick', baseline: side })).rejects.toThrow(message);
  });

  it('a version alone is looked up in the history of the prompt', async () => {
    const fixture = await history(2);
    await fixture.engine.recordDeployed({ root: fixture.root, records: [{ environment: 'staging', promptId: PROMPT, version: '1.0.0' }] });
    const { comparison } = await fixture.compare({ kind: 'quick', baseline: environment('staging') });
    expect(comparison.attribution.differs.map(({ cause }) => cause)).toEqual(['messages']);
  });
});

describe('a release as a side', () => {
  it('is the text of its fingerprint, found again in git', async () => {
    const fixture = await history();
    const { engine, root } = fixture;
    await engine.release({ root, promptId: PROMPT, bump: 'asWritten' });
    commit(fixture, 'released');
    await edit(fixture, 'two sentences', 'three sentences');
    const { comparison } = await fixture.compare({ kind: 'quick', baseline: { kind: 'release', version: '1.1.0' } });
    expect(comparison.baseline).toMatchObject({ kind: 'release', label: 'release 1.1.0', named: '1.1.0' });
    expect(comparison.attribution.differs.map(({ cause }) => cause)).toEqual(['messages']);
    await expect(fixture.compare({ kind: 'quick', baseline: { kind: 'release', version: '0.9.0' } })).rejects.toThrow(
      /There is no release 0\.9\.0\. There are 1\.1\.0\./,
    );
  });
});

describe('answers that are there already', () => {
  it('the old side of a quick compare is not asked again, however old its run is, and a note says so', async () => {
    let now = new Date('2026-11-21T09:14:00Z');
    const fixture = await history(4, { date: () => now });
    fixture.git('checkout', '-q', 'production');
    const runId = await evaluate(fixture);
    fixture.git('checkout', '-q', 'main');
    now = new Date('2026-11-30T10:00:00Z');
    await fixture.engine.refreshDeployments({ root: fixture.root, keys: [] });
    const before = fixture.sandbox().log.total;
    const { plan, comparison } = await fixture.compare({ kind: 'quick', baseline: environment('production') });
    expect(plan).toMatchObject({
      calls: 4,
      notes: [expect.stringContaining('production 1.0.0 is taken from the run of 21 Nov 09:14 UTC')],
    });
    expect(fixture.sandbox().log.total - before).toBe(4);
    expect(comparison.baseline).toMatchObject({ label: 'production 1.0.0', runIds: [runId], at: '2026-11-21T09:14:00.000Z' });
    expect(comparison.notes[0]).toBe('production 1.0.0 is taken from the run of 21 Nov 09:14 UTC: the same requests, so nothing is asked.');
    expect(comparison.cases.every(({ approved, fresh }) => approved.length === 1 && fresh.length === 1)).toBe(true);
    expect(comparison.attribution.same).toContain('dataset');
  });

  it('only for the same request: an edited case and a new one are asked', async () => {
    const fixture = await history(4);
    await fixture.engine.refreshDeployments({ root: fixture.root, keys: [] });
    fixture.git('checkout', '-q', 'production');
    await evaluate(fixture);
    fixture.git('checkout', '-q', 'main');
    await edit(fixture, 'Order 1001.', 'Order 4711.', 'triage.cases.jsonl');
    const rows = await readFile(join(fixture.root, 'triage.cases.jsonl'), 'utf8');
    await writeFile(
      join(fixture.root, 'triage.cases.jsonl'),
      `${rows}{"id":"c9","ticket":"Where is my parcel?","expected":{"team":"shipping"}}\n`,
    );
    const { plan, comparison } = await fixture.compare({ kind: 'quick', baseline: environment('production') });
    expect(plan.calls).toBe(2 + 5);
    expect(plan.notes[0]).toContain(': 2 cases are asked.');
    expect(comparison.baseline.runIds).toHaveLength(2);
    expect(comparison.changes?.dataset).toMatchObject({ added: { total: 1 }, changed: { total: 1 }, answeredNow: true });
  });

  it('the new side only within a day, and only where answers are used again', async () => {
    let now = new Date('2026-11-21T09:14:00Z');
    const calls = async (fixture: CompareFixture): Promise<number> =>
      (await fixture.engine.planCompare({ root: fixture.root, promptId: PROMPT, kind: 'quick', baseline: environment('production') }))
        .calls;
    const [editor, pipeline] = [await history(3, { interactive: true, date: () => now }), await history(3, { date: () => now })];
    for (const fixture of [editor, pipeline]) {
      await fixture.engine.refreshDeployments({ root: fixture.root, keys: [] });
      await evaluate(fixture);
    }
    expect([await calls(editor), await calls(pipeline)]).toEqual([3, 6]);
    now = new Date('2026-11-22T10:00:00Z');
    expect(await calls(editor)).toBe(6);
  });

  it('no drift review uses them, nor a quick compare with a seed of its own', async () => {
    const fixture = await history(3);
    await fixture.engine.refreshDeployments({ root: fixture.root, keys: [] });
    fixture.git('checkout', '-q', 'production');
    await evaluate(fixture);
    fixture.git('checkout', '-q', 'main');
    const place = { root: fixture.root, promptId: PROMPT, baseline: environment('production') };
    expect((await fixture.engine.planCompare({ ...place, kind: 'review', confirm: 0 })).calls).toBe(3 * 10 + 3 * 3);
    expect((await fixture.engine.planCompare({ ...place, kind: 'quick', seed: 7 })).calls).toBe(6);
  });
});

describe('what changed', () => {
  it('between a baseline and the working copy: its text from the run that captured it, or from git', async () => {
    const fixture = await history(3);
    await fixture.capture({ samples: 3 });
    await edit(fixture, 'two sentences', 'three sentences');
    const { comparison } = await fixture.compare({ confirm: 0 });
    expect(comparison.changes).toMatchObject({ files: [{ path: PROMPT, added: 1, removed: 1 }], unknown: [] });
    fixture.git('add', PROMPT); // the journals go; the commit of what was approved stays
    const { rm } = await import('node:fs/promises');
    await rm(join(fixture.root, '.evenkeel/runs'), { recursive: true });
    const again = await fixture.compare({ confirm: 0 });
    expect(again.comparison.changes).toMatchObject({ files: [{ added: 1, removed: 1 }], unknown: [] });
    fixture.git('checkout', '-q', '--orphan', 'elsewhere');
    fixture.git('rm', '-rq', '--cached', '.');
    await rm(join(fixture.root, '.evenkeel'), { recursive: true });
    const unknown = await fixture.compare({ confirm: 0 });
    expect(unknown.comparison.changes).toMatchObject({ files: [], unknown: ['text'] });
  });

  it('is kept when more samples are taken, and in the reports', async () => {
    const fixture = await history(3);
    await fixture.capture({ samples: 3 });
    await edit(fixture, 'two sentences', 'three sentences');
    const { comparison } = await fixture.compare({ confirm: 0 });
    const { root, engine } = fixture;
    const plan = await engine.planMore({ root, comparisonId: comparison.id, caseIds: ['c0'] });
    await (await engine.startCompare(plan.planId, [], () => undefined)).finished;
    const { text } = await engine.exportReport({ root, comparisonId: comparison.id, format: 'markdown' });
    expect(text).toContain('### What changed: text +1 −1 line');
    expect(text).toMatch(/```diff\n[^`]*\n- {6}Answer as JSON: team, and a summary of two sentences\.\n\+ {6}Answer as JSON[^`]*```/);
  });
});

describe('when it last worked', () => {
  const passing = 'evaluators:\n  - { name: summary filled, path: $.summary, notEmpty: true }\n';

  it('lists green runs, releases and what is deployed, and holds the newest green run against the newest run of today', async () => {
    let now = new Date('2026-11-12T09:14:00Z');
    const fixture = await history(3, { date: () => now });
    const { engine, root } = fixture;
    const text = await readFile(join(root, PROMPT), 'utf8');
    await writeFile(join(root, PROMPT), text.replace(/evaluators:[\s\S]*?(?=version)/, passing));
    const green = await evaluate(fixture);
    await engine.release({ root, promptId: PROMPT, bump: 'asWritten' });
    await engine.refreshDeployments({ root, keys: [] });
    now = new Date('2026-11-20T09:14:00Z');
    await edit(fixture, 'notEmpty: true', 'equals: nothing');
    await edit(fixture, 'two sentences', 'three sentences');
    const red = await evaluate(fixture);
    const { points, candidate, chosen } = await engine.workingPoints({ root, promptId: PROMPT, since: 'last-green' });
    expect(points.map(({ kind, label }) => [kind, label])).toEqual([
      ['run', 'run of 12 Nov 09:14 UTC'],
      ['release', 'release 1.1.0'],
      ['deployment', 'production 1.0.0'],
    ]);
    expect(points[0]?.detail).toBe(`1.1.0 · ${MODEL} · 3 of 3 passed`);
    expect(chosen?.side).toEqual({ kind: 'run', run: green });
    expect(candidate).toEqual({ kind: 'run', run: red });
    const { plan, comparison } = await fixture.compare({ kind: 'quick', baseline: chosen?.side, candidate });
    expect(plan.calls).toBe(0);
    expect(comparison.changes).toMatchObject({ files: [{ path: PROMPT }], evaluators: { changed: ['summary filled'] } });
    await expect(fixture.compare({ kind: 'quick', baseline: candidate, candidate })).rejects.toThrow(
      /Both sides are the run of 2026-11-20/,
    );
    await edit(fixture, 'three sentences', 'four sentences');
    expect((await engine.workingPoints({ root, promptId: PROMPT })).candidate).toEqual({ kind: 'workingCopy' });
  });

  it('a day is its newest run, else the commit of then; what there is not is said', async () => {
    let now = new Date('2026-11-12T09:14:00Z');
    const fixture = await history(2, { date: () => now });
    const { engine, root } = fixture;
    await edit(fixture, 'notEmpty: true', 'equals: nothing');
    const ask = (since: string) => engine.workingPoints({ root, promptId: PROMPT, since });
    const today = new Date().toISOString().slice(0, 10);
    expect((await ask(today)).chosen).toMatchObject({ kind: 'commit', side: { kind: 'git', ref: fixture.git('rev-parse', 'HEAD') } });
    const first = await evaluate(fixture);
    now = new Date('2026-11-14T09:14:00Z');
    const second = await evaluate(fixture);
    expect((await ask('2026-11-13')).chosen?.side).toEqual({ kind: 'run', run: first });
    expect((await ask('2026-11-14')).chosen?.side).toEqual({ kind: 'run', run: second });
    expect((await ask('2026-11-13')).candidate).toEqual({ kind: 'run', run: second });
    expect((await ask('2026-11-14')).candidate).toEqual({ kind: 'workingCopy' }); // a run tells nothing beside itself
    for (const day of ['2026-13-45', '2026-02-31']) await expect(ask(day)).rejects.toThrow(/neither last-green nor a day/);
    await expect(ask('2020-01-01')).rejects.toThrow(/Neither a run nor a commit .* The oldest stored run is of 2026-11-12/);
    await expect(ask('2026-02-30')).rejects.toThrow(/neither last-green nor a day/);
    await expect(ask('yesterday')).rejects.toThrow(/neither last-green nor a day/);
    await expect(ask('last-green')).rejects.toThrow(/No stored run of this prompt is green: some case failed in each/);
  });
});

describe('a model as an app reports it', () => {
  const written = (reported: string, ...known: readonly string[]) => writtenModel(reported, known, DEFAULT_CONFIG);
  it.each([
    ['claude-haiku-4-5-20251001', ['anthropic/claude-haiku-4-5-20251001'], 'anthropic/claude-haiku-4-5-20251001'],
    ['claude-haiku-4.5', ['anthropic/claude-haiku-4-5'], 'anthropic/claude-haiku-4-5'],
    ['claude-haiku-4-5', ['gateway/claude-haiku-4-5'], 'gateway/claude-haiku-4-5'],
    ['openai:chat:gpt-4o', ['openai/gpt-4o'], 'openai/gpt-4o'],
    ['gpt-4o', ['anthropic/claude-haiku-4-5'], 'openai/gpt-4o'],
    ['sandbox/extractor-2026-08', ['sandbox/extractor-2026-05'], 'sandbox/extractor-2026-08'],
    ['extractor-2026-08', [], 'sandbox/extractor-2026-08'],
  ])('%s beside %j is %s', (reported, known, name) => expect(written(reported, ...known)).toBe(name));

  it.each(['gateway/gpt-4o', 'my-model', ''])('“%s” names nobody who could be asked', (reported) => {
    expect(() => written(reported)).toThrow(/does not tell its provider/);
  });
});

/** The fingerprint of the prompt as it is on disk. */
async function promptFacts({ engine, root }: CompareFixture): Promise<{ readonly fingerprint: string } | undefined> {
  const plan = await engine.plan({ root, promptId: PROMPT, cases: { kind: 'all' }, cache: false });
  const { runId, finished } = await engine.start(plan.planId, [], () => undefined);
  await finished;
  return (await engine.runs({ root, promptId: PROMPT })).find(({ header }) => header.runId === runId)?.header;
}
