import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { readHtml } from './htmlText.ts';

/** The answer is HTML and nothing else. */
export const evaluateIsHtml: Evaluate = (_spec, { output: { text } }) => {
  const { fault } = readHtml(text);
  return fault === undefined ? PASSED : failed(`The answer is no HTML: it ${fault}.`, { actual: text });
};
