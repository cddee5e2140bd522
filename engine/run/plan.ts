import { randomUUID } from 'node:crypto';
import { type Catalog, findModel, lifecycleOn, longDay, replacementFor } from '../../catalog/index.ts';
import {
  type FrozenCase,
  type FrozenPrompt,
  fingerprintOf,
  type JournalState,
  type LoadedPrompt,
  loadPrompt,
  requireReferences,
} from '../../ledger/index.ts';
import { canonicalJson, caseId, type DatasetRow, type EvaluatorSpec, sha256Hex, splitPromptId } from '../../prompts-schema/index.ts';
import type { EvalRequest, KeyNeed, PlanSummary, RunHeader, SampleKey } from '../../protocol/index.ts';
import { type Json, type JsonObject, UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type ResolvedModel, resolveModel } from '../providers/resolveModel.ts';
import type { BudgetLimits } from './budget.ts';
import type { AnswerCache } from './cache.ts';
import { estimateRun } from './estimate.ts';
import { limitedCases, refusalNotes, skippedSamples } from './limitedCases.ts';
import { budgetNotes, count, datasetNotes, evaluatorNotes, modelNotes, money } from './planNotes.ts';
import { createPricer, type Pricer } from './pricer.ts';
import { createRequestBuilder, type PromptParts, promptParts, type RequestBuilder } from './request.ts';
import { spentBefore } from './spentBefore.ts';

/** One model of a plan with all that its calls need. */
export interface PlannedModel {
  readonly resolved: ResolvedModel;
  readonly builder: RequestBuilder;
  readonly pricer: Pricer;
}

/** A run that could start: nothing was sent, nothing was written. */
export interface Plan {
  readonly summary: PlanSummary;
  readonly workspace: Workspace;
  readonly parts: PromptParts;
  readonly prompt: FrozenPrompt;
  readonly evaluators: readonly EvaluatorSpec[];
  readonly evaluatorFiles: LoadedPrompt['facts']['evaluatorFiles'];
  readonly evaluatorsHash: string;
  readonly models: readonly PlannedModel[];
  readonly cases: readonly FrozenCase[];
  readonly header: Omit<RunHeader, 'runId' | 'startedAt' | 'keySent'>;
  readonly seed: number;
  readonly concurrency: number;
  readonly cache: boolean;
  readonly budget: { readonly maxCost?: number; readonly maxCalls?: number };
  /** A continuation: the run it continues, and what is left of it. */
  readonly resume?: { readonly state: JournalState; readonly keys: readonly SampleKey[]; readonly unknown: number };
}

/** What planning needs from its surroundings. */
export interface PlanContext {
  readonly workspace: Workspace;
  readonly cache: AnswerCache;
  /** A person waits: answers of the last day are used again unless somebody said otherwise. */
  readonly interactive: boolean;
  readonly date: () => Date;
  /** What is known of models. */
  readonly catalog: () => Promise<Catalog>;
}

/** Plans a run. Throws a UserError, with file and line where there is one, for everything that would make its results wrong. */
export async function planRun(request: EvalRequest, context: PlanContext): Promise<Plan> {
  const today = context.date().toISOString().slice(0, 10);
  const loaded = await loadPrompt(context.workspace, request.promptId, {
    ...(request.text === undefined ? {} : { text: request.text }),
    today,
  });
  requireRunnable(loaded);
  const selected = selectCases(request, loaded);
  const parts = promptParts(loaded.document, loaded.facts);
  const catalog = await context.catalog();
  const models = await planModels(modelNames(request.models, loaded), parts, loaded, request.sandboxUrl, context);
  const asked = request.models?.some((name) => name.trim()) ?? false;
  const cases = limitedCases(selected, loaded, { names: models.map(({ resolved }) => resolved.name), asked });
  const { config } = loaded;
  const budget = tightest(request.budget, config.budgets.run);
  const settings = {
    repeats: Math.max(1, Math.floor(request.repeats ?? config.defaults.samples)),
    seed: request.seed ?? config.defaults.seed,
    concurrency: Math.min(1000, Math.max(1, Math.floor(request.concurrency ?? config.defaults.concurrency))),
    cache: request.cache ?? config.defaults.cache ?? context.interactive,
    budget,
  };
  const frozen = { promptId: request.promptId, text: loaded.document.text, files: loaded.files };
  const notes = [
    ...modelNotes(models, parts, today, catalog),
    ...datasetNotes(loaded, request),
    ...refusalNotes(cases),
    ...evaluatorNotes(loaded.document.evaluators),
  ];
  return completePlan({ loaded, frozen, parts, models, cases, selection: SELECTIONS[request.cases.kind], settings, notes, context });
}

