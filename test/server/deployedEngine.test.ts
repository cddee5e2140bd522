import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../engine/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { openServer, PATIENT, type TestServer } from './support/client.ts';

const text = (words: string, version: string) =>
  `name: Triage\nversion: ${version}\nmodel: sandbox/extractor-2026-05\nmessages:\n  - role: user\n    content: ${words}\n`;
const CONFIG = 'environments:\n  production: { git: { ref: production } }\n  staging: { git: { tag: "support-v*" } }\n';

/** A repository with a production branch that is two edits behind and a staging tag on the head, and the engine that looks at it. */
async function openRepository(): Promise<{
  readonly server: TestServer;
  readonly engine: Engine;
  readonly git: (...args: string[]) => void;
}> {
  const server = await openServer({ files: { 'evenkeel.yml': CONFIG, '.gitignore': '.evenkeel/\n' } });
  const git = (...args: string[]): void => {
    const who = ['-c', 'user.name=ada', '-c', 'user.email=ada@example.test', '-c', 'init.defaultBranch=main'];
    execFileSync('git', [...who, ...args], { cwd: server.root, stdio: 'ignore' });
  };
  git('init');
  for (const [at, one] of [text('one', '1.3.0'), text('two', '1.3.0'), text('three', '1.4.0')].entries()) {
    await server.write('a.prompt.yml', one);
    git('add', '.');
    git('commit', '-m', `edit ${at}`);
    if (at === 0) git('branch', 'production');
  }
  git('tag', 'support-v1.4.0');
  await server.open('a.prompt.yml');
  return { server, engine: createEngine({ capabilities: TRUSTED, interactive: true }), git };
}

async function titles(server: TestServer): Promise<readonly string[]> {
  const lenses = await server.codeLenses('a.prompt.yml');
  return lenses.flatMap(({ command }) => (command && /compareDeployed|release/.test(command.command) ? [command.title] : []));
}

describe('what the engine looked at is what the server shows', () => {
  it('from a git branch and a tag, through edits, commits and a release', async () => {
    const { server, engine, git } = await openRepository();
    await using opened = server;
    const { root } = opened;
    expect(await titles(server)).toEqual([]);
    const view = await engine.refreshDeployments({ root, keys: [] });
    expect(view.environments.map(({ environment, prompts }) => [environment, prompts[0]?.relation])).toEqual([
      ['production', { kind: 'behind', edits: 2 }],
      ['staging', { kind: 'same' }],
    ]);
    expect(await titles(server)).toEqual(['production 1.3.0 · 2 edits behind', 'staging = this file']);

    await server.change('a.prompt.yml', text('four', '1.4.0'));
    expect(await titles(server)).toEqual(['production 1.3.0 · 3 edits behind', 'staging 1.4.0 · 1 edit behind']);

    await server.write('a.prompt.yml', text('four', '1.4.0'));
    git('commit', '-am', 'edit 3');
    await server.write('a.prompt.yml', text('five', '1.4.0'));
    git('commit', '-am', 'edit 4');
    await server.change('a.prompt.yml', text('five', '1.4.0'));
    await engine.refreshDeployments({ root, keys: [], environments: [], force: true });
    expect(await titles(server)).toEqual(['production 1.3.0 · 4 edits behind', 'staging 1.4.0 · 2 edits behind']);

    const released = await engine.release({ root, promptId: 'a.prompt.yml', bump: 'asWritten' });
    expect(released.files).toContain('a.prompt.yml.lock');
    await server.change('a.prompt.yml', text('six', '1.4.0'));
    await server.watched('a.prompt.yml.lock');
    await expect.poll(() => titles(server), PATIENT).toContain('Release…');
    expect(server.failures).toEqual([]);
  });

  it('the diff that a lens opens has the text of the branch, and says which it is', async () => {
    const { server, engine } = await openRepository();
    await using opened = server;
    const { root } = opened;
    await engine.refreshDeployments({ root, keys: [] });
    const point = { kind: 'environment' as const, environment: 'production' };
    expect(await engine.promptAt({ root, promptId: 'a.prompt.yml', point })).toEqual({
      title: '1.3.0 (production)',
      path: 'a.prompt.yml',
      text: text('one', '1.3.0'),
      files: [],
    });
    const { events } = await engine.history({ root, promptId: 'a.prompt.yml' });
    expect(events.filter(({ kind }) => kind === 'edit').map(({ title }) => title)).toHaveLength(3);
  });
});
