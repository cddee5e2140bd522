import { withText } from './assertion.ts';
import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { quote } from './jsonValues.ts';

/** The answer holds the text, case aside. */
export const evaluateIcontains: Evaluate = (spec, context) =>
  withText(spec, context, (text) =>
    context.output.text.toLowerCase().includes(text.toLowerCase())
      ? PASSED
      : failed(`The answer does not contain ${quote(text)}.`, { actual: context.output.text, expected: text }),
  );