const SELECTIONS = { all: 'all', ids: 'some', adHoc: 'adHoc' } as const;

interface PlanParts {
  readonly loaded: Pick<LoadedPrompt, 'promptId' | 'document' | 'facts' | 'config'>;
  readonly frozen: FrozenPrompt;
  readonly parts: PromptParts;
  readonly models: readonly PlannedModel[];
  readonly cases: readonly FrozenCase[];
  readonly selection: RunHeader['selection'];
  readonly purpose?: RunHeader['purpose'];
  readonly settings: Pick<Plan, 'seed' | 'concurrency' | 'cache' | 'budget'> & { readonly repeats: number };
  readonly notes: readonly string[];
  readonly context: PlanContext;
  readonly resume?: Plan['resume'];
  readonly questions?: readonly string[];
}

/** Puts a plan together: renders every request once for the estimate and the cache, and says what it found. */
export async function completePlan(given: PlanParts): Promise<Plan> {
  const { loaded, frozen, parts, models, cases, settings, context, resume } = given;
  const { document, facts, config } = loaded;
  const estimate = await estimateRun({
    models,
    cases,
    repeats: settings.repeats,
    only: resume?.keys,
    cache: settings.cache ? context.cache : undefined,
  });
  const evaluators = document.evaluators;
  const evaluatorsHash = hashEvaluators(evaluators, frozen.files);
  const dataset = facts.dataset?.status === 'read' ? facts.dataset.path : undefined;
  const skipped = skippedSamples(
    cases,
    models.map(({ resolved }) => resolved.name),
    settings.repeats,
  );
  const header: Plan['header'] = {
    promptId: loaded.promptId,
    promptName: document.name?.value ?? loaded.promptId,
    ...(document.version ? { version: document.version.value } : {}),
    fingerprint: fingerprintOf(document, facts).fingerprint,
    models: models.map(({ resolved }) => resolved.name),
    ...(dataset === undefined
      ? {}
      : {
          dataset: {
            path: dataset,
            fingerprint: datasetFingerprint(cases),
          },
        }),
    cases: cases.length,
    ...(skipped > 0 ? { skipped } : {}),
    selection: given.selection,
    ...(given.purpose ? { purpose: given.purpose } : {}),
    repeats: settings.repeats,
    seed: settings.seed,
    evaluators: evaluators.map(({ name, range }) => ({ name, line: document.lines.lineNumber(range.start) })),
    origins: [...new Set(models.map(({ resolved }) => resolved.origin))],
    cache: settings.cache,
  };
  const calls = estimate.calls;
  const limits = config.budgets.askAbove;
  const summary: PlanSummary = {
    planId: randomUUID(),
    promptId: loaded.promptId,
    promptName: header.promptName,
    models: header.models,
    cases: cases.length,
    repeats: settings.repeats,
    calls,
    fromCache: estimate.fromCache,
    ...(estimate.cost === undefined ? {} : { estimatedCost: estimate.cost }),
    ...(estimate.worstCost === undefined ? {} : { worstCost: estimate.worstCost }),
    ...(estimate.pricesAsOf === undefined ? {} : { pricesAsOf: estimate.pricesAsOf }),
    askFirst: [
      ...(calls > limits.calls ? [`This run makes ${count(calls)} calls to ${header.models.join(', ')}.`] : []),
      ...((estimate.worstCost ?? 0) > limits.cost
        ? [
            `It may cost up to ${money(estimate.worstCost ?? 0)}; about ${money(estimate.cost ?? 0)} is likely (prices of ${estimate.pricesAsOf}).`,
          ]
        : []),
      ...(given.questions ?? []),
    ],
    keys: keyNeeds(models),
    notes: [
      ...given.notes,
      ...estimate.notes,
      ...budgetNotes(settings.budget, calls, spentBefore(resume?.state).calls, estimate.worstCost),
    ],
  };
  return {
    summary,
    workspace: context.workspace,
    parts,
    prompt: frozen,
    evaluators,
    evaluatorFiles: facts.evaluatorFiles,
    evaluatorsHash,
    models,
    cases,
    header,
    seed: settings.seed,
    concurrency: settings.concurrency,
    cache: settings.cache,
    budget: settings.budget,
    ...(resume ? { resume } : {}),
  };
}

