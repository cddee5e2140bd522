import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../engine/index.ts';
import type { HistoryEvent } from '../../protocol/index.ts';
import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { createSandbox } from '../../sandbox/index.ts';
import { type TestRepository, testRepository } from '../support/gitHistories.ts';
import { follow } from './support/runFixture.ts';

const ID = 'triage.prompt.yml';
const CONFIG = `environments:
  production: { git: { ref: production } }
  staging: { file: ./deployments.jsonl }
`;

function prompt(say: string, version = '1.0.0'): string {
  return `name: Triage
version: ${version}
model: sandbox/extractor-2026-05
messages:
  - role: system
    content: Name the team, billing or stores, and ${say}.
  - role: user
    content: "{{ticket}}"
evaluators:
  - { name: says something, notEmpty: true }
testData:
  - { id: one, ticket: My invoice is wrong. }
  - { id: two, ticket: Do you have rakes in stock? }
`;
}

let repository: TestRepository;
let engine: Engine;
beforeEach(() => {
  repository = testRepository();
  engine = createEngine({ capabilities: TRUSTED, interactive: false, sandbox: async () => createSandbox({}) });
});
afterEach(() => repository.remove());

const ask = (promptId = ID): { readonly root: string; readonly promptId: string } => ({ root: repository.top, promptId });

function lines(events: readonly HistoryEvent[]): readonly string[] {
  return events.map(({ kind, title }) => `${kind}: ${title}`);
}

/** Two versions, the first of them released, deployed and evaluated, then an edit that is not committed. */
async function livedIn(): Promise<{ readonly first: string; readonly runId: string }> {
  const { write, commit, git, top } = repository;
  write('evenkeel.yml', CONFIG);
  write(ID, prompt('nothing else'));
  await engine.release({ ...ask(), bump: 'asWritten' });
  const first = commit('Triage 1.0.0');
  git('branch', 'production');
  await engine.recordDeployed({
    root: top,
    records: [{ environment: 'staging', promptId: ID, version: '1.0.0', commit: first, by: 'ci' }],
  });
  const plan = await engine.plan({ ...ask(), cases: { kind: 'all' }, cache: false });
  const { runId } = await follow(engine, plan.planId);
  git('mv', ID, 'old.prompt.yml');
  git('mv', 'old.prompt.yml', ID);
  write(ID, prompt('say why'));
  commit('say why');
  write(ID, prompt('say why in one sentence'));
  await engine.refreshDeployments({ root: top, force: true, keys: [] });
  return { first, runId };
}

describe('the history of a prompt as people see it', () => {
  it('has commits, releases, deployments and evals, newest first, with what was not committed on top', async () => {
    const { first, runId } = await livedIn();
    const { promptName, events, notes } = await engine.history(ask());
    expect(promptName).toBe('Triage');
    expect(notes).toEqual([]);
    expect(lines(events)[0]).toBe('uncommitted: Changed and not committed');
    expect(lines(events).slice(1).sort()).toEqual(
      [
        'edit: say why',
        'edit: Triage 1.0.0',
        'release: released 1.0.0',
        'deployment: staging got 1.0.0',
        'deployment: production got 1.0.0',
        'eval: 2 of 2 passed',
      ].sort(),
    );
    const of = (title: string): HistoryEvent | undefined => events.find((event) => event.title === title);
    expect(of('say why')).toMatchObject({ point: { kind: 'commit' }, before: { kind: 'commit', commit: first } });
    expect(of('say why')?.detail).toMatch(/^Ada · [0-9a-f]{7} · messages$/);
    expect(of('released 1.0.0')).toMatchObject({ point: { kind: 'release', version: '1.0.0' }, detail: 'not tested' });
    expect(of('staging got 1.0.0')).toMatchObject({ point: { kind: 'commit', commit: first }, detail: `ci · ${first.slice(0, 7)}` });
    expect(of('2 of 2 passed')).toMatchObject({ point: { kind: 'run', runId }, runId });
  });

  it('says what is missing where git may not be asked or is not there', async () => {
    repository.write(ID, prompt('nothing else'));
    expect((await engine.history(ask())).notes).toEqual(['The repository has no commit yet.']);
    repository.commit('first');
    expect((await engine.history(ask())).events).toHaveLength(1);
    engine.setCapabilities(UNTRUSTED);
    const { events, notes } = await engine.history(ask());
    expect(lines(events)).toEqual(['edit: 1.0.0: first']);
    expect(notes).toEqual([expect.stringContaining('not trusted')]);
  });
});

