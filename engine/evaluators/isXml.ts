import { withOperand } from './assertion.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';
import { missingElements, requiredElements } from './requiredElements.ts';
import { passOver, readXmlElement } from './xmlElement.ts';

/** The answer is one well-formed XML element and nothing else, with the elements that are required. */
export const evaluateIsXml: Evaluate = (spec, context) =>
  withOperand(spec, context, ({ value }) => {
    const required = requiredElements(value);
    if (!required) return unscored('The required elements are not a list of names.');
    const { text } = context.output;
    const start = behindProlog(text, 0);
    if (/^<!DOCTYPE/i.test(text.slice(start, start + 9))) return unscored('The answer has a document type, and those are not read here.');
    if (text[start] !== '<') return failed('The answer is no XML: it does not begin with an element.', { actual: text });
    const element = readXmlElement(text, start, required);
    if (!element.ok) return failed(`The answer is no XML: it ${element.reason}.`, { actual: text });
    if (behindProlog(text, element.end) < text.length)
      return failed('The answer is no XML: something follows the element.', { actual: text });
    const missing = missingElements(element.found, required);
    return missing.length === 0 ? PASSED : failed(`The XML lacks ${missing.join(', ')}.`, { actual: text });
  });

/** Behind white space, comments and instructions. */
function behindProlog(text: string, from: number): number {
  for (let at = from; ; ) {
    while (at < text.length && /\s/.test(text[at] ?? '')) at++;
    const passed = text.startsWith('<![CDATA[', at) ? undefined : passOver(text, at);
    if (typeof passed !== 'number') return at;
    at = passed;
  }
}
