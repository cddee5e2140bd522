import type { EvaluatorSpec } from '../../prompts-schema/index.ts';
import { asLimit } from './compareNumber.ts';
import { type EvaluationContext, failed, PASSED, unscored, type Verdict } from './evaluate.ts';
import { readOperand } from './operand.ts';
import { isPredicate } from './overValues.ts';

/** What `maxLatencyMs`, `maxCost` and `maxOutputTokens` share: a figure of the call that must not be above a limit. */
export function atMost(
  spec: EvaluatorSpec,
  context: EvaluationContext,
  figure: { readonly value: number | undefined; readonly absent: string; readonly say: (value: number) => string },
): Verdict {
  if (!isPredicate(spec)) return unscored('This evaluator has no limit.');
  const operand = readOperand(spec.operand, context);
  if (!operand.ok) return unscored(operand.reason);
  const limit = asLimit(operand.value);
  if (limit === undefined) return unscored('The limit is not a number.');
  if (figure.value === undefined) return unscored(figure.absent);
  if (figure.value <= limit) return PASSED;
  return failed(`${figure.say(figure.value)}, which is above ${figure.say(limit)}.`, { actual: figure.value, expected: limit });
}
