import { afterEach, describe, expect, it } from 'vitest';
import { promptNow } from '../../../ledger/index.ts';
import { DEFAULT_CONFIG } from '../../../prompts-schema/index.ts';
import type { BoundKey } from '../../../protocol/index.ts';
import { TRUSTED, UNTRUSTED } from '../../../safety/index.ts';
import { type DeployedEndpoint, startDeployedEndpoint } from '../../../scripts/fakes/deployedEndpoint.ts';
import { type LangfuseServer, startLangfuse } from '../../../scripts/fakes/langfuseServer.ts';
import { openWorkspace } from '../../../workspace/index.ts';
import { type DeploymentsWorld, deploymentsWorld, PROMPT, triage } from './deploymentsWorld.ts';

/** A source of some kind that a test can deploy to and break. */
interface SourceWorld extends DeploymentsWorld {
  /** Makes what is on disk run in production. */
  readonly deploy: () => Promise<void>;
  readonly breakSource: () => void;
  readonly mendSource: () => void;
  readonly keys: readonly BoundKey[];
  /** The entry of evenkeel.yml for another source of the same kind. */
  readonly another: string;
  /** Looks that reached the source. */
  readonly looks: (() => number) | undefined;
  /** What is told of the first deployment. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly brokenKind: string;
  /** Recording a deployment looks at the file itself. */
  readonly looksWhenDeployed?: boolean;
}

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function configOf(entry: string): string {
  return `environments:\n  production: ${entry}\n`;
}

function opened(entry: string): DeploymentsWorld {
  const world = deploymentsWorld({ [PROMPT]: triage(), 'evenkeel.yml': configOf(entry) });
  closing.push(world.remove);
  return world;
}

async function fingerprintIn(root: string): Promise<string> {
  const now = await promptNow(openWorkspace({ root, capabilities: TRUSTED }), PROMPT, DEFAULT_CONFIG);
  return now?.fingerprint ?? '';
}

