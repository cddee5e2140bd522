import { type Catalog, findModel, lifecycleOn, longDay } from '../../catalog/index.ts';
import type { LoadedPrompt } from '../../ledger/index.ts';
import type { EvaluatorSpec } from '../../prompts-schema/index.ts';
import type { EvalRequest } from '../../protocol/index.ts';
import { unsupportedParameters } from '../providers/parameterNames.ts';
import type { BudgetLimits } from './budget.ts';
import type { PlannedModel } from './plan.ts';
import type { PromptParts } from './request.ts';

/** What is worth saying of the models: parameters left out, an end that is near. */
export function modelNotes(
  models: readonly PlannedModel[],
  { parameters, responseFormat }: PromptParts,
  today: string,
  catalog: Catalog,
): readonly string[] {
  return models.flatMap(({ resolved }) => {
    const notes: string[] = [];
    const left = unsupportedParameters(parameters, resolved.api);
    if (left.length) notes.push(`${resolved.name}: its API has no ${left.join(', ')}; left out.`);
    if (resolved.api === 'messages' && responseFormat === 'json_object')
      notes.push(`${resolved.name}: its API has no json_object; the prompt itself must ask for JSON.`);
    const found = resolved.isDefaultOrigin ? findModel(resolved.name, catalog) : undefined;
    if (found && !found.unknown) {
      const lifecycle = lifecycleOn(found.model, today);
      if (lifecycle.state === 'rerouted')
        notes.push(`${resolved.name} was retired on ${longDay(lifecycle.retiresOn)}; ${lifecycle.to} answers instead.`);
      if (lifecycle.state === 'deprecated' && lifecycle.retiresOn)
        notes.push(`${resolved.name} will be retired on ${longDay(lifecycle.retiresOn)}, in ${lifecycle.daysLeft} days.`);
    }
    return notes;
  });
}

/** Rows that were left out or stand twice, with file and line. */
export function datasetNotes({ facts }: LoadedPrompt, { cases }: EvalRequest): readonly string[] {
  if (cases.kind !== 'all' || facts.dataset?.status !== 'read') return [];
  const { value, path } = facts.dataset;
  const shown = value.issues.slice(0, MOST_NOTES).map(({ message, range }) => `${path}:${value.lines.lineNumber(range.start)}: ${message}`);
  return value.issues.length > MOST_NOTES ? [...shown, `${path}: ${value.issues.length - MOST_NOTES} more like these.`] : shown;
}

const MOST_NOTES = 5;

/** What will not be scored. */
export function evaluatorNotes(evaluators: readonly EvaluatorSpec[]): readonly string[] {
  const judges = evaluators.filter(({ kind }) => kind === 'judge' || kind === 'builtin').length;
  const foreign = new Set(
    evaluators
      .flatMap((each) => (each.kind === 'set' ? each.parts : [each]))
      .flatMap((each) => (each.kind === 'foreign' ? [each.type] : [])),
  );
  if (judges) return [`${judges === 1 ? 'One evaluator is a judge' : `${judges} evaluators are judges`}; judges are not scored yet.`];
  if (foreign.size > 0) return [`Not scored here: ${[...foreign].sort().join(', ')}. Each result says why.`];
  return evaluators.length ? [] : ['The prompt has no evaluators: answers are shown, and nothing is scored.'];
}

/** What the limits will cut off, or cannot hold. */
export function budgetNotes(
  { maxCost, maxCalls }: BudgetLimits,
  calls: number,
  before: number,
  worstCost: number | undefined,
): readonly string[] {
  return [
    ...(maxCalls !== undefined && before + calls > maxCalls
      ? [`The budget allows ${count(Math.max(0, maxCalls - before))} of the ${count(calls)} calls.`]
      : []),
    ...(maxCost !== undefined && worstCost === undefined
      ? ['A model has no known price, so the budget in dollars cannot hold for it.']
      : []),
  ];
}

/** A number with thousands separated. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Dollars; small sums with the digits that matter. */
export function money(usd: number): string {
  return `$${usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;
}
