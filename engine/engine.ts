import { createRunStore, eventsOf, loadPrompt, newRunId, type RunStore } from '../ledger/index.ts';

import {
  type BoundKey,
  type CaseDetail,
  EvalRequest,
  type HostRequests,
  type PlanSummary,
  type PreviewParams,
  type PreviewResult,
  type RunEvent,
  type RunHeader,
  sampleKeyText,
  type StoredRun,
} from '../protocol/index.ts';
import { type Capabilities, createRedactor, type JsonObject, type Redactor, requireCapability, UserError } from '../safety/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { openWorkspace, type Workspace } from '../workspace/index.ts';
import { caseDetail } from './caseDetail.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { boundKey, requireKeys } from './keys.ts';
import type { OpenProvider, ProviderSettings } from './providers/providerSettings.ts';
import { openProvider } from './providers/registry.ts';
import type { BudgetLimits } from './run/budget.ts';
import { type AnswerCache, createCache } from './run/cache.ts';
import { type Plan, planRun } from './run/plan.ts';
import { renderMessages } from './run/request.ts';
import { rescoreRun } from './run/rescore.ts';
import { planResume, readRun } from './run/resume.ts';
import { runPlan } from './run/runner.ts';

/** What an engine needs from its surroundings. */
export interface EngineOptions {
  readonly capabilities: Capabilities;
  /** A person waits: nothing of unknown outcome is sent again without asking. */
  readonly interactive: boolean;
  readonly clock?: Clock;
  /** [0, 1): jitter of waits and run ids. */
  readonly random?: () => number;
  readonly redactor?: Redactor;
  /** The sandbox that answers in this process; made at the first need. */
  readonly sandbox?: () => Promise<Sandbox>;
  /** Opens providers; those of providers/registry.ts when left out. */
  readonly openProvider?: (settings: ProviderSettings) => Promise<OpenProvider>;
}

/** Takes events; a promise asks the run to wait until it resolves. */
export type EventSink = (event: RunEvent) => void | Promise<void>;

/** A run under way. */
export interface StartedRun {
  readonly runId: string;
  /** Resolves after the last event; never rejects for what a provider, a disk or a user does. */
  readonly finished: Promise<void>;
}

/** Plans, runs and looks things up. Several runs may go on at once. */
export interface Engine {
  /** Replaces what may be done, when the folder's trust changes; runs under way go on. */
  readonly setCapabilities: (capabilities: Capabilities) => void;
  /** What a run would do. Nothing is sent and nothing is written. */
  readonly plan: (request: EvalRequest) => Promise<PlanSummary>;
  /** The same for the rest of a stored run, within a budget for the whole of it. */
  readonly planResume: (params: HostRequests['planResume']['params'] & { readonly budget?: BudgetLimits }) => Promise<PlanSummary>;
  /** Starts a plan, once. Keys are bound to provider and origin; the signal cancels within a second. */
  readonly start: (planId: string, keys: readonly BoundKey[], onEvent: EventSink, signal?: AbortSignal) => Promise<StartedRun>;
  /** Scores a stored run again; events tell the new scores and totals. */
  readonly rescore: (params: HostRequests['rescore']['params'], onEvent?: EventSink) => Promise<{ readonly runId: string }>;
  readonly preview: (params: PreviewParams) => Promise<PreviewResult>;
  /** Stored runs, newest first, without those under way here. */
  readonly runs: (params: HostRequests['runs']['params']) => Promise<readonly StoredRun[]>;
  readonly replay: (params: HostRequests['replay']['params']) => Promise<readonly RunEvent[]>;
  readonly caseDetail: (params: HostRequests['caseDetail']['params']) => Promise<CaseDetail>;
}

