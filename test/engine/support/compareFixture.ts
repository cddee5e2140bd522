import { execFileSync } from 'node:child_process';
import { createEngine, type EngineOptions } from '../../../engine/index.ts';
import type { CaptureRequest, CompareEvent, ComparePlan, CompareRequest, Comparison } from '../../../protocol/index.ts';
import { TRUSTED } from '../../../safety/index.ts';
import { createSandbox, type Sandbox } from '../../../sandbox/index.ts';
import { type RunFixture, runFixture } from './runFixture.ts';

/** A folder whose prompt asks the rolling alias, and an engine whose snapshot behind it can be changed. */
export interface CompareFixture extends Omit<RunFixture, 'sandbox'> {
  /** From now on another snapshot answers. */
  readonly changeModel: (latest: string) => void;
  readonly sandbox: () => Sandbox;
  readonly capture: (request?: Partial<CaptureRequest>) => Promise<JobResult>;
  readonly compare: (request?: Partial<CompareRequest>) => Promise<JobResult & { readonly comparison: Comparison }>;
  readonly git: (...args: readonly string[]) => string;
}

export interface JobResult {
  readonly plan: ComparePlan;
  readonly events: readonly CompareEvent[];
  readonly last: Extract<CompareEvent, { readonly type: 'compareFinished' }>;
}

export const PROMPT = 'triage.prompt.yml';

export async function compareFixture(
  files: Readonly<Record<string, string>>,
  options: Partial<EngineOptions> = {},
): Promise<CompareFixture> {
  let sandbox = createSandbox({ logLimit: 100_000, latest: 'extractor-2026-05' });
  // Every call asks the sandbox of the moment.
  const moving: Sandbox = {
    handle: (request) => sandbox.handle(request),
    get log() {
      return sandbox.log;
    },
  };
  const fixture = await runFixture(files, options);
  const engine = createEngine({ capabilities: TRUSTED, interactive: false, sandbox: async () => moving, ...options });
  const { root } = fixture;
  const follow = async (plan: ComparePlan): Promise<JobResult> => {
    const events: CompareEvent[] = [];
    const { finished } = await engine.startCompare(plan.planId, [], (event) => void events.push(event));
    await finished;
    const last = events.at(-1);
    if (last?.type !== 'compareFinished') throw new Error('The last event is not compareFinished.');
    return { plan, events, last };
  };
  return {
    ...fixture,
    engine,
    sandbox: () => sandbox,
    changeModel: (latest) => {
      sandbox = createSandbox({ logLimit: 100_000, latest });
    },
    capture: async (request = {}) => follow(await engine.planCapture({ root, promptId: PROMPT, mode: 'capture', ...request })),
    compare: async (request = {}) => {
      const result = await follow(await engine.planCompare({ root, promptId: PROMPT, kind: 'review', ...request }));
      const { comparisonId } = result.last;
      if (comparisonId === undefined) throw new Error(`There is no comparison: ${result.last.message}`);
      const { text } = await engine.exportReport({ root, comparisonId, format: 'json' });
      return { ...result, comparison: JSON.parse(text) as Comparison };
    },
    git: (...args) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=Ada', '-c', 'user.email=a@example.org', ...args], { encoding: 'utf8' }).trim(),
  };
}
