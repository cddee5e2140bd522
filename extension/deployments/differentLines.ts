import { diffArrays } from 'diff';

/** Lines of the text now that another text does not have; `gone`: before that line, lines of the other text are missing. */
export interface DifferentLines {
  /** Zero-based, rising. */
  readonly changed: readonly number[];
  readonly gone: readonly number[];
}

/**
 * How the text now differs from the other one, line by line; line ends do not count. Texts that differ in most of their lines are not
 * compared to the end: everything between what they have in common at both ends is then changed.
 */
export function differentLines(other: string, now: string): DifferentLines {
  const before = linesOf(other);
  const after = linesOf(now);
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const middle = { before: before.slice(start, before.length - end), after: after.slice(start, after.length - end) };
  const parts = diffArrays([...middle.before], [...middle.after], { maxEditLength: MOST_EDITS });
  if (!parts) return { changed: middle.after.map((_, at) => start + at), gone: [] };
  const changed: number[] = [];
  const gone: number[] = [];
  let line = start;
  let removed = false;
  for (const { added: isAdded, removed: isRemoved, value } of parts) {
    if (isRemoved) {
      removed = true;
      continue;
    }
    if (isAdded) for (let at = 0; at < value.length; at++) changed.push(line + at);
    else if (removed) gone.push(line);
    removed = false;
    line += value.length;
  }
  if (removed) gone.push(Math.max(0, after.length - end));
  return { changed, gone };
}

/** The cost grows with the square of this: some 50 ms on a small machine. */
const MOST_EDITS = 400;

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
