import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../../engine/index.ts';
import type { DeployedPrompt, DeploymentsView } from '../../../protocol/index.ts';
import { TRUSTED } from '../../../safety/index.ts';
import { type DeploymentsWorld, deploymentsWorld, PROMPT, triage } from './deploymentsWorld.ts';

const worlds: DeploymentsWorld[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.remove();
});

const BRANCH = 'environments:\n  production: { git: { ref: production } }\n';

function made(files: Readonly<Record<string, string>> = {}, options: Parameters<typeof deploymentsWorld>[1] = {}): DeploymentsWorld {
  const world = deploymentsWorld({ [PROMPT]: triage(), 'evenkeel.yml': BRANCH, ...files }, options);
  worlds.push(world);
  return world;
}

const commit = (world: DeploymentsWorld, message: string): string => {
  world.pass(60);
  world.git('add', '-A');
  world.git('commit', '-q', '--allow-empty', '-m', message);
  return world.git('rev-parse', 'HEAD');
};

async function deployedOf(world: DeploymentsWorld, promptId = PROMPT): Promise<DeployedPrompt | undefined> {
  const { prompts } = world.environment(await world.refresh([], { force: true }));
  return prompts.find((prompt) => prompt.promptId === promptId)?.deployed;
}

describe('since when a branch has what runs', () => {
  it('is the commit on the branch itself that brought it, not one that only touched the file', async () => {
    const world = made();
    world.write(PROMPT, triage({ text: 'Route it.' }));
    const brought = commit(world, 'route it');
    world.write(PROMPT, `# a comment\n${triage({ text: 'Route it.' })}`);
    commit(world, 'comment');
    world.write('README.md', 'x');
    commit(world, 'readme');
    world.git('branch', 'production');
    expect(await deployedOf(world)).toMatchObject({ since: '2026-11-01T13:00:00+00:00', by: 'Ada', commit: brought });
  });

  it('is the merge, where a branch was merged', async () => {
    const world = made();
    world.git('checkout', '-q', '-b', 'feature');
    world.write(PROMPT, triage({ text: 'Route it.' }));
    commit(world, 'on the branch');
    world.git('checkout', '-q', 'main');
    world.pass(60);
    world.git('merge', '-q', '--no-ff', '-m', 'merge', 'feature');
    const merge = world.git('rev-parse', 'HEAD');
    world.git('branch', 'production');
    expect(await deployedOf(world)).toMatchObject({ since: '2026-11-01T14:00:00+00:00', commit: merge });
  });

  it('counts a schema file and a model as what runs', async () => {
    const withSchema = `${triage()}jsonSchema: { file: ./s.json }\n`;
    const world = made({ [PROMPT]: withSchema, 's.json': '{"type":"object"}' });
    world.write('s.json', '{"type":"object","required":["team"]}');
    const schema = commit(world, 'schema');
    world.git('branch', '-f', 'production');
    expect(await deployedOf(world)).toMatchObject({ commit: schema });
    world.write(PROMPT, withSchema.replace('gpt-4.1-mini', 'gpt-4.1'));
    const model = commit(world, 'model');
    world.git('branch', '-f', 'production');
    expect(await deployedOf(world)).toMatchObject({ commit: model, model: 'openai/gpt-4.1' });
  });

  it('counts a partial, and one within it', async () => {
    const world = made({
      'p/ask.prompt': '{{>style}}\n{{question}}\n',
      '_style.prompt': 'Be short. {{>tone}}\n',
      '_tone.prompt': 'Be kind.\n',
    });
    world.write('_tone.prompt', 'Be kinder.\n');
    const tone = commit(world, 'tone');
    world.write('_style.prompt.txt', 'x');
    commit(world, 'another file');
    world.git('branch', '-f', 'production');
    expect(await deployedOf(world, 'p/ask.prompt')).toMatchObject({ commit: tone });
    world.write('p/_style.prompt', 'Be long.\n');
    commit(world, 'a nearer one');
    const { prompts } = world.environment(await world.refresh());
    expect(prompts.find(({ promptId }) => promptId === 'p/ask.prompt')?.relation).toMatchObject({ kind: 'behind', edits: 1 });
  });

  it('is the tag that brought it, in the order of versions', async () => {
    const world = made({ 'evenkeel.yml': 'environments:\n  production: { git: { tag: "support-v*" } }\n' });
    world.git('tag', 'support-v1.9.0');
    world.write(PROMPT, triage({ text: 'Route it.' }));
    commit(world, 'route it');
    world.git('tag', '-a', '-m', 'x', 'support-v1.10.0');
    commit(world, 'nothing new');
    world.git('tag', 'support-v1.11.0-rc.1');
    world.git('tag', 'support-v1.11.0');
    world.git('tag', 'other-v9.0.0');
    expect(await deployedOf(world)).toMatchObject({ by: 'Ada, support-v1.10.0', since: '2026-11-01T13:00:00+00:00' });
  });
});

