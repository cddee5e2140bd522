import { builtinCatalog, type Catalog } from '../catalog/index.ts';
import { eventsOf, loadPrompt } from '../ledger/index.ts';
import {
  type BoundKey,
  type CaseDetail,
  EvalRequest,
  type HostRequests,
  type PlanSummary,
  type PreviewParams,
  type PreviewResult,
  type RunEvent,
  type StoredRun,
} from '../protocol/index.ts';
import { type Capabilities, createRedactor, type JsonObject, type Redactor, UserError } from '../safety/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { caseDetail } from './caseDetail.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { createDriftEngine } from './compare/createDriftEngine.ts';
import type { DriftEngine } from './compare/driftEngine.ts';
import { openLedgers } from './compare/openLedgers.ts';
import { createDeploymentsEngine } from './deployments/createDeploymentsEngine.ts';
import type { DeploymentsEngine } from './deployments/deploymentsEngine.ts';
import { createEngineContext, type EventSink, type Folder, type StartedRun } from './engineContext.ts';
import { createHistoryEngine } from './history/createHistoryEngine.ts';
import type { HistoryEngine } from './history/historyEngine.ts';
import { createPlanShelf } from './planShelf.ts';
import type { WireTimeouts } from './providers/guardedFetch.ts';
import type { OpenProvider, ProviderSettings } from './providers/providerSettings.ts';
import { createReleaseEngine } from './releases/createReleaseEngine.ts';
import type { ReleaseEngine } from './releases/releaseEngine.ts';
import type { BudgetLimits } from './run/budget.ts';
import { type Plan, type PlanContext, planRun } from './run/plan.ts';
import { renderMessages } from './run/request.ts';
import { rescoreRun } from './run/rescore.ts';
import { planResume, readRun } from './run/resume.ts';

/** What an engine needs from its surroundings. */
export interface EngineOptions {
  readonly capabilities: Capabilities;
  /** A person waits: nothing of unknown outcome is sent again without asking. */
  readonly interactive: boolean;
  readonly clock?: Clock;
  /** [0, 1): jitter of waits and run ids. */
  readonly random?: () => number;
  readonly redactor?: Redactor;
  /** What is known of models, asked for when something is planned or told; the catalog of this version when left out. */
  readonly catalog?: () => Promise<Catalog>;
  /** The sandbox that answers in this process; made at the first need. */
  readonly sandbox?: () => Promise<Sandbox>;
  /** Opens providers; those of providers/registry.ts when left out. */
  readonly openProvider?: (settings: ProviderSettings) => Promise<OpenProvider>;
  /** How long a look at what is deployed may take, stage by stage; ten seconds in all when left out. */
  readonly lookTimeouts?: Partial<WireTimeouts>;
}

/** Plans, runs and looks things up. Several runs may go on at once. */
export interface Engine extends DriftEngine, DeploymentsEngine, HistoryEngine, ReleaseEngine {
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
  /** Stored evals, newest first, without those under way here and without the runs of comparisons. */
  readonly runs: (params: HostRequests['runs']['params']) => Promise<readonly StoredRun[]>;
  readonly replay: (params: HostRequests['replay']['params']) => Promise<readonly RunEvent[]>;
  readonly caseDetail: (params: HostRequests['caseDetail']['params']) => Promise<CaseDetail>;
}

/** The one place where the engine's long-lived parts are made. */
export function createEngine(options: EngineOptions): Engine {
  const { interactive, clock = SYSTEM_CLOCK, random = Math.random, redactor = createRedactor() } = options;
  const catalog = options.catalog ?? (async () => builtinCatalog());
  let { capabilities } = options;
  let sandbox: Promise<Sandbox> | undefined;
  const ownSandbox = async (): Promise<Sandbox> => (await import('../sandbox/index.ts')).createSandbox({});
  const context = createEngineContext({
    clock,
    random,
    interactive,
    redactor,
    catalog,
    capabilities: () => capabilities,
    sandbox: () => {
      sandbox ??= (options.sandbox ?? ownSandbox)();
      return sandbox;
    },
    openProvider: options.openProvider,
    ledgersOf: (workspace) => openLedgers(workspace, clock.date),
  });
  const { folderOf, isActive } = context;
  const plans = createPlanShelf<Plan>();
  const planContext = (folder: Folder): PlanContext => ({ ...folder, interactive, date: clock.date, catalog });

  return {
    setCapabilities: (next) => {
      capabilities = next;
    },
    plan: async (request) => {
      const checked = EvalRequest.parse(request);
      return plans.keep(await planRun(checked, planContext(folderOf(checked.root))));
    },
    planResume: async ({ root, ...request }) => {
      if (isActive(request.runId)) throw new UserError('conflict', 'This run is under way already.');
      const folder = folderOf(root);
      return plans.keep(await planResume(request, folder.store, planContext(folder)));
    },
    start: (planId, keys, onEvent, signal = new AbortController().signal) =>
      plans.use(planId, (plan) => context.startRun(plan, keys, onEvent, signal)),
    rescore: async ({ root, runId, text }, onEvent = () => undefined) => {
      const { workspace, store } = folderOf(root);
      const emit = (event: RunEvent): void => void onEvent(event);
      await rescoreRun({ runId, ...(text === undefined ? {} : { text }) }, { workspace, store, today: dayOf(clock), emit });
      return { runId };
    },
    preview: (params) => preview(params, folderOf(params.root).workspace, dayOf(clock)),
    runs: async ({ root, promptId }) =>
      (await folderOf(root).store.list(promptId)).filter(({ header }) => header.purpose === undefined && !isActive(header.runId)),
    replay: async ({ root, runId }) => eventsOf(await readRun(folderOf(root).store, runId)),
    caseDetail: async ({ root, runId, caseId }) => {
      const { store, workspace } = folderOf(root);
      return caseDetail(await readRun(store, runId), caseId, workspace, { today: dayOf(clock), catalog: await catalog() });
    },
    ...createDriftEngine(context),
    ...createReleaseEngine(context),
    ...createHistoryEngine(context),
    ...createDeploymentsEngine(context, { redactor, ...(options.lookTimeouts ? { timeouts: options.lookTimeouts } : {}) }),
  };
}

function dayOf(clock: Clock): string {
  return clock.date().toISOString().slice(0, 10);
}

async function preview({ promptId, text, caseId, variables }: PreviewParams, workspace: Workspace, today: string): Promise<PreviewResult> {
  const { document, facts, cases, config } = await loadPrompt(workspace, promptId, { ...(text === undefined ? {} : { text }), today });
  const row = variables ? undefined : caseId === undefined ? cases[0] : cases.find(({ id }) => id === caseId);
  if (caseId !== undefined && !variables && !row)
    throw new UserError('usage', `There is no case “${caseId}” in the dataset.`, { file: promptId });
  const { messages, missing } = renderMessages(document, (variables as JsonObject | undefined) ?? row?.variables ?? {}, facts);
  const model = document.model?.value ?? config.defaults.model;
  return { ...(row ? { caseId: row.id } : {}), messages, missing, ...(model === undefined ? {} : { model }) };
}
