import type { Range } from '../text/range.ts';

/** A text that git could not merge. */
export interface ConflictSides {
  /** From the first marker to the end of the last. */
  readonly range: Range;
  /** Both sides whole, what git could merge included; undefined where the markers do not fit together. */
  readonly sides: readonly [ours: string, theirs: string] | undefined;
}

/** The sides of a text with conflict markers, of two-way and of three-way style; undefined where there is no marker. */
export function conflictSides(text: string): ConflictSides | undefined {
  if (!MARKER.test(text)) return undefined;
  const [ours, theirs]: [string[], string[]] = [[], []];
  let state: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  let fits = true;
  let offset = 0;
  let [start, end] = [-1, -1];
  for (const line of text.split(/(?<=\n)/)) {
    const marker = MARKER.exec(line)?.[1]?.charAt(0);
    if (marker !== undefined) {
      if (start < 0) start = offset;
      end = offset + line.trimEnd().length;
      const next = NEXT[marker];
      if (next?.from.includes(state)) state = next.to;
      else fits = false;
    } else {
      if (state === 'both' || state === 'ours') ours.push(line);
      if (state === 'both' || state === 'theirs') theirs.push(line);
    }
    offset += line.length;
  }
  return { range: { start, end }, sides: fits && state === 'both' ? [ours.join(''), theirs.join('')] : undefined };
}

/** Lines of ours begin with a letter, a space or `#`, never so. */
const MARKER = /^(<{7}|\|{7}|={7}|>{7})(?:[ \r\n]|$)/m;

const NEXT: Readonly<Record<string, { readonly from: readonly string[]; readonly to: 'both' | 'ours' | 'base' | 'theirs' }>> = {
  '<': { from: ['both'], to: 'ours' },
  '|': { from: ['ours'], to: 'base' },
  '=': { from: ['ours', 'base'], to: 'theirs' },
  '>': { from: ['theirs'], to: 'both' },
};
