import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { readHtml } from './htmlText.ts';

/** Somewhere in the answer stands a known HTML element that is closed or needs no end. */
export const evaluateContainsHtml: Evaluate = (_spec, { output: { text } }) =>
  readHtml(text).elements > 0 ? PASSED : failed('The answer holds no HTML element.', { actual: text });
