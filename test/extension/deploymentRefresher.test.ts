import { describe, expect, it } from 'vitest';
import { DeploymentRefresher } from '../../extension/deployments/deploymentRefresher.ts';
import type { DeploymentsView, HostRequests, RootEnvironments } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';

const TWO: RootEnvironments = {
  root: '/w',
  environments: [
    { environment: 'production', source: 'git' },
    { environment: 'canary', source: 'http' },
  ],
};
const HTTP: RootEnvironments = { root: '/x', environments: [{ environment: 'canary', source: 'http' }] };

describe('looking at deployments', () => {
  it('begins a moment after the start, then every minute while somebody is at the window, and never waits for more than one timer', async () => {
    const world = open({ roots: [TWO] });
    world.refresher.start();
    expect([world.asked.length, world.timers.length]).toEqual([0, 1]);
    await world.tick();
    expect(world.asked).toEqual([['refreshDeployments', { root: '/w', keys: [] }]]);
    expect(world.timers.map(({ ms }) => ms)).toEqual([60_000]);
    await world.tick();
    expect(world.asked).toHaveLength(2);
    world.refresher.soon();
    world.refresher.soon();
    expect(world.timers.map(({ ms }) => ms)).toEqual([500]);
  });

  it('a file that is saved while the window opens does not hurry it', async () => {
    const world = open({ roots: [TWO] });
    world.refresher.start();
    world.refresher.soon();
    expect(world.timers.map(({ ms }) => ms)).toEqual([3_000]);
    await world.tick();
    world.refresher.soon();
    expect(world.timers.map(({ ms }) => ms)).toEqual([500]);
  });

  it('rests while nobody is at the window, and looks when somebody comes back', async () => {
    const world = open({ roots: [TWO] });
    world.refresher.start();
    world.state.focused = false;
    world.refresher.focusChanged();
    expect(world.timers).toEqual([]);
    await world.refresher.refresh('due');
    expect(world.timers).toEqual([]);
    world.state.focused = true;
    world.refresher.focusChanged();
    await world.tick();
    expect(world.asked).toHaveLength(2);
  });

  it('a timer that fires after the person left does nothing', async () => {
    const world = open({ roots: [TWO] });
    world.refresher.start();
    world.state.focused = false;
    await world.tick();
    expect(world.asked).toEqual([]);
  });

  it.each<[string, Partial<World>]>([
    ['without environments', { roots: [] }],
    ['without trust', { roots: [TWO], trusted: false }],
  ])('the engine is never asked %s', async (_, given) => {
    const world = open(given);
    world.refresher.start();
    await world.tick();
    await world.refresher.refresh('all');
    await world.refresher.refresh('git');
    expect(world.asked).toEqual([]);
    expect(world.refresher.roots).toEqual([]);
  });

  it('a commit has git looked at again and edits counted anew at once, and asks nobody else', async () => {
    const world = open({ roots: [TWO, HTTP] });
    await world.refresher.refresh('git');
    expect(world.asked).toEqual([
      ['refreshDeployments', { root: '/w', environments: ['production'], force: true, keys: [] }],
      ['refreshDeployments', { root: '/x', environments: [], force: true, keys: [] }],
    ]);
  });

  it('a person has everything looked at again', async () => {
    const world = open({ roots: [TWO] });
    await world.refresher.refresh('all');
    expect(world.asked).toEqual([['refreshDeployments', { root: '/w', force: true, keys: [] }]]);
  });

  it('asked many times while it looks, looks once more, for all that was wanted', async () => {
    const world = open({ roots: [TWO] });
    const first = world.refresher.refresh('due');
    await Promise.all([first, world.refresher.refresh('git'), world.refresher.refresh('due'), world.refresher.refresh('git')]);
    expect(world.asked.map(([method, params]) => [method, 'environments' in params])).toEqual([
      ['refreshDeployments', false],
      ['refreshDeployments', true],
      ['refreshDeployments', false],
    ]);
  });

  it('gives the keys that there are for a root', async () => {
    const key = { provider: 'environment:canary', origin: 'https://app.example', key: 'k' };
    const world = open({ roots: [TWO], keys: [key] });
    await world.refresher.refresh('due');
    expect(world.asked[0]?.[1]).toMatchObject({ keys: [key] });
    expect(world.logged.join('\n')).not.toContain('"k"');
  });

  it('an error is one line in the log and in the state, however often it comes; what was known stays', async () => {
    const world = open({ roots: [TWO] });
    await world.refresher.refresh('due');
    world.state.failure = new UserError('configuration', 'git is not installed.');
    for (let look = 0; look < 5; look++) world.refresher.refreshQuietly('due');
    await expect(world.refresher.refresh('due')).rejects.toThrow('git is not installed.');
    for (let look = 0; look < 20; look++) await world.tick();
    expect(world.logged).toEqual(['deployments of /w: git is not installed.']);
    expect(world.refresher.roots).toMatchObject([{ root: '/w', problem: 'git is not installed.', view: { root: '/w' } }]);
    world.state.failure = undefined;
    await world.refresher.refresh('due');
    expect(world.refresher.roots[0]?.problem).toBeUndefined();
    world.state.failure = new Error('broken');
    world.refresher.refreshQuietly('due');
    await world.tick();
    expect(world.logged).toEqual(['deployments of /w: git is not installed.', 'deployments of /w: broken']);
  });

  it('one root that cannot be looked at does not hide the others', async () => {
    const world = open({ roots: [TWO, HTTP], failing: '/w' });
    await expect(world.refresher.refresh('due')).rejects.toThrow('no');
    expect(world.refresher.roots.map(({ root, view, problem }) => [root, view !== undefined, problem])).toEqual([
      ['/w', false, 'no'],
      ['/x', true, undefined],
    ]);
  });

  it('a language server that is gone is a line in the log, and what is shown stays', async () => {
    const world = open({ roots: [TWO] });
    await world.refresher.refresh('due');
    world.state.serverGone = true;
    world.refresher.refreshQuietly('due');
    await world.tick();
    expect([world.refresher.roots.length, world.logged]).toEqual([1, ['deployments: no server']]);
  });

  it('tells of what is new, and of nothing else', async () => {
    const world = open({ roots: [TWO] });
    let told = 0;
    const watching = world.refresher.onChange(() => told++);
    await world.refresher.refresh('due');
    await world.refresher.refresh('due');
    expect(told).toBe(1);
    world.state.commit = 'b';
    await world.refresher.refresh('due');
    expect(told).toBe(2);
    world.state.roots = [];
    await world.refresher.refresh('due');
    expect([told, world.refresher.roots]).toEqual([3, []]);
    watching.dispose();
  });

  it('does nothing any more once it is disposed of', async () => {
    const world = open({ roots: [TWO] });
    world.refresher.start();
    const going = world.refresher.refresh('due');
    world.refresher.dispose();
    await going;
    world.refresher.soon();
    await world.refresher.refresh('all');
    expect(world.timers).toEqual([]);
    expect(world.asked.length).toBeLessThanOrEqual(1);
  });
});

