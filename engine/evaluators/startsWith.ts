import { withText } from './assertion.ts';
import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { quote } from './jsonValues.ts';

/** The answer begins with the text. Case counts. */
export const evaluateStartsWith: Evaluate = (spec, context) =>
  withText(spec, context, (text) =>
    context.output.text.startsWith(text)
      ? PASSED
      : failed(`The answer does not start with ${quote(text)}.`, { actual: context.output.text, expected: text }),
  );
