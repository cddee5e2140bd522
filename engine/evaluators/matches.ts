import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';
import { quote, typeWithArticle } from './jsonValues.ts';
import { overValues } from './overValues.ts';

/** The text has a match of a regular expression in RE2 syntax. */
export const evaluateMatches: Evaluate = (spec, context) =>
  overValues(spec, context, 'text', (value, operand, place) => {
    if (typeof operand !== 'string') return unscored('The regular expression is not a text.');
    const regex = context.regex?.compile(operand, typeof value === 'string' ? value.length : 0);
    if (!regex?.ok) return unscored(`The regular expression ${quote(operand)} cannot be used: ${regex?.message ?? 'no engine is loaded'}.`);
    const details = { actual: value, expected: operand };
    if (typeof value !== 'string') return failed(`${place} is ${typeWithArticle(value)}, not a text.`, details);
    return regex.test(value) ? PASSED : failed(`${place} is ${quote(value)}, which does not match ${quote(operand)}.`, details);
  });