interface World {
  readonly roots: readonly RootEnvironments[];
  readonly trusted: boolean;
  readonly keys: HostRequests['refreshDeployments']['params']['keys'];
  /** The root whose requests fail. */
  readonly failing: string;
}

/** A refresher in a world of fakes, whose clock is moved by `tick`. */
function open({ roots = [], trusted = true, keys = [], failing }: Partial<World>) {
  const asked: (readonly [string, object])[] = [];
  const logged: string[] = [];
  const timers: { readonly work: () => void; readonly ms: number }[] = [];
  const state: { roots: readonly RootEnvironments[]; focused: boolean; failure?: Error | undefined; serverGone: boolean; commit: string } =
    {
      roots,
      focused: true,
      serverGone: false,
      commit: 'a',
    };
  const refresher = new DeploymentRefresher({
    environments: async () => {
      if (state.serverGone) throw new Error('no server');
      return state.roots;
    },
    request: async (method, params) => {
      asked.push([method, params]);
      await Promise.resolve();
      if (state.failure) throw state.failure;
      if (params.root === failing) throw new UserError('incomplete', 'no');
      return view(params.root, state.commit);
    },
    keys: async () => keys,
    trusted: () => trusted,
    focused: () => state.focused,
    later: (work, ms) => {
      const timer = { work, ms };
      timers.push(timer);
      return () => void timers.splice(0, timers.length, ...timers.filter((one) => one !== timer));
    },
    log: (line) => logged.push(line),
  });
  /** The timers that there are fire, and what they begin comes to its end. */
  const tick = async (): Promise<void> => {
    for (const { work } of timers.splice(0)) work();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return { refresher, asked, logged, timers, state, tick };
}

function view(root: string, commit: string): DeploymentsView {
  const deployed = { version: '1.0.0', commit };
  const prompts = [{ promptId: 'a.prompt.yml', promptName: 'A', deployed, relation: { kind: 'same' as const } }];
  return {
    root,
    environments: [{ environment: 'production', source: 'git', origin: 'main', answeredAt: '2026-11-22T09:00:00Z', prompts }],
  };
}
