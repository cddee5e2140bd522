import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { showDeployed } from '../../cli/commands/deployed.ts';
import { recordDeployed } from '../../cli/commands/deployedRecord.ts';
import type { DeploymentsView, KeyNeed } from '../../protocol/index.ts';
import { deployedView, liveRun, PRODUCTION } from './fakeLive.ts';
import { cliFolder } from './support.ts';

const PROMPT = 'name: A\nversion: 1.4.0\nmodel: sandbox/extractor-2026-05\nmessages:\n  - { role: user, content: "{{x}}" }\n';
const FILES = { 'evenkeel.yml': 'formatVersion: 1\n', 'a.prompt.yml': PROMPT, 'b/b.prompt.yml': PROMPT.replace('name: A', 'name: B') };

const DOWN: DeploymentsView['environments'][number] = {
  environment: 'canary',
  source: 'http',
  origin: 'https://app.example/deployed',
  problem: {
    kind: 'down',
    message: 'app.example does not answer. Look whether the app runs.',
    since: '2026-11-26T09:00:00Z',
    failures: 3,
    retryAt: '2026-11-26T12:10:00Z',
  },
  prompts: [],
};

const methodsOf = (view: DeploymentsView, needs: readonly KeyNeed[] = []) => ({
  deployments: async () => view,
  deploymentKeys: async () => needs,
  refreshDeployments: async () => view,
});

