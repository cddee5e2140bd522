import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { fenceNote } from './overValues.ts';

/** The answer is JSON and nothing else: JSON inside a Markdown fence fails, since what reads it next will fail too. */
export const evaluateJson: Evaluate = (_spec, { json, output }) => {
  const read = json();
  return read.ok ? PASSED : failed(`The answer is not JSON: ${read.message}.${fenceNote(output.text)}`, { actual: output.text });
};
