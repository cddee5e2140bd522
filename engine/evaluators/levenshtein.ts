import { withText } from './assertion.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';

const DEFAULT_MOST = 5;

/** Steps that a comparison may take: two texts of 5,000 characters that have nothing in common. */
const MOST_STEPS = 25_000_000;

/** At most `threshold` edits (characters put in, left out or replaced; UTF-16 units) lie between the answer and the text. */
export const evaluateLevenshtein: Evaluate = (spec, context) =>
  withText(spec, context, (text, threshold = DEFAULT_MOST) => {
    const answer = context.output.text;
    const most = Math.floor(threshold);
    if (most < 0) return failed('No two texts lie fewer than 0 edits apart.', { actual: answer, expected: text });
    const limit = Math.min(most, Math.max(answer.length, text.length));
    if ((2 * limit + 1) * Math.min(answer.length, text.length) > MOST_STEPS)
      return unscored('The texts are too long to count the edits between them.');
    return isWithin(answer, text, limit)
      ? PASSED
      : failed(`More than ${most} edits lie between the answer and the text.`, { actual: answer, expected: text });
  });

/** Whether two texts lie at most so many edits apart: the rows of the table of distances, as far as they are within the limit. */
function isWithin(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  const far = limit + 1;
  let above = Int32Array.from({ length: b.length + 1 }, (_, at) => Math.min(at, far));
  for (let row = 1; row <= a.length; row++) {
    const current = new Int32Array(b.length + 1).fill(far);
    const [from, to] = [Math.max(0, row - limit), Math.min(b.length, row + limit)];
    if (from === 0) current[0] = Math.min(row, far);
    let least = current[0] ?? far;
    for (let column = Math.max(1, from); column <= to; column++) {
      const replaced = (above[column - 1] ?? far) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const distance = Math.min(replaced, (above[column] ?? far) + 1, (current[column - 1] ?? far) + 1, far);
      current[column] = distance;
      least = Math.min(least, distance);
    }
    if (least > limit) return false;
    above = current;
  }
  return (above[b.length] ?? far) <= limit;
}