/** Resolves and prices models, and refuses retired ones before any call. */
export async function planModels(
  names: readonly string[],
  parts: PromptParts,
  { config, facts, document }: Pick<LoadedPrompt, 'config' | 'facts' | 'document'>,
  sandboxUrl: string | undefined,
  context: Pick<PlanContext, 'date' | 'catalog'>,
): Promise<readonly PlannedModel[]> {
  const catalog = await context.catalog();
  const line = document.model && { line: document.lines.lineNumber(document.model.range.start) };
  return Promise.all(
    names.map(async (name) => {
      const place = name === document.model?.value ? { file: facts.promptId, ...line } : undefined;
      const resolved = located(() => resolveModel(name, config, sandboxUrl), place);
      refuseRetired(resolved, facts.today, catalog, place);
      return {
        resolved,
        builder: createRequestBuilder(parts, resolved, catalog),
        pricer: await createPricer(resolved.priced, context.date()),
      };
    }),
  );
}

/** SHA-256 of cases in canonical JSON: which dataset a run was about. */
export function datasetFingerprint(
  cases: readonly { readonly id: string; readonly variables: JsonObject; readonly expected?: Json | undefined }[],
): string {
  return sha256Hex(canonicalJson(cases.map(({ id, variables, expected }) => ({ id, variables, expected: expected ?? null }))));
}

/** A short hash of evaluators with the files they name: which scores belong to which evaluators. */
export function hashEvaluators(evaluators: readonly EvaluatorSpec[], files: Readonly<Record<string, string>>): string {
  const plain = evaluators.map(withoutPlaces);
  return sha256Hex(canonicalJson({ plain: JSON.parse(JSON.stringify(plain)), files } as JsonObject)).slice(0, 16);
}

function withoutPlaces({ range: _range, nameRange: _nameRange, ...spec }: EvaluatorSpec): object {
  return { ...spec, ...(spec.kind === 'set' ? { parts: spec.parts.map(withoutPlaces) } : {}), operandRange: null };
}

function located<T>(work: () => T, place: { readonly file: string } | undefined): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof UserError && place ? new UserError(error.code, error.message, place) : error;
  }
}

/** The models asked for, else the prompt's own, else the default of evenkeel.yml; a UserError where there is none. */
export function modelNames(models: readonly string[] | undefined, { document, config, promptId }: LoadedPrompt): readonly string[] {
  const asked = models?.filter((name) => name.trim());
  const own = [document.model?.value ?? config.defaults.model, ...(document.moreModels ?? [])];
  const names = asked?.length ? asked : own.filter((name) => name !== undefined);
  if (names.length) return [...new Set(names)];
  throw new UserError(
    'configuration',
    'The prompt names no model. Write `model: provider/model` in it, or `defaults: { model: … }` in evenkeel.yml.',
    { file: promptId, line: 1 },
  );
}

