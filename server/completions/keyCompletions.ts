import {
  type CompletionContext,
  childDocs,
  type FieldDoc,
  PARAMETERS,
  PREDICATES,
  type PredicateKind,
  parameterOf,
} from '../../prompts-schema/index.ts';
import { type Suggestion, snippetChoice, snippetText } from './suggestion.ts';

type Child = FieldDoc & { readonly key: string };

/** The keys that may still be written at a place, with what they are for and a start of their value. */
export function keyCompletions(context: CompletionContext, docs: ReadonlyMap<string, FieldDoc>): readonly Suggestion[] {
  const taken = new Set(context.existingKeys);
  return fitting(context, childDocs(context.path, docs))
    .filter(({ key }) => !taken.has(key))
    .map((child) => ({
      label: child.key,
      kind: 'key',
      insert: insertOf(child, context),
      snippet: true,
      detail: child.type + (child.required ? ', required' : ''),
      documentation: child.doc,
      goesOn: GOES_ON.has(child.key),
    }));
}

/** Keys whose values are offered from elsewhere than the schema. */
const GOES_ON: ReadonlySet<string> = new Set(['model', 'modelId']);

function fitting({ path, existingKeys }: CompletionContext, children: readonly Child[]): readonly Child[] {
  const [last, owner] = [path.at(-1), path.at(-2)];
  if (path.length === 1 && (last === 'modelParameters' || last === 'config')) return parameterKeys(children, existingKeys);
  if (path.length === 2 && owner === 'model' && (last === 'options' || last === 'parameters')) return parameterKeys(children, existingKeys);
  if (typeof last === 'number' && (owner === 'evaluators' || owner === 'evenkeel.evaluators')) return evaluatorKeys(children, existingKeys);
  return children;
}

/** One spelling a parameter, the one the file uses already: camelCase or snake_case. */
function parameterKeys(children: readonly Child[], existing: readonly string[]): readonly Child[] {
  const snake = existing.some((key) => key.includes('_'));
  const known = new Set(existing.map((key) => parameterOf(key)?.name));
  const offered = new Set(
    Object.values(PARAMETERS)
      .filter(({ name }) => !known.has(name))
      .map(({ name, spellings }) => (snake ? (spellings.find((spelling) => spelling.includes('_')) ?? name) : name)),
  );
  return children.filter(({ key }) => offered.has(key));
}

/** An evaluator has exactly one check: with one given, only the keys around it are left. */
function evaluatorKeys(children: readonly Child[], existing: readonly string[]): readonly Child[] {
  const isCheck = (key: string): boolean => Object.hasOwn(PREDICATES, key) || key === 'string' || key === 'llm' || key === 'uses';
  const check = existing.find(isCheck);
  const pathFits = check === undefined || (Object.hasOwn(PREDICATES, check) && PREDICATES[check as PredicateKind].takesPath);
  const hasPath = existing.includes('path');
  return children.filter(({ key }) => {
    if (key === 'path') return pathFits;
    if (!isCheck(key)) return true;
    return check === undefined && (!hasPath || (Object.hasOwn(PREDICATES, key) && PREDICATES[key as PredicateKind].takesPath));
  });
}

function insertOf({ key, type, values }: Child, { flow, needsDash }: CompletionContext): string {
  const name = snippetText(key);
  if (values.length > 1) return `${name}: \${1|${values.map(snippetChoice).join(',')}|}`;
  if (values.length === 1) return `${name}: ${snippetText(values[0] ?? '')}`;
  const deeper = needsDash ? '    ' : '  ';
  if (/^list of (?:maps|text)/.test(type)) return flow ? `${name}: [$1]` : `${name}:\n${deeper}- $1`;
  if (type === 'map') return flow ? `${name}: { $1 }` : `${name}:\n${deeper}$1`;
  return `${name}: $1`;
}
