import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SYSTEM_CLOCK } from '../../../engine/clock.ts';
import { createEngine, type Engine, type EngineOptions } from '../../../engine/index.ts';
import type { BoundKey, DeploymentsView } from '../../../protocol/index.ts';
import { TRUSTED } from '../../../safety/index.ts';

/** The prompt that these tests deploy; edits change its text, `version` and `model` their fields. */
export function triage({ version = '1.0.0', text = 'Route the ticket.', model = 'openai/gpt-4.1-mini' } = {}): string {
  return `name: Triage
version: ${version}
model: ${model}
messages:
  - role: system
    content: ${text}
  - role: user
    content: "{{ticket}}"
`;
}

export const PROMPT = 'triage.prompt.yml';

/** A folder with an engine whose clock the test sets. */
export interface DeploymentsWorld {
  readonly root: string;
  readonly engine: Engine;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string;
  readonly git: (...args: readonly string[]) => string;
  /** Lets so many minutes pass. */
  readonly pass: (minutes: number) => void;
  readonly refresh: (
    keys?: readonly BoundKey[],
    options?: { readonly force?: boolean; readonly environments?: readonly string[] },
  ) => Promise<DeploymentsView>;
  readonly environment: (view: DeploymentsView, name?: string) => DeploymentsView['environments'][number];
  readonly remove: () => void;
}

/** Makes the folder anew, a git repository with one commit of these files. */
export function deploymentsWorld(
  files: Readonly<Record<string, string>>,
  options: Partial<EngineOptions> & { readonly repository?: boolean } = {},
): DeploymentsWorld {
  const { repository = true, ...engineOptions } = options;
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'evenkeel-deployments-')));
  let now = Date.parse('2026-11-01T12:00:00Z');
  const date = () => new Date(now);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const git = (...args: readonly string[]): string => {
    const at = date().toISOString();
    const person = {
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.org',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.org',
    };
    const env = { ...process.env, ...person, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at, GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  if (repository) {
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'first');
  }
  const engine = createEngine({
    capabilities: TRUSTED,
    interactive: true,
    clock: { ...SYSTEM_CLOCK, date },
    random: () => 0.5,
    lookTimeouts: { connectMs: 300, firstByteMs: 300, idleMs: 300, totalMs: 600 },
    ...engineOptions,
  });
  return {
    root,
    engine,
    write,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    git,
    pass: (minutes) => {
      now += minutes * 60_000;
    },
    refresh: (keys = [], more = {}) => engine.refreshDeployments({ root, keys, ...more }),
    environment: (view, name = 'production') => {
      const found = view.environments.find(({ environment }) => environment === name);
      if (!found) throw new Error(`There is no ${name}.`);
      return found;
    },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}
