import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLive, type LiveNeeds } from '../../extension/deployments/createLive.ts';
import { DEFAULT_SETTINGS, type RootEnvironments } from '../../protocol/index.ts';
import * as fake from './fakeVscode.ts';

vi.mock('vscode', () => import('./fakeVscode.ts'));
beforeEach(() => {
  fake.reset();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const ROOT: RootEnvironments = { root: '/w', environments: [{ environment: 'production', source: 'git' }] };
const HEAD = '**/.git/HEAD';
const PROMPT = new fake.Document(fake.Uri.parse('file:///w/a.prompt.yml'), 'text');

/** What is live in a window, over an engine and a language server that record what they are asked. */
function open(roots: readonly RootEnvironments[]) {
  const asked: string[] = [];
  const subscriptions: { readonly dispose: () => void }[] = [];
  let looks = 0;
  const needs = {
    context: { subscriptions },
    world: {
      trusted: () => fake.workspace.isTrusted,
      settings: () => DEFAULT_SETTINGS,
      later: (work: () => void, ms: number) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
      report: () => {},
    },
    engine: {
      request: async (method: string, params: { readonly force?: boolean }) => {
        asked.push(params.force ? `${method} again` : method);
        if (method === 'deploymentKeys') return [];
        return { root: '/w', environments: [{ environment: 'production', source: 'git', origin: `${looks++}`, prompts: [] }] };
      },
    },
    keys: { stored: async () => [] },
    server: { environments: async () => roots, runChanged: async () => void asked.push('lenses') },
    inputs: async () => ({ root: '/w', promptId: 'a.prompt.yml', promptName: 'A', inputs: [] }),
    log: () => {},
  };
  const live = createLive(needs as unknown as LiveNeeds);
  const dispose = (): void => {
    for (const one of subscriptions) one.dispose();
  };
  return { live, asked, dispose };
}

describe('what is live in a window', () => {
  it('asks nobody while the window opens, then the engine, and tells the lenses and the menus', async () => {
    const { live, asked } = open([ROOT]);
    live.refresher.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual(['deploymentKeys', 'refreshDeployments', 'lenses']);
    expect(fake.state.executed).toEqual([['setContext', 'evenkeel.hasEnvironments', true]]);
    expect(fake.state.shown).toEqual([]);
  });

  it.each<[string, readonly RootEnvironments[], boolean]>([
    ['environments', [], true],
    ['trust', [ROOT], false],
  ])('without %s the engine is not asked, whatever happens', async (_, roots, trusted) => {
    fake.workspace.isTrusted = trusted;
    const { live, asked } = open(roots);
    live.refresher.start();
    await vi.advanceTimersByTimeAsync(5_000);
    fake.changeOnDisk(HEAD);
    fake.save(PROMPT);
    fake.focus(false);
    fake.focus(true);
    live.happened();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(asked).toEqual([]);
  });

  it('a commit, of many files, has git asked again, once', async () => {
    const { live, asked } = open([ROOT]);
    live.refresher.start();
    await vi.advanceTimersByTimeAsync(5_000);
    asked.length = 0;
    for (let file = 0; file < 20; file++) fake.changeOnDisk(HEAD);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual(['deploymentKeys', 'refreshDeployments again', 'lenses']);
  });

  it.each<[string, string, boolean]>([
    ['a prompt', 'file:///w/a.prompt.yml', true],
    ['evenkeel.yml', 'file:///w/evenkeel.yml', true],
    ['anything else', 'file:///w/readme.md', false],
  ])('saving %s', async (_, uri, looks) => {
    const { live, asked } = open([ROOT]);
    live.refresher.start();
    await vi.advanceTimersByTimeAsync(5_000);
    asked.length = 0;
    fake.save(new fake.Document(fake.Uri.parse(uri), ''));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked.includes('refreshDeployments')).toBe(looks);
  });

  it('rests while nobody is at the window', async () => {
    const { live, asked } = open([ROOT]);
    live.refresher.start();
    await vi.advanceTimersByTimeAsync(5_000);
    fake.focus(false);
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toEqual([]);
    fake.focus(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toContain('refreshDeployments');
  });

  it('takes every listener and timer with it', async () => {
    const { live, asked, dispose } = open([ROOT]);
    live.refresher.start();
    await vi.advanceTimersByTimeAsync(5_000);
    fake.changeOnDisk(HEAD);
    fake.edit(PROMPT, 'x');
    dispose();
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(120_000);
    expect([fake.listening(), vi.getTimerCount(), asked]).toEqual([0, 0, []]);
  });
});