describe('evenkeel deployed', () => {
  it('is a table of environments and prompts, with what is wrong below it', async () => {
    using folder = cliFolder(FILES);
    const stale = { ...DOWN, environment: 'staging', answeredAt: '2026-11-26T09:00:00Z', prompts: PRODUCTION.prompts };
    const run = liveRun(folder.path, methodsOf(deployedView(folder.path, PRODUCTION, stale)));
    expect(await showDeployed([], run.context)).toBe(0);
    expect(run.out()).toBe(
      [
        'environment  prompt        version  model                      this file?      since       by',
        'production   a.prompt.yml  1.3.0    claude-haiku-4-5-20251001  2 edits behind  3 Nov 2026  deploy-bot, 4f1c2ab',
        'staging      a.prompt.yml  1.3.0    claude-haiku-4-5-20251001  2 edits behind  3 Nov 2026  deploy-bot, 4f1c2ab',
        '',
        'staging (https://app.example/deployed): last known answer, 3 h old: the source is down. app.example does not answer. Look whether the app runs.',
        '',
      ].join('\n'),
    );
  });

  it('exits with 3 where a source could not be asked and has never answered', async () => {
    using folder = cliFolder(FILES);
    const run = liveRun(folder.path, methodsOf(deployedView(folder.path, PRODUCTION, DOWN)));
    expect(await showDeployed([], run.context)).toBe(3);
    expect(run.out()).toContain('canary                     no answer yet');
  });

  it('looks at what is due; --refresh at all, --offline at none, --env at one', async () => {
    using folder = cliFolder(FILES);
    const root = folder.path;
    const methods = methodsOf(deployedView(root, PRODUCTION, { ...DOWN, problem: undefined }));
    const refreshed = async (options: Record<string, boolean | string[]>) => {
      const run = liveRun(root, methods, options);
      expect(await showDeployed([], run.context)).toBe(0);
      return run.asked.filter(([method]) => method === 'refreshDeployments').map(([, params]) => params);
    };
    expect(await refreshed({})).toEqual([{ root, keys: [] }]);
    expect(await refreshed({ refresh: true })).toEqual([{ root, force: true, keys: [] }]);
    expect(await refreshed({ offline: true })).toEqual([]);
    expect(await refreshed({ env: ['production'] })).toEqual([{ root, environments: ['production'], keys: [] }]);
  });

  it('sends keys from the environment to the origin that evenkeel.yml names them for, and tells what it does not send', async () => {
    using folder = cliFolder(FILES);
    const need = { provider: 'environment:canary', origin: 'https://app.example', envName: 'DEPLOY_TOKEN', required: true };
    const sent = async (isDefaultOrigin: boolean, options: Record<string, string[]>, env: Record<string, string>) => {
      const run = liveRun(folder.path, methodsOf(deployedView(folder.path, PRODUCTION), [{ ...need, isDefaultOrigin }]), options, env);
      await showDeployed([], run.context);
      const asked = run.asked.find(([method]) => method === 'refreshDeployments')?.[1] as { readonly keys: unknown };
      return { keys: asked.keys, err: run.err(), redacted: run.context.redactor.redact('s3cret-token-1234') };
    };
    const key = { provider: 'environment:canary', origin: 'https://app.example', key: 's3cret-token-1234' };
    const env = { DEPLOY_TOKEN: 's3cret-token-1234' };
    expect(await sent(true, {}, {})).toMatchObject({ keys: [], err: '' });
    const given = await sent(true, {}, env);
    expect(given).toMatchObject({ keys: [key], err: '' });
    expect(given.redacted).not.toContain('s3cret');
    expect(await sent(false, {}, env)).toMatchObject({ keys: [], err: expect.stringContaining('--allow-origin https://app.example') });
    expect(await sent(false, { 'allow-origin': ['https://app.example'] }, env)).toMatchObject({ keys: [key], err: '' });
    expect(await sent(false, { 'allow-origin': ['https://app.example.evil.test'] }, env)).toMatchObject({ keys: [] });
  });

  it('is about the prompts that are named, also those that are not deployed', async () => {
    using folder = cliFolder(FILES);
    const run = liveRun(folder.path, methodsOf(deployedView(folder.path, PRODUCTION)));
    expect(await showDeployed(['b/b.prompt.yml', 'a.prompt.yml'], run.context)).toBe(0);
    expect(run.out().split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^production {3}b\/b\.prompt\.yml {2}not deployed$/),
      expect.stringMatching(/^production {3}a\.prompt\.yml {4}1\.3\.0 /),
    ]);
    const below = liveRun(folder.path, methodsOf(deployedView(folder.path, PRODUCTION)));
    await showDeployed(['b'], below.context);
    expect(below.out()).not.toContain('a.prompt.yml');
  });

  it('--json prints an object for each environment and each prompt in it', async () => {
    using folder = cliFolder(FILES);
    const run = liveRun(folder.path, methodsOf(deployedView(folder.path, PRODUCTION)), { json: true });
    expect(await showDeployed([], run.context)).toBe(0);
    const { prompts, ...environment } = PRODUCTION;
    expect(run.json()).toEqual([
      { type: 'environment', ...environment, root: folder.path },
      { type: 'deployed', root: folder.path, environment: 'production', ...prompts[0] },
    ]);
  });

  it('prints nothing of a source that a terminal would obey', async () => {
    using folder = cliFolder(FILES);
    const [prompt] = PRODUCTION.prompts;
    if (!prompt) throw new Error('no prompt');
    const evil = {
      ...PRODUCTION,
      prompts: [{ ...prompt, deployed: { ...prompt.deployed, version: '\u001b[2J1.0.0\n', by: '\u202eevil' } }],
    };
    const run = liveRun(folder.path, methodsOf(deployedView(folder.path, evil)));
    await showDeployed([], run.context);
    expect(run.out()).not.toMatch(/[\u001b\u202e]/);
    expect(run.out().trim().split('\n')).toHaveLength(2);
  });

  it.each([
    [{ offline: true, refresh: true }, /--offline asks no source/],
    [{ by: 'x' }, /--by belongs to evenkeel deployed record/],
    [{ env: ['nowhere'] }, /names no environment “nowhere”\. There are production\./],
  ])('%j is a usage error', async (options, message) => {
    using folder = cliFolder(FILES);
    const run = liveRun(folder.path, methodsOf(deployedView(folder.path, PRODUCTION)), options);
    await expect(showDeployed([], run.context)).rejects.toThrow(message);
  });

  it('says what to write where there is no environment', async () => {
    using folder = cliFolder(FILES);
    const run = liveRun(folder.path, methodsOf(deployedView(folder.path)));
    await expect(showDeployed([], run.context)).rejects.toThrow(/under `environments:`/);
    expect(run.asked.map(([method]) => method)).not.toContain('refreshDeployments');
  });
});