/** The cases a run is about; a UserError that says what to do where there are none or one is not there. */
export function selectCases(
  { cases: selection, promptId }: Pick<EvalRequest, 'cases' | 'promptId'>,
  { cases, document }: Pick<LoadedPrompt, 'cases' | 'document'>,
): readonly FrozenCase[] {
  if (selection.kind === 'adHoc') {
    const variables = selection.variables as JsonObject;
    return [{ id: caseId(variables), variables }];
  }
  if (!cases.length)
    throw new UserError(
      'configuration',
      document.dataset || document.testData
        ? 'The dataset has no cases. Add at least one row.'
        : 'The prompt has no cases. Name a dataset (`dataset: ./name.cases.jsonl`) or write `testData`, or run it once with typed inputs.',
      { file: promptId, line: document.lines.lineNumber(document.dataset?.range.start ?? document.testDataRange?.start ?? 0) },
    );
  if (selection.kind === 'all') return cases.map(frozenCase);
  const byId = new Map(cases.map((row) => [row.id, row]));
  return [...new Set(selection.ids)].map((id) => {
    const row = byId.get(id);
    if (!row)
      throw new UserError(
        'usage',
        `There is no case “${id}”. The dataset has ${count(cases.length)}: ${cases
          .slice(0, 5)
          .map((each) => each.id)
          .join(', ')}${cases.length > 5 ? ' …' : ''}.`,
        { file: promptId },
      );
    return frozenCase(row);
  });
}

/** A dataset's row as runs keep it. */
export function frozenCase({ id, variables, expected, refused }: DatasetRow): FrozenCase {
  return { id, variables, ...(expected === undefined ? {} : { expected }), ...(refused === undefined ? {} : { refused }) };
}

/** Throws a UserError, with file and line, for what would make every result of a run wrong: a missing reference, an unread evaluator, a shifted row. */
export function requireRunnable(loaded: LoadedPrompt): void {
  requireReferences(loaded);
  requireEvaluators(loaded);
  requireRows(loaded);
}

/** An evaluator that could not be read would be missing from every result without a word. */
function requireEvaluators({ document, promptId }: LoadedPrompt): void {
  const issue = document.issues.find(({ code }) => code.startsWith('evaluator.'));
  if (issue)
    throw new UserError('configuration', issue.message, {
      file: splitPromptId(promptId).file,
      line: document.lines.lineNumber(issue.range.start),
    });
}

/** Issues after which values may stand in the wrong column. */
const SHIFTED: ReadonlySet<string> = new Set(['dataset.ragged-row', 'schema.syntax']);

function requireRows({ facts }: LoadedPrompt): void {
  if (facts.dataset?.status !== 'read') return;
  const { value, path } = facts.dataset;
  const issue = value.issues.find(({ code }) => SHIFTED.has(code));
  if (issue)
    throw new UserError('configuration', `${issue.message} Correct the row, then run again.`, {
      file: path,
      line: value.lines.lineNumber(issue.range.start),
    });
}

function refuseRetired(
  { name, model, isDefaultOrigin }: ResolvedModel,
  today: string,
  catalog: Catalog,
  place: { readonly file: string } | undefined,
): void {
  const found = findModel(name, catalog);
  if (found.unknown || !isDefaultOrigin) return;
  const lifecycle = lifecycleOn(found.model, today);
  if (lifecycle.state !== 'retired') return;
  const next = replacementFor(found.model, today, catalog) ?? found.model.replacement;
  throw new UserError(
    'configuration',
    `${model} was retired on ${longDay(lifecycle.retiresOn)}; calls to it fail.${next ? ` Use ${next} instead.` : ' Choose another model.'}`,
    place,
  );
}

function keyNeeds(models: readonly PlannedModel[]): KeyNeed[] {
  const needs = new Map<string, KeyNeed>();
  for (const { resolved } of models) {
    if (resolved.kind === 'sandbox') continue;
    const { provider, origin, isDefaultOrigin, envName, keyRequired } = resolved;
    needs.set(`${provider}\n${origin}`, { provider, origin, isDefaultOrigin, envName, required: keyRequired });
  }
  return [...needs.values()];
}

/** The smaller of each limit; a limit that nobody sets is absent. */
export function tightest(...budgets: readonly (BudgetLimits | undefined)[]): Plan['budget'] {
  const least = (limits: readonly (number | undefined)[]): number | undefined => {
    const known = limits.filter((limit) => limit !== undefined);
    return known.length ? Math.min(...known) : undefined;
  };
  const maxCost = least(budgets.map((budget) => budget?.maxCost));
  const maxCalls = least(budgets.map((budget) => budget?.maxCalls));
  return { ...(maxCost === undefined ? {} : { maxCost }), ...(maxCalls === undefined ? {} : { maxCalls }) };
}
