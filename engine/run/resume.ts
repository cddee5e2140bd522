import { frozenDocument, frozenFacts, type JournalState, missingKeys, type RunStore } from '../../ledger/index.ts';
import { type SampleKey, sampleKeyText } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { loadConfig } from '../../workspace/index.ts';
import type { BudgetLimits } from './budget.ts';
import { completePlan, type Plan, type PlanContext, planModels, tightest } from './plan.ts';
import { promptParts } from './request.ts';

/** What is left of a run. */
export interface Remainder {
  /** Samples to call for. */
  readonly keys: readonly SampleKey[];
  /** Samples that were sent and whose outcome is lost, whether they are among the keys or not. */
  readonly unknown: readonly SampleKey[];
}

/** The set difference of what was planned and what is answered. Those of unknown outcome are left out unless they are to be sent again. */
export function remainderOf(state: JournalState, sendUnknown: boolean): Remainder {
  const keys = missingKeys(state);
  const unknown = keys.filter((key) => {
    const text = sampleKeyText(key);
    return state.unsettled.has(text) || state.samples.get(text)?.failure?.billing === 'unknown';
  });
  const lost = new Set(unknown.map(sampleKeyText));
  return { keys: sendUnknown ? keys : keys.filter((key) => !lost.has(sampleKeyText(key))), unknown };
}

/** Reads a run's journal or says that there is none. */
export async function readRun(store: RunStore, runId: string): Promise<JournalState> {
  const state = await store.read(runId);
  if (!state) throw new UserError('usage', `There is no run ${runId} in .evenkeel/runs. List the runs to see theirs.`);
  return state;
}

/** How to go on with a run. */
export interface ResumeRequest {
  readonly runId: string;
  readonly sendUnknown: boolean;
  readonly sandboxUrl?: string;
  readonly budget?: BudgetLimits;
}

/**
 * Plans the rest of a stored run with the prompt, cases and settings it was started with; providers and limits are those of evenkeel.yml
 * today. The run's own limit holds on, unless it is what stopped the run.
 */
export async function planResume(
  { runId, sendUnknown, sandboxUrl, budget }: ResumeRequest,
  store: RunStore,
  context: PlanContext,
): Promise<Plan> {
  const state = await readRun(store, runId);
  const { config } = await loadConfig(context.workspace);
  const { promptId } = state.prompt;
  const document = frozenDocument(state.prompt);
  const facts = await frozenFacts(state.prompt, document, { config, today: context.date().toISOString().slice(0, 10) });
  const parts = promptParts(document, facts);
  const models = await planModels(state.header.models, parts, { config, facts, document }, sandboxUrl, context);
  const { keys, unknown } = remainderOf(state, sendUnknown);
  const lost = unknown.length;
  const plan = await completePlan({
    loaded: { promptId, document, facts, config },
    frozen: state.prompt,
    parts,
    models,
    cases: state.cases,
    selection: state.header.selection,
    settings: {
      ...state.settings,
      budget: tightest(budget, config.budgets.run, state.end?.end === 'budget' ? undefined : state.settings.budget),
    },
    notes: lost ? [`${lost === 1 ? 'One call was' : `${lost} calls were`} in flight when the run stopped and may have been billed.`] : [],
    questions:
      lost && sendUnknown
        ? [
            `${lost === 1 ? 'One of the calls' : `${lost} of the calls`} may have been answered and billed before; sending again may cost twice.`,
          ]
        : [],
    context,
    resume: { state, keys, unknown: lost },
  });
  const { dataset, version } = state.header;
  return { ...plan, header: { ...plan.header, ...(dataset ? { dataset } : {}), ...(version === undefined ? {} : { version }) } };
}
