import type { EvaluatorSpec } from '../../prompts-schema/index.ts';
import { listedTexts, withOperand } from './assertion.ts';
import { type EvaluationContext, failed, PASSED, unscored, type Verdict } from './evaluate.ts';
import { quote } from './jsonValues.ts';

/** What the four checks for several texts share: whether one of them or each of them is in the answer, with or without minding case. */
export function containsTexts(
  spec: EvaluatorSpec,
  context: EvaluationContext,
  { each, minding }: { readonly each: boolean; readonly minding: boolean },
): Verdict {
  return withOperand(spec, context, ({ value }) => {
    const texts = listedTexts(value);
    if (!texts?.length) return unscored(`${quote(value)} holds no texts to look for.`);
    const form = (text: string): string => (minding ? text : text.toLowerCase());
    const answer = form(context.output.text);
    const missing = texts.filter((text) => !answer.includes(form(text)));
    if (each ? missing.length === 0 : missing.length < texts.length) return PASSED;
    const details = { actual: context.output.text, expected: value };
    return failed(
      each
        ? `The answer does not contain ${missing.map(quote).join(', ')}.`
        : `The answer contains none of ${texts.map(quote).join(', ')}.`,
      details,
    );
  });
}
