/** A stretch of a text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** The words about a place in a text. */
export interface Surroundings {
  /** Its label: what stands before it on its line and in its sentence, else the line or the table's head above. */
  readonly before: string;
  /** What follows on its line, up to a stop or the next value; '' when that is another value's label. */
  readonly after: string;
}

/** Reads the words about a place; `others` are values of the same sort in order (the place itself may be one), which end each other's surroundings. */
export function surroundings(text: string, place: Place, others: readonly Place[]): Surroundings {
  const lineStart = text.lastIndexOf('\n', place.start - 1) + 1;
  const at = firstAt(others, place.start);
  const previous = others[at - 1]?.end ?? 0;
  const next = others.at(at)?.start === place.start ? others[at + 1] : others[at];
  const from = Math.max(lineStart, place.start - REACH, previous <= place.start ? previous : 0);
  const before = afterLastStop(text.slice(from, place.start));
  const newline = text.indexOf('\n', place.end);
  const lineEnd = newline < 0 ? text.length : newline;
  const followed = next !== undefined && next.start < Math.min(lineEnd, place.end + REACH);
  const tail = followed ? '' : text.slice(place.end, Math.min(lineEnd, place.end + 32));
  const after = /[:=]/.test(tail) ? '' : (tail.split(/[.;!?\n]/)[0] ?? '');
  if (/\p{L}/u.test(before.replace(/\S*\d\S*/g, '')) || (/\p{L}/u.test(after) && from === lineStart)) return { before, after };
  return { before: above(text, lineStart, Math.min(lineEnd, place.end + 300), place.start), after };
}

/** Index of the first place that starts at or behind an offset; places are in order. */
function firstAt(places: readonly Place[], offset: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const REACH = 80;

/** The part of a text behind the last stop that ends a sentence rather than an abbreviation or a day. */
function afterLastStop(text: string): string {
  let from = 0;
  for (const match of text.matchAll(/(\p{L}{4,}|\d{4}|\))[.!?;](?=\s)/gu))
    if (!/(?:nr|num|ref|fakt|incl|excl|inkl|exkl)$/i.test(match[1] ?? '')) from = match.index + match[0].length;
  return text.slice(from);
}

/** The words above a value that has none on its line: the cell over it when both lines have as many cells, else the whole short line. */
function above(text: string, lineStart: number, lineEnd: number, at: number): string {
  if (at - lineStart > 300) return '';
  const lines = text
    .slice(Math.max(0, lineStart - 300), lineStart)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const head = lines.at(-1) ?? '';
  const cells = (line: string) => line.split(CELL).filter((cell) => cell.trim() !== '');
  const heads = cells(head);
  if (heads.length > 1 && heads.length === cells(text.slice(lineStart, lineEnd)).length)
    return heads[Math.max(0, cells(`${text.slice(lineStart, at)}x`).length - 1)] ?? '';
  return head.length <= 48 ? head : '';
}

const CELL = /\t+|[ \u00a0]{2,}|\s*\|\s*/;
