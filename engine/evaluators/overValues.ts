import { type EvaluatorSpec, isPredicateKind, type PredicateEvaluator, selectPath } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';
import { type EvaluationContext, failed, PASSED, unscored, type Verdict } from './evaluate.ts';
import { readOperand } from './operand.ts';

/** How a predicate without a path reads the answer: as its text, as JSON where it is JSON, or as text where the operand is text. */
export type WithoutPath = 'text' | 'json' | 'likeOperand';

type Check = (value: Json, operand: Json, place: string, spec: PredicateEvaluator) => Verdict;

/**
 * Runs a value predicate: reads its operand, selects the values, and asks `check` of each; the first that does not pass is the verdict.
 * A path into an answer that is not JSON fails; `$` alone falls back to the trimmed text; a path that selects nothing fails.
 */
export function overValues(spec: EvaluatorSpec, context: EvaluationContext, withoutPath: WithoutPath, check: Check): Verdict {
  if (!isPredicate(spec)) return unscored('This evaluator has no value to compare with.');
  const operand = readOperand(spec.operand, context);
  if (!operand.ok) return unscored(operand.reason);
  const selected = selectValues(spec, context, withoutPath, operand.value);
  if ('status' in selected) return selected;
  for (const value of selected.values) {
    const verdict = check(value, operand.value, selected.place, spec);
    if (verdict.status !== 'passed') return verdict;
  }
  return PASSED;
}

/** Whether the evaluator is a predicate with an operand, not of a kind that only other formats have. */
export function isPredicate(spec: EvaluatorSpec): spec is EvaluatorSpec & PredicateEvaluator {
  return isPredicateKind(spec.kind);
}

function selectValues(
  { path, kind }: PredicateEvaluator,
  context: EvaluationContext,
  withoutPath: WithoutPath,
  operand: Json,
): { readonly values: readonly Json[]; readonly place: string } | Verdict {
  const { text } = context.output;
  if (!path) {
    const asText = withoutPath === 'text' || (withoutPath === 'likeOperand' && isText(operand, kind));
    const json = asText ? undefined : context.json();
    return { values: [json?.ok ? json.value : text], place: 'the answer' };
  }
  const json = context.json();
  if (!json.ok) {
    if (path.steps.length === 0) return { values: [text.trim()], place: 'the answer' };
    return failed(
      `The answer is not JSON, so it has no ${path.text}.${isFenced(text) ? ' It is wrapped in a Markdown code fence (```).' : ''}`,
      { actual: text },
    );
  }
  const values = selectPath(json.value, path);
  if (values.length === 0) return failed(`${path.text} is missing.`, { actual: json.value });
  return { values, place: path.steps.length ? path.text : 'the answer' };
}

/** Why a text is not JSON, in one line; a Markdown fence around it, the usual reason, is named. */
export function notJson(text: string, message: string): string {
  return isFenced(text)
    ? 'The answer is not JSON: it is wrapped in a Markdown code fence (```).'
    : `The answer is not JSON: ${message.replace(/\s+/g, ' ')}.`;
}

function isFenced(text: string): boolean {
  return /^\s*```/.test(text);
}

/** A list is compared as JSON, save where it is one of values to choose from. */
function isText(operand: Json, kind: PredicateEvaluator['kind']): boolean {
  return (
    typeof operand === 'string' || (kind === 'oneOf' && Array.isArray(operand) && operand.some((item: Json) => typeof item === 'string'))
  );
}
