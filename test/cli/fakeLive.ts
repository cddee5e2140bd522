import type { ParsedOptions } from '../../cli/args.ts';
import type { LiveContext, LiveEngine } from '../../cli/liveContext.ts';
import type { DeploymentsView } from '../../protocol/index.ts';
import { createRedactor } from '../../safety/index.ts';

export interface LiveRun {
  readonly context: LiveContext;
  readonly out: () => string;
  readonly err: () => string;
  readonly json: () => readonly Record<string, unknown>[];
  /** Every call of the engine: its method and what it was asked. */
  readonly asked: readonly (readonly [method: string, params: unknown])[];
}

/** The moment of every command here. */
export const NOW = new Date('2026-11-26T12:00:00Z');

/** The surroundings of the commands about releases, deployments and history, over an engine that answers with these methods alone. */
export function liveRun(
  cwd: string,
  methods: Partial<LiveEngine>,
  options: ParsedOptions = {},
  env: Readonly<Record<string, string>> = {},
): LiveRun {
  let [out, err] = ['', ''];
  const asked: (readonly [string, unknown])[] = [];
  const engine = new Proxy({} as LiveEngine, {
    get: (_target, name: string) => {
      const method = methods[name as keyof LiveEngine] as ((params: unknown) => unknown) | undefined;
      if (!method) throw new Error(`the fake engine has no ${name}`);
      return async (params: unknown) => {
        asked.push([name, params]);
        return method(params);
      };
    },
  });
  const io = {
    cwd,
    env,
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    isTerminal: false,
    columns: 100,
    colors: false,
    confirm: undefined,
    signal: new AbortController().signal,
  };
  return {
    context: { engine, redactor: createRedactor(), options, io, now: NOW },
    out: () => out,
    err: () => err,
    json: () =>
      out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    asked,
  };
}

/** The deployments of a root as its sources told them. */
export function deployedView(root: string, ...environments: DeploymentsView['environments']): DeploymentsView {
  return { root, environments };
}

export const PRODUCTION: DeploymentsView['environments'][number] = {
  environment: 'production',
  source: 'git',
  origin: 'origin/production',
  answeredAt: '2026-11-26T11:58:00Z',
  prompts: [
    {
      promptId: 'a.prompt.yml',
      promptName: 'A',
      deployed: {
        promptId: 'a.prompt.yml',
        version: '1.3.0',
        model: 'claude-haiku-4-5-20251001',
        since: '2026-11-03',
        by: 'deploy-bot',
        commit: '4f1c2ab9'.repeat(5),
      },
      relation: { kind: 'behind', edits: 2 },
      drift: '7 to review',
    },
  ],
};
