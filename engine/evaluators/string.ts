import { renderTemplate } from '../../prompts-schema/index.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';
import { quote } from './jsonValues.ts';

/** GitHub's string check: the operand is a template over the case; `equals` minds case, the others do not. */
export const evaluateString: Evaluate = (spec, { output, row }) => {
  if (spec.kind !== 'string') return unscored('Not a string check.');
  const { text: operand, missing, tooLarge } = renderTemplate(spec.operand, row);
  if (tooLarge) return unscored('The text to compare with is too large.');
  if (missing.length) return unscored(`The case has no ${missing.join(', ')}.`);
  if (TESTS[spec.operator](output.text, operand)) return PASSED;
  return failed(`The answer ${WORDS[spec.operator]} ${quote(operand)}.`, { actual: output.text, expected: operand });
};

const TESTS = {
  equals: (text: string, operand: string) => text === operand,
  contains: (text: string, operand: string) => text.toLowerCase().includes(operand.toLowerCase()),
  startsWith: (text: string, operand: string) => text.toLowerCase().startsWith(operand.toLowerCase()),
  endsWith: (text: string, operand: string) => text.toLowerCase().endsWith(operand.toLowerCase()),
} as const;

const WORDS = {
  equals: 'is not exactly',
  contains: 'does not contain',
  startsWith: 'does not start with',
  endsWith: 'does not end with',
} as const;
