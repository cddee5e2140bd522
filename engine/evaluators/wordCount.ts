import { isJsonObject, type Json, ownValue } from '../../safety/index.ts';
import { withOperand } from './assertion.ts';
import { asLimit } from './compareNumber.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';
import { quote } from './jsonValues.ts';
import { spacedWords } from './textWords.ts';

/** The answer has so many words, split at white space: a number, or `min` and `max`. */
export const evaluateWordCount: Evaluate = (spec, context) =>
  withOperand(spec, context, ({ value }) => {
    const range = rangeOf(value);
    if (!range) return unscored(`${quote(value)} is neither a number of words nor \`min\` and \`max\`.`);
    const words = spacedWords(context.output.text).length;
    if (words >= range.min && words <= range.max) return PASSED;
    const limit = words < range.min ? `fewer than ${range.min}` : `more than ${range.max}`;
    return failed(`The answer has ${words} ${words === 1 ? 'word' : 'words'}, ${limit}.`, { actual: context.output.text, expected: value });
  });

function rangeOf(value: Json): { readonly min: number; readonly max: number } | undefined {
  const exact = asLimit(value);
  if (exact !== undefined) return { min: exact, max: exact };
  if (!isJsonObject(value)) return undefined;
  const limits = ['min', 'max'].map((key) => asLimit(ownValue(value, key) ?? null));
  const [min, max] = limits;
  if (min === undefined && max === undefined) return undefined;
  return { min: min ?? 0, max: max ?? Number.POSITIVE_INFINITY };
}