describe('the tree of a ref', () => {
  it('is told of a prompt that was renamed since', async () => {
    const world = made();
    world.git('branch', 'production');
    world.git('mv', PROMPT, 'routing.prompt.yml');
    commit(world, 'renamed');
    expect(await deployedOf(world, 'routing.prompt.yml')).toMatchObject({ promptId: 'routing.prompt.yml', path: PROMPT });
  });

  it.each([
    ['old.prompt', 'new.prompt', ''],
    ['old.prompty', 'new.prompty', ''],
    ['old/promptfooconfig.yaml', 'new/promptfooconfig.eu.yaml', '#route'],
  ])('is told of %s, renamed to %s', async (old, now, name) => {
    const world = made({
      [old]: name
        ? 'prompts: [{ label: route, raw: "Route {{ticket}} to a team." }]\n'
        : '---\nname: a\n---\nRoute {{ticket}} to a team.\n',
    });
    world.git('branch', 'production');
    mkdirSync(join(world.root, dirname(now)), { recursive: true });
    world.git('mv', old, now);
    commit(world, 'renamed');
    expect(await deployedOf(world, `${now}${name}`)).toMatchObject({ promptId: `${now}${name}`, path: `${old}${name}` });
  });

  it('is that of the root, where the root is a folder of the repository', async () => {
    const world = made({ [`app/${PROMPT}`]: triage({ version: '3.0.0' }), 'app/evenkeel.yml': BRANCH });
    world.git('branch', 'production');
    const view = await world.engine.refreshDeployments({ root: join(world.root, 'app'), keys: [] });
    expect(view.environments[0]?.prompts).toMatchObject([{ promptId: PROMPT, deployed: { version: '3.0.0' }, relation: { kind: 'same' } }]);
  });

  it('is not read again while nothing has moved', async () => {
    const world = made();
    world.git('branch', 'production');
    await world.refresh();
    const path = '.evenkeel/deployments/production.json';
    world.write(path, world.read(path).replace('"1.0.0"', '"as stored"'));
    world.pass(10);
    const kept = world.environment(await world.refresh());
    expect(kept).toMatchObject({ answeredAt: '2026-11-01T12:10:00.000Z', prompts: [{ deployed: { version: 'as stored' } }] });
    commit(world, 'moved');
    world.git('branch', '-f', 'production');
    expect(await deployedOf(world)).toMatchObject({ version: '1.0.0' });
  });

  it('holds what a repository may hold: a broken prompt, a link, bytes', async () => {
    const world = made({ 'broken.prompt.yml': 'messages: [', 'dir/x.prompt.yml': triage() });
    execFileSync('ln', ['-s', PROMPT, join(world.root, 'link.prompt.yml')]);
    world.write('bytes.prompt.yml', '\0');
    commit(world, 'odd');
    world.git('branch', 'production');
    const { prompts, problem } = world.environment(await world.refresh());
    expect(problem).toBeUndefined();
    expect(prompts.map(({ promptId }) => promptId)).toEqual(expect.arrayContaining([PROMPT, 'dir/x.prompt.yml', 'broken.prompt.yml']));
  });
});