describe('the text of a prompt at a point', () => {
  it('is found by commit, branch, release, environment and run', async () => {
    const { first, runId } = await livedIn();
    const at = async (point: Parameters<Engine['promptAt']>[0]['point']) => engine.promptAt({ ...ask(), point });
    const text = prompt('nothing else');
    expect(await at({ kind: 'commit', commit: first })).toEqual({ title: first.slice(0, 7), path: ID, text, files: [] });
    expect(await at({ kind: 'commit', commit: 'production' })).toMatchObject({ text });
    expect(await at({ kind: 'release', version: '1.0.0' })).toEqual({ title: '1.0.0', path: ID, text, files: [] });
    expect(await at({ kind: 'environment', environment: 'production' })).toEqual({
      title: '1.0.0 (production)',
      path: ID,
      text,
      files: [],
    });
    expect(await at({ kind: 'environment', environment: 'staging' })).toEqual({ title: '1.0.0 (staging)', path: ID, text, files: [] });
    expect(await at({ kind: 'run', runId })).toMatchObject({ title: expect.stringMatching(/^run of \d{4}-\d\d-\d\d \d\d:\d\d$/), text });
  });

  it('is the one that the file had under its earlier name', async () => {
    const { write, commit, git } = repository;
    write('earlier/name.prompt.yml', prompt('nothing else'));
    const first = commit('first');
    git('mv', 'earlier/name.prompt.yml', ID);
    commit('renamed');
    write('earlier/name.prompt.yml', prompt('be another prompt at the old place'));
    commit('another in its place');
    expect(await engine.promptAt({ ...ask(), point: { kind: 'commit', commit: first } })).toEqual({
      title: first.slice(0, 7),
      path: 'earlier/name.prompt.yml',
      text: prompt('nothing else'),
      files: [],
    });
  });

  it('comes with the other files that the prompt was made of there', async () => {
    const { write, commit, git } = repository;
    write('evenkeel.yml', CONFIG);
    write('p/q/ask.prompt', '---\nmodel: sandbox/extractor-2026-05\n---\n{{>style}}\n{{question}}\n');
    write('p/_style.prompt', 'Be short.\n');
    const first = commit('first');
    git('branch', '-f', 'production');
    git('mv', 'p', 'r');
    write('r/_style.prompt', 'Be long.\n');
    const second = commit('moved and longer');
    await engine.release({ ...ask('r/q/ask.prompt'), bump: 'patch' });
    await engine.refreshDeployments({ root: repository.top, keys: [], force: true });
    const files = async (point: Parameters<Engine['promptAt']>[0]['point']) =>
      (await engine.promptAt({ ...ask('r/q/ask.prompt'), point })).files;
    const [before, after] = ['Be short.\n', 'Be long.\n'].map((text) => [{ name: '../_style.prompt', text }]);
    expect(await files({ kind: 'commit', commit: first })).toEqual(before);
    expect(await files({ kind: 'commit', commit: second })).toEqual(after);
    expect(await files({ kind: 'environment', environment: 'production' })).toEqual(before);
    expect(await files({ kind: 'release', version: '0.1.0' })).toEqual(after);
  });

  it.each([
    [{ kind: 'commit', commit: '--output=x' }, /git knows no version/],
    [{ kind: 'commit', commit: 'HEAD~9' }, /git knows no version/],
    [{ kind: 'environment', environment: 'mars' }, /names no environment “mars”.*production, staging/],
    [{ kind: 'environment', environment: 'staging' }, /Nothing is known yet of staging/],
    [{ kind: 'release', version: '9.9.9' }, /no lock file/],
    [{ kind: 'run', runId: '../../etc' }, /no run/],
  ] as const)('that is not there says what to do: %j', async (point, message) => {
    repository.write('evenkeel.yml', CONFIG);
    repository.write(ID, prompt('nothing else'));
    repository.commit('first');
    await expect(engine.promptAt({ ...ask(), point })).rejects.toThrow(message);
  });
});

describe('status', () => {
  it('has one row a prompt, in the order asked, and says why one cannot be read', async () => {
    await livedIn();
    repository.write('broken.prompt.yml', 'messages: [');
    const [broken, row] = await engine.status({ root: repository.top, promptIds: ['broken.prompt.yml', ID] });
    expect(broken).toMatchObject({ promptId: 'broken.prompt.yml', problem: expect.stringMatching(/./) });
    expect(row).toMatchObject({
      promptId: ID,
      promptName: 'Triage',
      version: '1.0.0',
      release: 'edited',
      environments: [
        { environment: 'production', deployed: { version: '1.0.0' }, relation: { kind: 'behind', edits: 2 } },
        { environment: 'staging', deployed: { version: '1.0.0' }, relation: { kind: 'behind', edits: 2 } },
      ],
      model: 'sandbox/extractor-2026-05',
      lastEval: { passed: 2, scored: 2, edited: true },
    });
    expect(row?.modelDaysLeft).toBeUndefined();
  });

  it('needs neither git nor a lock nor a run', async () => {
    const { write, top } = repository;
    write('a.prompt.yml', prompt('nothing else').replace('sandbox/extractor-2026-05', 'openai/gpt-3.5-turbo-0613'));
    engine.setCapabilities(UNTRUSTED);
    const [row] = await engine.status({ root: top });
    expect(row).toMatchObject({ promptId: 'a.prompt.yml', release: 'noLock', environments: [] });
    expect(row?.modelDaysLeft).toBeLessThan(0);
  });
});
