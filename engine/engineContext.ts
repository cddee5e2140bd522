import type { Catalog } from '../catalog/index.ts';
import { type ComparisonStore, createRunStore, newRunId, type ReviewLedger, type RunStore } from '../ledger/index.ts';
import type { BoundKey, RunEvent, RunHeader } from '../protocol/index.ts';
import { sampleKeyText } from '../protocol/index.ts';
import { type Capabilities, type Redactor, requireCapability, UserError } from '../safety/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import type { Clock } from './clock.ts';
import { boundKey, requireKeys } from './keys.ts';
import type { OpenProvider, ProviderSettings } from './providers/providerSettings.ts';
import { openProvider } from './providers/registry.ts';
import { type AnswerCache, createCache } from './run/cache.ts';
import type { Plan } from './run/plan.ts';
import { runPlan } from './run/runner.ts';

/** Takes events; a promise asks the run to wait until it resolves. */
export type EventSink = (event: RunEvent) => void | Promise<void>;

/** A run under way. */
export interface StartedRun {
  readonly runId: string;
  /** Resolves after the last event; never rejects for what a provider, a disk or a user does. */
  readonly finished: Promise<void>;
}

/** One root as the engine knows it. */
export interface Folder {
  readonly workspace: Workspace;
  readonly store: RunStore;
  readonly cache: AnswerCache;
  readonly reviews: ReviewLedger;
  readonly comparisons: ComparisonStore;
}

/** What planning, running and comparing share: one clock, one redactor, the roots that were opened, the runs under way. */
export interface EngineContext {
  readonly clock: Clock;
  /** [0, 1). */
  readonly random: () => number;
  readonly interactive: boolean;
  readonly capabilities: () => Capabilities;
  /** What is known of models now. */
  readonly catalog: () => Promise<Catalog>;
  readonly folderOf: (root: string) => Folder;
  readonly isActive: (runId: string) => boolean;
  /** Starts a plan: opens its providers, writes its journal. Keys are bound to provider and origin. */
  readonly startRun: (plan: Plan, keys: readonly BoundKey[], onEvent: EventSink, signal: AbortSignal) => Promise<StartedRun>;
}

export interface ContextOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly interactive: boolean;
  readonly capabilities: () => Capabilities;
  readonly catalog: () => Promise<Catalog>;
  readonly redactor: Redactor;
  readonly sandbox: () => Promise<Sandbox>;
  readonly openProvider: ((settings: ProviderSettings) => Promise<OpenProvider>) | undefined;
  /** The ledgers of a root. */
  readonly ledgersOf: (workspace: Workspace) => Pick<Folder, 'reviews' | 'comparisons'>;
}

export function createEngineContext(options: ContextOptions): EngineContext {
  const { clock, random, interactive, capabilities, catalog, redactor } = options;
  const folders = new Map<string, Folder>();
  const active = new Set<string>();

  const folderOf = (root: string): Folder => {
    const known = folders.get(root);
    if (known && known.workspace.capabilities === capabilities()) return known;
    const workspace = openWorkspace({ root, capabilities: capabilities() });
    const folder = {
      workspace,
      store: createRunStore(workspace),
      cache: createCache(workspace, clock.date),
      ...options.ledgersOf(workspace),
    };
    folders.set(root, folder);
    return folder;
  };

  const openProviders = async (plan: Plan, keys: readonly BoundKey[]): Promise<ReadonlyMap<string, OpenProvider>> => {
    const opened = new Map<string, OpenProvider>();
    for (const { resolved } of plan.models) {
      const key = resolved.kind === 'sandbox' ? undefined : boundKey(keys, resolved.provider, resolved.origin);
      const settings = { resolved, key, redact: redactor.redact, sandbox: options.sandbox };
      opened.set(resolved.name, await (options.openProvider ?? openProvider)(settings));
    }
    return opened;
  };

  const startRun: EngineContext['startRun'] = async (plan, keys, onEvent, signal) => {
    requireCapability(capabilities(), 'network', 'call a model');
    requireKeys(plan.summary.keys, keys);
    const { workspace, store, cache } = folderOf(plan.workspace.root);
    const runId = plan.resume?.state.header.runId ?? newRunId(clock.date(), random);
    if (active.has(runId)) throw new UserError('conflict', 'This run is under way already.');
    active.add(runId);
    for (const { key } of keys) redactor.add(key);
    try {
      const providers = await openProviders(plan, keys);
      const writer = await (plan.resume ? store.reopen(runId) : store.create(runId));
      const header = headerOf(plan, runId, keys, clock);
      const finished = runPlan(
        { ...plan, workspace },
        { header, writer, providers, cache, clock, random, interactive, redactDeep: redactor.redactDeep, emit: onEvent, signal },
      ).finally(async () => {
        active.delete(runId);
        for (const provider of providers.values()) provider.close();
        await writer.close();
        if (plan.cache) await cache.prune();
      });
      return { runId, finished };
    } catch (error) {
      active.delete(runId);
      throw error;
    }
  };

  return { clock, random, interactive, capabilities, catalog, folderOf, isActive: (runId) => active.has(runId), startRun };
}

function headerOf(plan: Plan, runId: string, keys: readonly BoundKey[], clock: Clock): RunHeader {
  const keySent = plan.summary.keys.some(({ provider, origin }) => boundKey(keys, provider, origin) !== undefined);
  const { resume, header } = plan;
  if (!resume) return { ...header, runId, startedAt: clock.date().toISOString(), keySent };
  const open = new Set(resume.keys.map(sampleKeyText));
  const kept = [...resume.state.samples.keys()].filter((key) => !open.has(key)).length;
  return { ...header, runId, startedAt: resume.state.header.startedAt, keySent, resumed: { kept, unknown: resume.unknown } };
}