describe('a repository in an odd state', () => {
  const told = (view: DeploymentsView) => view.environments[0];

  it.each([
    ['no such branch', () => undefined, 'git', /git knows no version “production”/],
    ['an unborn HEAD', (world: DeploymentsWorld) => world.git('checkout', '-q', '--orphan', 'fresh'), 'git', /git knows no version/],
  ] as const)('%s', async (_name, prepare, kind, message) => {
    const world = made();
    prepare(world);
    expect(told(await world.refresh())).toMatchObject({ problem: { kind, message: expect.stringMatching(message) }, prompts: [] });
  });

  it('no repository', async () => {
    const world = made({}, { repository: false });
    expect(told(await world.refresh())).toMatchObject({
      problem: { kind: 'git', message: expect.stringContaining('in no git repository') },
    });
  });

  it('git is not installed', async () => {
    const world = made();
    const { PATH } = process.env;
    process.env.PATH = join(world.root, 'nothing-here');
    try {
      expect(told(await world.refresh())).toMatchObject({
        problem: { kind: 'git', message: expect.stringContaining('git is not installed') },
      });
    } finally {
      process.env.PATH = PATH;
    }
  });

  it('no tag matches', async () => {
    const world = made({ 'evenkeel.yml': 'environments:\n  production: { git: { tag: "v*" } }\n' });
    expect(told(await world.refresh())?.problem?.message).toBe(
      'No tag matches “v*”. Fetch the tags (git fetch --tags), or correct the pattern in evenkeel.yml.',
    );
  });

  it('a detached HEAD and a HEAD without a commit are no matter', async () => {
    const world = made();
    world.git('branch', 'production');
    world.git('checkout', '-q', '--detach');
    expect(told(await world.refresh())?.prompts).toMatchObject([{ relation: { kind: 'same' } }]);
    world.git('checkout', '-q', '--orphan', 'fresh');
    world.write(PROMPT, triage());
    expect(told(await world.refresh([], { force: true }))?.prompts).toMatchObject([{ relation: { kind: 'same' } }]);
  });

  it('a shallow clone tells what runs, and not since when where it cannot know', async () => {
    const world = made();
    world.write(PROMPT, triage({ text: 'Route it.' }));
    commit(world, 'route it');
    world.write('README.md', 'x');
    commit(world, 'readme');
    world.git('branch', 'production');
    const clone = join(world.root, 'clone');
    world.git('clone', '-q', '--depth', '1', '--no-single-branch', `file://${world.root}`, clone);
    execFileSync('git', ['-C', clone, 'branch', 'production', 'origin/production']);
    const engine = createEngine({ capabilities: TRUSTED, interactive: true });
    const [entry] = told(await engine.refreshDeployments({ root: clone, keys: [] }))?.prompts ?? [];
    expect(entry).toMatchObject({ promptId: PROMPT, relation: { kind: 'same' } });
    expect(entry?.deployed.since).toBeUndefined();
  });

  it('a worktree and a submodule are repositories like others', async () => {
    const world = made();
    world.git('branch', 'production');
    const tree = join(world.root, 'tree');
    world.git('worktree', 'add', '-q', '--detach', tree);
    const engine = createEngine({ capabilities: TRUSTED, interactive: true });
    expect(told(await engine.refreshDeployments({ root: tree, keys: [] }))?.prompts).toMatchObject([{ relation: { kind: 'same' } }]);

    const outer = made({}, {});
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', world.root, 'inner');
    const inner = join(outer.root, 'inner');
    mkdirSync(inner, { recursive: true });
    execFileSync('git', ['-C', inner, 'branch', 'production']);
    expect(told(await engine.refreshDeployments({ root: inner, keys: [] }))?.prompts).toMatchObject([{ relation: { kind: 'same' } }]);
  });
});
