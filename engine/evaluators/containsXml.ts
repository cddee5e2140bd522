import { withOperand } from './assertion.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';
import { missingElements, requiredElements } from './requiredElements.ts';
import { readXmlElement } from './xmlElement.ts';

/** Characters that tries at an element may walk over. */
const MOST_WORK = 4_000_000;

/** Somewhere in the answer stands a well-formed XML element, with the elements that are required. */
export const evaluateContainsXml: Evaluate = (spec, context) =>
  withOperand(spec, context, ({ value }) => {
    const required = requiredElements(value);
    if (!required) return unscored('The required elements are not a list of names.');
    const { text } = context.output;
    let missing: readonly string[] | undefined;
    let work = 0;
    for (let at = text.indexOf('<'); at >= 0; ) {
      if (!/[\p{L}_:]/u.test(text[at + 1] ?? '')) {
        at = text.indexOf('<', at + 1);
        continue;
      }
      if (work > MOST_WORK) return unscored('The answer has too many tags to look for XML in it.');
      const element = readXmlElement(text, at, required);
      work += (element.ok ? element.end : element.at) - at;
      if (element.ok) {
        const lacks = missingElements(element.found, required);
        if (lacks.length === 0) return PASSED;
        missing ??= lacks;
      }
      at = text.indexOf('<', element.ok ? element.end : at + 1);
    }
    return failed(missing ? `The XML in the answer lacks ${missing.join(', ')}.` : 'The answer holds no well-formed XML element.', {
      actual: text,
    });
  });
