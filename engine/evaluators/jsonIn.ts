import { type Json, parseJson } from '../../safety/index.ts';

/** The JSON objects and lists that stand in a text, outermost ones, and whether all of the text was looked at. */
export interface FoundJson {
  readonly values: readonly Json[];
  readonly complete: boolean;
}

/** Looks for JSON in prose or behind a Markdown fence. Its work is bounded: a text of brackets alone is given up. */
export function jsonIn(text: string): FoundJson {
  const values: Json[] = [];
  let work = MOST_WORK;
  for (let at = nextOpening(text, 0); at >= 0; ) {
    const end = closingOf(text, at, work);
    work -= (end ?? Math.min(text.length, at + work)) - at;
    if (work <= 0) return { values, complete: false };
    const read = end === undefined ? undefined : parseJson(text.slice(at, end));
    if (read?.ok) values.push(read.value);
    at = nextOpening(text, read?.ok && end !== undefined ? end : at + 1);
  }
  return { values, complete: true };
}

/** Characters that are walked over at most; a plain answer is walked over twice. */
const MOST_WORK = 10_000_000;

function nextOpening(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '{' || text[at] === '[') return at;
  return -1;
}

/** Behind the bracket that closes the one at `start`; brackets in strings do not count. */
function closingOf(text: string, start: number, work: number): number | undefined {
  let depth = 0;
  const last = Math.min(text.length, start + work);
  for (let at = start; at < last; at++) {
    const char = text[at];
    if (char === '"') {
      for (at++; at < last && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
  return undefined;
}