/** The one place where the engine's long-lived parts are made. */
export function createEngine(options: EngineOptions): Engine {
  const { interactive, clock = SYSTEM_CLOCK, random = Math.random, redactor = createRedactor() } = options;
  let { capabilities } = options;
  const folders = new Map<string, Folder>();
  const plans = new Map<string, Plan>();
  const active = new Set<string>();
  let sandbox: Promise<Sandbox> | undefined;
  const ownSandbox = async (): Promise<Sandbox> => (await import('../sandbox/index.ts')).createSandbox({});
  const theSandbox = (): Promise<Sandbox> => {
    sandbox ??= (options.sandbox ?? ownSandbox)();
    return sandbox;
  };
  const folderOf = (root: string): Folder => {
    const known = folders.get(root);
    if (known && known.workspace.capabilities === capabilities) return known;
    const workspace = openWorkspace({ root, capabilities });
    const folder = { workspace, store: createRunStore(workspace), cache: createCache(workspace, clock.date) };
    folders.set(root, folder);
    return folder;
  };
  const keep = (plan: Plan): PlanSummary => {
    // Plans that nobody started are forgotten, oldest first.
    if (plans.size >= MOST_PLANS) plans.delete(plans.keys().next().value ?? '');
    plans.set(plan.summary.planId, plan);
    return plan.summary;
  };

  const openProviders = async (plan: Plan, keys: readonly BoundKey[]): Promise<ReadonlyMap<string, OpenProvider>> => {
    const opened = new Map<string, OpenProvider>();
    for (const { resolved } of plan.models) {
      const key = resolved.kind === 'sandbox' ? undefined : boundKey(keys, resolved.provider, resolved.origin);
      opened.set(
        resolved.name,
        await (options.openProvider ?? openProvider)({ resolved, key, redact: redactor.redact, sandbox: theSandbox }),
      );
    }
    return opened;
  };

  const start = async (
    planId: string,
    keys: readonly BoundKey[],
    onEvent: EventSink,
    signal = new AbortController().signal,
  ): Promise<StartedRun> => {
    const plan = plans.get(planId);
    if (!plan) throw new UserError('usage', 'This plan is gone: it was started before, or too many came after it. Plan the run again.');
    requireCapability(capabilities, 'network', 'call a model');
    requireKeys(plan.summary.keys, keys);
    const { workspace, store, cache } = folderOf(plan.workspace.root);
    const runId = plan.resume?.state.header.runId ?? newRunId(clock.date(), random);
    if (active.has(runId)) throw new UserError('conflict', 'This run is under way already.');
    plans.delete(planId);
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

  return {
    setCapabilities: (next) => {
      capabilities = next;
    },
    plan: async (request) => {
      const checked = EvalRequest.parse(request);
      return keep(await planRun(checked, { ...folderOf(checked.root), interactive, date: clock.date }));
    },
    planResume: async ({ root, ...request }) => {
      if (active.has(request.runId)) throw new UserError('conflict', 'This run is under way already.');
      const folder = folderOf(root);
      return keep(await planResume(request, folder.store, { ...folder, interactive, date: clock.date }));
    },
    start,
    rescore: async ({ root, runId, text }, onEvent = () => undefined) => {
      const { workspace, store } = folderOf(root);
      const emit = (event: RunEvent): void => void onEvent(event);
      await rescoreRun({ runId, ...(text === undefined ? {} : { text }) }, { workspace, store, today: dayOf(clock), emit });
      return { runId };
    },
    preview: (params) => preview(params, folderOf(params.root).workspace, dayOf(clock)),
    runs: async ({ root, promptId }) => (await folderOf(root).store.list(promptId)).filter(({ header }) => !active.has(header.runId)),
    replay: async ({ root, runId }) => eventsOf(await readRun(folderOf(root).store, runId)),
    caseDetail: async ({ root, runId, caseId }) => {
      const { store, workspace } = folderOf(root);
      return caseDetail(await readRun(store, runId), caseId, workspace, dayOf(clock));
    },
  };
}

interface Folder {
  readonly workspace: Workspace;
  readonly store: RunStore;
  readonly cache: AnswerCache;
}

const MOST_PLANS = 50;

function dayOf(clock: Clock): string {
  return clock.date().toISOString().slice(0, 10);
}

function headerOf(plan: Plan, runId: string, keys: readonly BoundKey[], clock: Clock): RunHeader {
  const keySent = plan.summary.keys.some(({ provider, origin }) => boundKey(keys, provider, origin) !== undefined);
  const { resume, header } = plan;
  if (!resume) return { ...header, runId, startedAt: clock.date().toISOString(), keySent };
  const open = new Set(resume.keys.map(sampleKeyText));
  const kept = [...resume.state.samples.keys()].filter((key) => !open.has(key)).length;
  return { ...header, runId, startedAt: resume.state.header.startedAt, keySent, resumed: { kept, unknown: resume.unknown } };
}

async function preview({ promptId, text, caseId, variables }: PreviewParams, workspace: Workspace, today: string): Promise<PreviewResult> {
  const { document, cases, config } = await loadPrompt(workspace, promptId, { ...(text === undefined ? {} : { text }), today });
  const row = variables ? undefined : caseId === undefined ? cases[0] : cases.find(({ id }) => id === caseId);
  if (caseId !== undefined && !variables && !row)
    throw new UserError('usage', `There is no case “${caseId}” in the dataset.`, { file: promptId });
  const { messages, missing } = renderMessages(document, (variables as JsonObject | undefined) ?? row?.variables ?? {});
  const model = document.model?.value ?? config.defaults.model;
  return { ...(row ? { caseId: row.id } : {}), messages, missing, ...(model === undefined ? {} : { model }) };
}
