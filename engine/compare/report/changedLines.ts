import type { ChangesView } from '../../../protocol/index.ts';
import { count, counted } from '../view/figures.ts';

/** A line of a diff as text reports print it, its sign before it. */
export interface DiffLine {
  readonly side: 'both' | 'old' | 'new' | 'rest';
  readonly text: string;
}

/** The lines of a changed file as `diff -u` has them, at most `most`; one more says how many are left out. Texts are as the file has them. */
export function changedLines({ hunks, cut = 0 }: ChangesView['files'][number], most: number): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let left = cut;
  for (const hunk of hunks) {
    const shown = hunk.slice(0, Math.max(0, most - lines.length));
    left += hunk.length - shown.length;
    if (shown[0]) lines.push({ side: 'rest', text: `@@ line ${count(shown[0].line)}` });
    for (const { side, segments } of shown) lines.push({ side, text: `${SIGNS[side]}${segments.map(({ text }) => text).join('')}` });
  }
  if (left > 0) lines.push({ side: 'rest', text: `… ${counted(left, 'more line')}` });
  return lines;
}

const SIGNS = { both: ' ', old: '-', new: '+' } as const;
