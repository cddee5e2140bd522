import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { notJson } from './overValues.ts';

/** The answer is JSON and nothing else: JSON inside a Markdown fence fails, since what reads it next will fail too. */
export const evaluateJson: Evaluate = (_spec, { json, output }) => {
  const read = json();
  return read.ok ? PASSED : failed(notJson(output.text, read.message), { actual: output.text });
};
