import { type Catalog, modelNames, type PriceTable, priceWords } from '../../catalog/index.ts';
import { type CompletionContext, type FieldDoc, fieldDoc } from '../../prompts-schema/index.ts';
import type { Suggestion } from './suggestion.ts';

/** What completions of models are made from. */
export interface ModelChoice {
  readonly catalog: Catalog;
  readonly today: string;
  /** The names that a model may begin with. */
  readonly providers: readonly string[];
  /** Undefined where prices are not told. */
  readonly prices: PriceTable | undefined;
}

/** What a value may be: the words of the schema, or models. */
export function valueCompletions(
  { path }: Pick<CompletionContext, 'path'>,
  docs: ReadonlyMap<string, FieldDoc>,
  models: ModelChoice,
): readonly Suggestion[] {
  if (isModelPath(path)) return modelCompletions(models);
  const doc = fieldDoc(path, docs);
  return (doc?.values ?? []).map((value) => ({ label: value, kind: 'value', insert: value, snippet: false }));
}

/** Whether a value at this place names a model: `model`, `model.id`, `defaults.model`, or a judge's `modelId`. */
export function isModelPath(path: readonly (string | number)[]): boolean {
  const key = path.at(-1);
  if (key === 'modelId') return path.includes('evaluators') || path.includes('evenkeel.evaluators');
  if (key === 'id') return path.length === 2 && path[0] === 'model';
  return key === 'model' && (path.length === 1 || path[0] === 'defaults');
}

/** Models in the spelling of promptfoo's providers: `openai:gpt-6-luna`. */
export function promptfooModels(models: ModelChoice): readonly Suggestion[] {
  return modelCompletions(models).flatMap((model) => {
    const slash = model.label.indexOf('/');
    const prefix = PROMPTFOO_PREFIXES.get(model.label.slice(0, slash));
    const name = `${prefix}${model.label.slice(slash + 1)}`;
    return prefix === undefined ? [] : [{ ...model, label: name, insert: name }];
  });
}

const PROMPTFOO_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai:'],
  ['anthropic', 'anthropic:messages:'],
  ['xai', 'xai:'],
  ['sandbox', 'sandbox:'],
]);

/** Whether a value at this place of a promptfoo configuration names a model. */
export function isProviderPath(path: readonly (string | number)[]): boolean {
  const [top, at, key] = path;
  if (top === 'providers' || top === 'targets')
    return path.length === 1 || (typeof at === 'number' && (path.length === 2 || (path.length === 3 && key === 'id')));
  return path.at(-1) === 'provider';
}

/** Steady models first, the newest before the older; those announced to end come last and are struck through. */
function modelCompletions({ today, catalog, providers, prices }: ModelChoice): readonly Suggestion[] {
  const known = new Set(providers);
  return modelNames(today, catalog)
    .filter(({ name }) => known.has(name.slice(0, name.indexOf('/'))))
    .map(({ name, model, detail, deprecated }) => {
      const price = prices?.priceOf(model);
      const told = price ? `${detail} ${priceWords(price)}.` : detail;
      return { label: name, kind: 'model', insert: name, snippet: false, detail: told, deprecated };
    });
}