const KINDS: Readonly<Record<string, () => Promise<SourceWorld>>> = {
  'git branch': async () => {
    const world = opened('{ git: { ref: origin/production } }');
    const commitAll = (): void => {
      world.git('add', '.');
      world.git('commit', '-q', '--allow-empty', '-m', 'deployed');
      world.git('update-ref', 'refs/remotes/origin/production', 'HEAD');
    };
    return {
      ...world,
      deploy: async () => commitAll(),
      breakSource: () => world.git('update-ref', '-d', 'refs/remotes/origin/production'),
      mendSource: () => world.git('update-ref', 'refs/remotes/origin/production', 'HEAD'),
      keys: [],
      another: '{ git: { ref: origin/other } }',
      looks: undefined,
      told: { version: '1.0.0', model: 'openai/gpt-4.1-mini', by: 'Ada', since: '2026-11-01T12:00:00+00:00' },
      brokenKind: 'git',
    };
  },
  'git tag': async () => {
    const world = opened('{ git: { tag: "shop-v*" } }');
    let tags = 0;
    return {
      ...world,
      deploy: async () => {
        world.git('add', '.');
        world.git('commit', '-q', '--allow-empty', '-m', 'deployed');
        world.git('tag', `shop-v1.${8 + tags++}.0`);
      },
      breakSource: () => world.git('tag', '-d', ...world.git('tag', '--list', 'shop-v*').split('\n')),
      mendSource: () => world.git('tag', 'shop-v1.8.0'),
      keys: [],
      another: '{ git: { tag: "other-v*" } }',
      looks: undefined,
      told: { version: '1.0.0', model: 'openai/gpt-4.1-mini', by: 'Ada, shop-v1.8.0' },
      brokenKind: 'git',
    };
  },
  file: async () => {
    const world = opened('{ file: ./deployments.jsonl }');
    return {
      ...world,
      deploy: async () => {
        const [, version] = /version: (\S+)/.exec(world.read(PROMPT)) ?? [];
        const fingerprint = await fingerprintIn(world.root);
        const record = {
          environment: 'production',
          promptId: PROMPT,
          version: version ?? '',
          fingerprint,
          model: 'openai/gpt-4.1-mini',
          by: 'pipeline',
        };
        await world.engine.recordDeployed({ root: world.root, records: [record] });
      },
      breakSource: () => world.write('deployments.jsonl', 'no record\n'),
      mendSource: () => world.write('deployments.jsonl', ''),
      keys: [],
      another: '{ file: ./other.jsonl }',
      looks: undefined,
      told: { version: '1.0.0', model: 'openai/gpt-4.1-mini', by: 'pipeline', since: '2026-11-01T12:00:00.000Z' },
      brokenKind: 'invalid',
      looksWhenDeployed: true,
    };
  },
  http: async () => {
    const server: DeployedEndpoint = await startDeployedEndpoint({ prompts: [], token: 'deploy-token-1' });
    const world = opened(`{ http: { url: "${server.url}", keyEnv: DEPLOY_TOKEN } }`);
    closing.push(server.close);
    return {
      ...world,
      deploy: async () => {
        const fingerprint = await fingerprintIn(world.root);
        server.setPrompts([
          { prompt: PROMPT, version: '1.0.0', fingerprint, model: 'openai/gpt-4.1-mini', since: '2026-10-30', by: 'app' },
        ]);
      },
      breakSource: () => server.setFault({ kind: 'down' }),
      mendSource: () => server.setFault({ kind: 'none' }),
      keys: [{ provider: 'environment:production', origin: server.origin, key: 'deploy-token-1' }],
      another: `{ http: { url: "${server.origin}/other" } }`,
      looks: () => server.requests.length,
      told: { version: '1.0.0', model: 'openai/gpt-4.1-mini', by: 'app', since: '2026-10-30' },
      brokenKind: 'down',
    };
  },
  langfuse: async () => {
    const server: LangfuseServer = await startLangfuse({ publicKey: 'pk-lf-1', secretKey: 'sk-lf-secret', versions: [] });
    const world = opened(`{ langfuse: { baseUrl: "${server.origin}" } }`);
    closing.push(server.close);
    return {
      ...world,
      deploy: async () => {
        const [, text = ''] = /content: (.*)/.exec(world.read(PROMPT)) ?? [];
        const prompt = [
          { role: 'system', content: text },
          { role: 'user', content: '{{ticket}}' },
        ];
        server.setVersions([
          {
            name: 'Triage',
            version: 12,
            prompt,
            labels: ['production'],
            config: { model: 'gpt-4.1-mini' },
            updatedAt: '2026-10-30T08:00:00.000Z',
          },
        ]);
      },
      breakSource: () => server.setFault({ kind: 'down' }),
      mendSource: () => server.setFault({ kind: 'none' }),
      keys: [
        { provider: 'environment:production#publicKey', origin: server.origin, key: 'pk-lf-1' },
        { provider: 'environment:production#secretKey', origin: server.origin, key: 'sk-lf-secret' },
      ],
      another: `{ langfuse: { baseUrl: "${server.origin}", label: other } }`,
      looks: () => server.requests.length,
      told: { version: 'v12', model: 'gpt-4.1-mini', since: '2026-10-30T08:00:00.000Z' },
      brokenKind: 'down',
    };
  },
};