describe('evenkeel deployed record', () => {
  const recorded = async (folder: string, paths: readonly string[], options: Record<string, string | string[]>, env = {}) => {
    const run = liveRun(folder, { recordDeployed: async () => ({ files: ['deployments.jsonl'], message: 'Recorded.' }) }, options, env);
    expect(await recordDeployed(paths, run.context)).toBe(0);
    const params = run.asked[0]?.[1] as { readonly root: string; readonly records: readonly Record<string, unknown>[] };
    return { ...params, out: run.out(), err: run.err() };
  };
  const git = (folder: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=a@example.org', ...args], { encoding: 'utf8' }).trim();

  it('records every prompt of the root as its files are, and who started the pipeline', async () => {
    using folder = cliFolder(FILES);
    const { root, records, out } = await recorded(folder.path, [], { env: ['production'] }, { GITHUB_ACTOR: 'mira' });
    expect(root).toBe(folder.path);
    expect(out).toBe('Recorded.\n');
    expect(records).toEqual(
      [
        ['a.prompt.yml', 'A'],
        ['b/b.prompt.yml', 'B'],
      ].map(([promptId, name]) => ({
        environment: 'production',
        promptId,
        name,
        version: '1.4.0',
        model: 'sandbox/extractor-2026-05',
        fingerprint: expect.stringMatching(/^ek1:[0-9a-f]{64}$/),
        by: 'mira',
      })),
    );
  });

  it('records the commit only of what is as committed', async () => {
    using folder = cliFolder(FILES);
    git(folder.path, 'init', '-q', '-b', 'main');
    git(folder.path, 'config', 'user.name', 'Grace');
    git(folder.path, 'add', '.');
    git(folder.path, 'commit', '-qm', 'first');
    writeFileSync(path.join(folder.path, 'a.prompt.yml'), PROMPT.replace('{{x}}', 'Now {{x}}'));
    const { records, err } = await recorded(folder.path, [], { env: ['production'] });
    expect(records.map(({ promptId, commit, by }) => [promptId, commit, by])).toEqual([
      ['a.prompt.yml', undefined, 'Grace'],
      ['b/b.prompt.yml', git(folder.path, 'rev-parse', 'HEAD'), 'Grace'],
    ]);
    expect(err).toBe('a.prompt.yml is not as committed; no commit is recorded for it.\n');
  });

  it('takes what it is told', async () => {
    using folder = cliFolder(FILES);
    const options = { env: ['production'], version: '2.0.0', model: 'x/y', by: 'Mira', commit: 'c0ffee' };
    const { records } = await recorded(folder.path, ['a.prompt.yml'], options);
    expect(records).toMatchObject([{ promptId: 'a.prompt.yml', version: '2.0.0', model: 'x/y', by: 'Mira', commit: 'c0ffee' }]);
  });

  it.each([
    [[], {}, /wants one environment/],
    [[], { env: ['a', 'b'] }, /wants one environment/],
    [[], { env: ['a'], version: '1.0.0' }, /--version is of one prompt; here are 2/],
    [[], { env: ['a'], offline: true }, /--offline does not belong/],
  ])('%j %j is a usage error, and nothing is recorded', async (paths, options, message) => {
    using folder = cliFolder(FILES);
    const run = liveRun(folder.path, {}, options);
    await expect(recordDeployed(paths, run.context)).rejects.toThrow(message);
    expect(run.asked).toEqual([]);
  });
});
