import type { FileEdit, Finding } from '../../lint/index.ts';

/** A text with mends put in, and what they are called. */
export interface FixedText {
  readonly text: string;
  readonly applied: readonly string[];
}

/** Most rounds of mends: one may make room for another. */
export const MOST_ROUNDS = 10;

/**
 * Puts in the one obvious mend of each finding, as long as it changes this file alone, is not one that a person has to look at, and does
 * not overlap an earlier one of this round. Rounds go on until nothing is left to mend. `find` gives the findings of a text; a round that
 * would leave a text harder to read than before is not taken.
 */
export async function applyFixes(text: string, find: (text: string) => Promise<readonly Finding[]>): Promise<FixedText> {
  let current = { text, findings: await find(text) };
  const applied: string[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { edits, titles } = mendsOf(current.findings);
    if (titles.length === 0) break;
    const changed = edited(current.text, edits);
    const findings = await find(changed);
    if (changed === current.text || unreadable(findings) > unreadable(current.findings)) break;
    current = { text: changed, findings };
    applied.push(...titles);
  }
  return { text: current.text, applied };
}

/** The text with every edit put in; edits do not overlap. */
export function edited(text: string, edits: readonly FileEdit[]): string {
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end)
    .reduce((result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end), text);
}

function mendsOf(findings: readonly Finding[]): { readonly edits: readonly FileEdit[]; readonly titles: readonly string[] } {
  const edits: FileEdit[] = [];
  const titles: string[] = [];
  for (const { code, fixes } of findings) {
    const fix = fixes.find(
      ({ preferred, byHand, create, command, edits: its }) =>
        preferred && !byHand && !create && !command && its.length > 0 && its.every(({ file }) => file === undefined),
    );
    if (!fix || fix.edits.some((edit) => edits.some((other) => overlap(edit, other)))) continue;
    edits.push(...fix.edits);
    titles.push(`${fix.title} (${code})`);
  }
  return { edits, titles };
}

/** Two insertions at one place count as overlapping: their order would be chance. */
function overlap({ range: a }: FileEdit, { range: b }: FileEdit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

function unreadable(findings: readonly Finding[]): number {
  return findings.filter(({ code, severity }) => severity === 'error' && code.startsWith('schema.')).length;
}