describe.each(Object.entries(KINDS))('a source: %s', (_name, make) => {
  it('tells what runs, and how it stands to the file while that is edited and committed', async () => {
    const world = await make();
    await world.deploy();
    const first = world.environment(await world.refresh(world.keys));
    expect(first).toMatchObject({ answeredAt: '2026-11-01T12:00:00.000Z' });
    expect(first.problem).toBeUndefined();
    expect(first.prompts).toMatchObject([{ promptId: PROMPT, promptName: 'Triage', deployed: world.told, relation: { kind: 'same' } }]);

    world.git('add', '.');
    world.git('commit', '-q', '--allow-empty', '-m', 'kept');
    world.pass(10);
    world.write(PROMPT, triage({ version: '1.1.0', text: 'Route the ticket to a team.' }));
    world.git('commit', '-qam', 'shorter');
    world.write(PROMPT, triage({ version: '1.1.0', text: 'Route it.' }));
    const second = world.environment(await world.refresh(world.keys));
    expect(second.prompts).toMatchObject([{ deployed: world.told, relation: { kind: 'behind', edits: 2 } }]);
    expect(world.environment(await world.engine.deployments({ root: world.root }))).toEqual(second);
  });

  it('tells a new deployment at the next look, and asks for none before', async () => {
    const world = await make();
    await world.deploy();
    await world.refresh(world.keys);
    world.pass(3);
    world.write(PROMPT, triage({ text: 'Say the team.' }));
    await world.deploy();
    const looks = world.looks?.();
    await world.refresh(world.keys, { force: false });
    if (looks !== undefined) expect(world.looks?.()).toBe(looks);
    world.pass(2);
    const { prompts, answeredAt } = world.environment(await world.refresh(world.keys));
    expect(prompts).toMatchObject([{ relation: { kind: 'same' } }]);
    expect(answeredAt).toBe(world.looksWhenDeployed ? '2026-11-01T12:03:00.000Z' : '2026-11-01T12:05:00.000Z');
  });

  it('keeps the last answer with its age while it is broken, and tells nothing of it afterwards', async () => {
    const world = await make();
    await world.deploy();
    await world.refresh(world.keys);
    world.pass(60);
    world.breakSource();
    const broken = world.environment(await world.refresh(world.keys));
    expect(broken).toMatchObject({
      answeredAt: '2026-11-01T12:00:00.000Z',
      problem: { kind: world.brokenKind, failures: 1, since: '2026-11-01T13:00:00.000Z', retryAt: '2026-11-01T13:01:00.000Z' },
      prompts: [{ deployed: world.told, relation: { kind: 'same' } }],
    });
    world.pass(1);
    expect(world.environment(await world.refresh(world.keys)).problem).toMatchObject({
      failures: 2,
      since: '2026-11-01T13:00:00.000Z',
      retryAt: '2026-11-01T13:03:00.000Z',
    });
    world.mendSource();
    await world.refresh(world.keys);
    expect(world.environment(await world.engine.deployments({ root: world.root })).problem).toBeDefined();
    expect(world.environment(await world.refresh(world.keys, { force: true })).problem).toBeUndefined();
  });

  it('is not asked in a folder that is not trusted; what was answered is shown', async () => {
    const world = await make();
    await world.deploy();
    const answered = await world.refresh(world.keys);
    world.pass(60);
    world.breakSource();
    const looks = world.looks?.();
    world.engine.setCapabilities(UNTRUSTED);
    expect(await world.refresh(world.keys)).toEqual(answered);
    expect(await world.engine.deployments({ root: world.root })).toEqual(answered);
    await expect(world.refresh(world.keys, { force: true })).rejects.toThrow('not trusted');
    if (looks !== undefined) expect(world.looks?.()).toBe(looks);
  });

  it('is another source when evenkeel.yml says so: the old answer does not count', async () => {
    const world = await make();
    await world.deploy();
    await world.refresh(world.keys);
    world.write('evenkeel.yml', `${configOf(world.another)}# another\n`);
    const { answeredAt, prompts } = world.environment(await world.engine.deployments({ root: world.root }));
    expect({ answeredAt, prompts }).toEqual({ answeredAt: undefined, prompts: [] });
  });

  it('that has never had the prompt says so', async () => {
    const world = await make();
    world.write('other.prompt.yml', triage().replace('Triage', 'Other'));
    await world.deploy();
    world.write('late.prompt.yml', triage().replace('Triage', 'Late'));
    const { prompts } = world.environment(await world.refresh(world.keys));
    expect(prompts.map(({ promptId }) => promptId)).not.toContain('late.prompt.yml');
    expect(prompts.map(({ promptId }) => promptId)).toContain(PROMPT);
  });
});
