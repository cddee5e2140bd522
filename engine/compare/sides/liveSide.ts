import type { FrozenCase, LoadedPrompt } from '../../../ledger/index.ts';
import { sha256Hex } from '../../../prompts-schema/index.ts';
import type { RunHeader, SideInfo } from '../../../protocol/index.ts';
import { completePlan, modelNames, type Plan, type PlanContext, planModels } from '../../run/plan.ts';
import { promptParts } from '../../run/request.ts';

/** A side whose samples are still to be taken. */
export interface LiveSide {
  readonly kind: Extract<SideInfo['kind'], 'workingCopy' | 'git' | 'environment' | 'release'>;
  readonly label: string;
  /** The revision, environment or version that a person named. */
  readonly named?: string;
  /** The prompt that is sent. */
  readonly loaded: LoadedPrompt;
  /** Where its file was, root-relative, when it is not where the prompt is now. */
  readonly path?: string;
  readonly model: string;
}

/** How the samples of a live side are taken. */
export interface LiveSettings {
  readonly cases: readonly FrozenCase[];
  readonly selection: RunHeader['selection'];
  readonly purpose: NonNullable<RunHeader['purpose']>;
  readonly repeats: number;
  readonly seed: number;
  readonly concurrency: number | undefined;
  readonly cache: boolean;
  readonly budget: Plan['budget'];
  readonly sandboxUrl: string | undefined;
}

/** The model of a side: the one asked for, else the prompt's. Throws a UserError where there is none. */
export function modelOf(model: string | undefined, loaded: LoadedPrompt): string {
  return modelNames(model === undefined ? undefined : [model], loaded)[0] ?? '';
}

/**
 * Plans a run of a side. What is sent is the side's own prompt; cases and evaluators are those of `judged`, the prompt as it is now, so that
 * both sides of a comparison answer the same inputs and are held against the same checks.
 */
export async function planLive(side: LiveSide, judged: LoadedPrompt, settings: LiveSettings, context: PlanContext): Promise<Plan> {
  const { loaded, model } = side;
  const document = { ...loaded.document, evaluators: judged.document.evaluators, lines: judged.document.lines };
  const { dataset: _own, ...facts } = loaded.facts;
  const mixed = { ...loaded, document, facts: { ...facts, dataset: judged.facts.dataset, evaluatorFiles: judged.facts.evaluatorFiles } };
  const parts = promptParts(loaded.document, loaded.facts);
  const models = await planModels([model], parts, loaded, settings.sandboxUrl, context);
  const { repeats, seed, cache, budget, concurrency = loaded.config.defaults.concurrency } = settings;
  return completePlan({
    loaded: mixed,
    frozen: { promptId: loaded.promptId, text: loaded.document.text, files: { ...judged.files, ...loaded.files } },
    parts,
    models,
    cases: settings.cases,
    selection: settings.selection,
    purpose: settings.purpose,
    settings: { repeats, seed, cache, budget, concurrency: Math.min(1000, Math.max(1, Math.floor(concurrency))) },
    notes: [],
    context,
  });
}

/**
 * The seed of one set of samples. Samples of a baseline and of what is held against it must be drawn apart: with one seed the sandbox would
 * give the same answers, and a provider that takes seeds might.
 */
export function seedOf(seed: number, ...purpose: readonly (string | number)[]): number {
  return Number.parseInt(sha256Hex([seed, ...purpose].join('\n')).slice(0, 7), 16);
}
