import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliFolder, cliFolder, EXAMPLE } from './support.ts';

const ENVIRONMENTS = `
environments:
  production: { git: { ref: production } }
  staging: { file: ./deployments.jsonl }
`;
const PROMPT = 'triage.prompt.yml';

/** The example as a repository with a release, a branch `production` at it, and an edit behind that. One story: each test goes on from the one before. */
describe('releases, deployments and history on the command line', () => {
  let folder: CliFolder;
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', folder.path, '-c', 'user.name=Ada', '-c', 'user.email=a@example.org', ...args], { encoding: 'utf8' }).trim();
  const commit = (message: string): string => {
    git('add', '.');
    git('commit', '-qm', message);
    return git('rev-parse', 'HEAD');
  };
  const edit = (from: RegExp, to: string): void => {
    const file = path.join(folder.path, PROMPT);
    const text = readFileSync(file, 'utf8');
    if (!from.test(text)) throw new Error(`There is no ${from} in the prompt.`);
    writeFileSync(file, text.replace(from, to));
  };
  const run = async (...argv: readonly string[]) => {
    const result = await folder.run(argv);
    return { ...result, lines: result.out.split('\n').filter((line) => line !== '') };
  };

  beforeAll(() => {
    folder = cliFolder({ copyOf: EXAMPLE });
    appendFileSync(path.join(folder.path, 'evenkeel.yml'), ENVIRONMENTS);
    git('init', '-q', '-b', 'main');
    commit('first');
  });
  afterAll(() => folder[Symbol.dispose]());

  it('an eval and a release: the lock file says what the version was tested with', async () => {
    await run('eval', PROMPT);
    const { code, json } = await folder.run(['release', PROMPT, '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject([{ type: 'released', version: '1.4.0', tested: [expect.stringContaining('sandbox/')] }]);
    expect(readFileSync(path.join(folder.path, `${PROMPT}.lock`), 'utf8')).toContain('1.4.0');
    commit('release 1.4.0');
    git('branch', 'production');
  });

  it('deployed shows what runs where, and how far that is behind', async () => {
    edit(/^version: .*$/m, 'version: 1.5.0');
    edit(/Answer as JSON/, 'Answer as JSON only');
    commit('JSON only');
    const { code, lines } = await run('deployed', PROMPT);
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^environment +prompt +version +model +this file\? +since +by$/);
    expect(lines[1]).toMatch(/^production +triage\.prompt\.yml +1\.4\.0 +sandbox\/\S+ +1 edit behind +today \d\d:\d\d +Ada, [0-9a-f]{7}$/);
    expect(lines[2]).toMatch(/^staging +triage\.prompt\.yml/);
    const only = await folder.run(['deployed', '--env', 'production', '--offline', '--json']);
    expect(only.json[0]).toMatchObject({ type: 'environment', environment: 'production' });
    expect(only.json.find(({ promptId }) => promptId === PROMPT)).toMatchObject({ relation: { kind: 'behind', edits: 1 } });
  });

  it('a pipeline records what it deployed', async () => {
    expect(await run('deployed', 'record', '--env', 'staging', PROMPT, '--by', 'pipeline')).toMatchObject({ code: 0 });
    const record = JSON.parse(readFileSync(path.join(folder.path, 'deployments.jsonl'), 'utf8')) as object;
    expect(record).toMatchObject({
      environment: 'staging',
      promptId: PROMPT,
      version: '1.5.0',
      by: 'pipeline',
      commit: git('rev-parse', 'HEAD'),
    });
    const { lines } = await run('deployed', PROMPT);
    expect(lines[2]).toMatch(/^staging +triage\.prompt\.yml +1\.5\.0 +sandbox\/\S+ +same +today \d\d:\d\d +pipeline, [0-9a-f]{7}$/);
    expect(await run('deployed', 'record', '--env', 'production')).toMatchObject({ code: 2, err: expect.stringContaining('production') });
  });

  it('compares with production: its side is the stored eval, and the report says what changed', async () => {
    const { code, out } = await run('compare', PROMPT, '--from', 'env:production', '--report', 'drift.md');
    expect(code, out).toBe(0);
    expect(out).toMatch(/production 1\.4\.0 · sandbox\/\S+ {2}↔ {2}working copy/);
    expect(out).toMatch(/production 1\.4\.0 is taken from the run of [^:]+:\d\d UTC: the same requests, so nothing is asked\./);
    expect(out).toContain('  50 calls');
    expect(out).toContain('What changed: text +2 −2 lines');
    expect(out).toContain('    -version: 1.4.0');
    expect(readFileSync(path.join(folder.path, 'drift.md'), 'utf8')).toContain('### What changed');
    const released = await run('compare', PROMPT, '--from', 'release:1.4.0');
    expect(released.out).toContain('release 1.4.0 is taken from the run');
  });

  it('tells what changed since a day', async () => {
    await run('eval', PROMPT);
    const today = new Date().toISOString().slice(0, 10);
    const since = await run('compare', PROMPT, '--since', today);
    expect(since).toMatchObject({ code: 0 });
    expect(since.lines[0]).toMatch(/^Since the run of .* UTC: 1\.5\.0 · sandbox\/\S+ · \d+ of 50 passed/);
    const none = await run('compare', PROMPT, '--since', '2001-01-01');
    expect(none).toMatchObject({ code: 2, out: expect.stringContaining('The oldest stored run is of') });
  });

  it('history has edits, the release, what was deployed and the evals', async () => {
    const { code, json } = await folder.run(['history', PROMPT, '--json']);
    expect(code).toBe(0);
    const kinds = new Set(json.filter(({ type }) => type === 'event').map(({ kind }) => kind));
    for (const kind of ['edit', 'release', 'deployment', 'eval']) expect(kinds, kind).toContain(kind);
    const text = await run('history', PROMPT, '--limit', '2');
    expect(text.lines).toHaveLength(1 + 2 + 1);
  });

  it('status is one line a prompt; --check wants a version for an edit', async () => {
    const clean = await run('status', PROMPT, '--check');
    expect(clean, clean.out).toMatchObject({ code: 0 });
    expect(clean.lines).toHaveLength(1);
    expect(clean.lines[0]).toMatch(/^triage\.prompt\.yml {2}1\.5\.0 unreleased {2}production 1\.4\.0 · 1 edit behind, staging = this file/);
    await run('release', PROMPT);
    edit(/JSON only/, 'JSON alone');
    const edited = await run('status', PROMPT, '--check');
    expect(edited).toMatchObject({ code: 1 });
    expect(edited.lines[0]).toContain('1.5.0 edited');
    const refused = await run('release', PROMPT);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('patch (1.5.1), minor (1.6.0), major (2.0.0)') });
    expect(await run('release', PROMPT, 'patch')).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(folder.path, PROMPT), 'utf8')).toContain('version: 1.5.1');
    expect(await run('release', '--repair', PROMPT)).toMatchObject({ code: 0 });
  });
}, 120_000);
