import { afterEach, describe, expect, it } from 'vitest';
import { TRUSTED, UNTRUSTED } from '../../../safety/index.ts';
import { type DeploymentsWorld, deploymentsWorld, PROMPT, triage } from './deploymentsWorld.ts';

const worlds: DeploymentsWorld[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.remove();
});

const YML = `environments:
  production: { git: { ref: main } }
  staging: { file: ./ops/deployments.jsonl }
  testing: { file: ./ops/deployments.jsonl }
  away: { file: ../elsewhere.jsonl }
`;

function made(): DeploymentsWorld {
  const world = deploymentsWorld({ [PROMPT]: triage(), 'evenkeel.yml': YML, 'ops/README.md': 'x' }, { repository: false });
  worlds.push(world);
  return world;
}

describe('recording deployments', () => {
  it('adds a line each and knows them at once', async () => {
    const world = made();
    const { root, engine } = world;
    const result = await engine.recordDeployed({
      root,
      records: [{ environment: 'staging', promptId: PROMPT, version: '1.0.0', by: 'ci' }],
    });
    expect(result).toEqual({ files: ['ops/deployments.jsonl'], message: `Recorded ${PROMPT} 1.0.0 in staging (ops/deployments.jsonl).` });
    world.pass(1);
    const both = ['staging', 'testing'].map((environment) => ({ environment, promptId: PROMPT, name: 'Triage', version: '1.1.0' }));
    expect((await engine.recordDeployed({ root, records: both })).message).toBe(
      'Recorded 2 prompts in staging, testing (ops/deployments.jsonl).',
    );
    const lines = world
      .read('ops/deployments.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      { formatVersion: 1, at: '2026-11-01T12:00:00.000Z', environment: 'staging', promptId: PROMPT, version: '1.0.0', by: 'ci' },
      { formatVersion: 1, at: '2026-11-01T12:01:00.000Z', environment: 'staging', promptId: PROMPT, name: 'Triage', version: '1.1.0' },
      { formatVersion: 1, at: '2026-11-01T12:01:00.000Z', environment: 'testing', promptId: PROMPT, name: 'Triage', version: '1.1.0' },
    ]);
    const view = await engine.deployments({ root });
    expect(world.environment(view, 'staging').prompts).toMatchObject([
      { deployed: { version: '1.1.0', since: '2026-11-01T12:01:00.000Z' } },
    ]);
    expect(world.environment(view, 'production').answeredAt).toBeUndefined();
  });

  it.each([
    ['an environment with another source', [{ environment: 'production', promptId: PROMPT }], /told by its git source/],
    [
      'an environment that is none',
      [{ environment: 'prod', promptId: PROMPT }],
      /no environment “prod”\. It names production, staging, testing, away\./,
    ],
    ['a file outside', [{ environment: 'away', promptId: PROMPT }], /leads outside the folder/],
    ['no prompt', [{ environment: 'staging', version: '1.0.0' }], /which prompt/],
    ['nothing', [], /nothing to record/],
  ] as const)('refuses %s and writes nothing', async (_name, records, message) => {
    const world = made();
    await expect(world.engine.recordDeployed({ root: world.root, records })).rejects.toThrow(message);
    expect(() => world.read('ops/deployments.jsonl')).toThrow('ENOENT');
  });

  it('refuses one bad record among good ones as a whole', async () => {
    const world = made();
    const records = [
      { environment: 'staging', promptId: PROMPT },
      { environment: 'production', promptId: PROMPT },
    ];
    await expect(world.engine.recordDeployed({ root: world.root, records })).rejects.toThrow('git source');
    expect(() => world.read('ops/deployments.jsonl')).toThrow('ENOENT');
  });

  it('writes nothing in a folder that is not trusted', async () => {
    const world = made();
    world.engine.setCapabilities(UNTRUSTED);
    await expect(
      world.engine.recordDeployed({ root: world.root, records: [{ environment: 'staging', promptId: PROMPT }] }),
    ).rejects.toThrow('not trusted');
    world.engine.setCapabilities(TRUSTED);
    expect(
      (await world.engine.recordDeployed({ root: world.root, records: [{ environment: 'staging', promptId: PROMPT }] })).files,
    ).toHaveLength(1);
  });
});
