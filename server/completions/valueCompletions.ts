import { modelNames } from '../../catalog/index.ts';
import { type CompletionContext, type FieldDoc, fieldDoc } from '../../prompts-schema/index.ts';
import type { Suggestion } from './suggestion.ts';

/** What a value may be: the words of the schema, or models. `providers` are the names that a model may begin with. */
export function valueCompletions(
  { path }: CompletionContext,
  docs: ReadonlyMap<string, FieldDoc>,
  today: string,
  providers: readonly string[],
): readonly Suggestion[] {
  if (isModelPath(path)) return modelCompletions(today, providers);
  const doc = fieldDoc(path, docs);
  return (doc?.values ?? []).map((value) => ({ label: value, kind: 'value', insert: value, snippet: false }));
}

function isModelPath(path: readonly (string | number)[]): boolean {
  const key = path.at(-1);
  return (key === 'model' && (path.length === 1 || path[0] === 'defaults')) || (key === 'modelId' && path[0] === 'evaluators');
}

/** Steady models first, the newest before the older; those announced to end come last and are struck through. */
function modelCompletions(today: string, providers: readonly string[]): readonly Suggestion[] {
  const known = new Set(providers);
  return modelNames(today)
    .filter(({ name }) => known.has(name.slice(0, name.indexOf('/'))))
    .map(({ name, detail, deprecated }) => ({ label: name, kind: 'model', insert: name, snippet: false, detail, deprecated }));
}
