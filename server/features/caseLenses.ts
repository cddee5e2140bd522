import type { PromptCase, PromptDocument, Range } from '../../prompts-schema/index.ts';
import type { RunLensArguments } from '../../protocol/index.ts';
import { lensText } from './lensText.ts';

/** A lens that runs what stands at its place. */
export interface CaseLens {
  readonly range: Range;
  readonly title: string;
  readonly about: Pick<RunLensArguments, 'caseId' | 'caseIds'>;
}

/**
 * One lens above each case of the file itself. A test of promptfoo may stand for several cases, which are run together; of several prompts the lens
 * says whose. Nothing where that would be all cases, which the lens of the prompt runs, and nothing in a file of many prompts.
 */
export function caseLenses({ key, tree }: PromptDocument, cases: readonly PromptCase[], prompts: number): readonly CaseLens[] {
  if (prompts > MOST_PROMPTS) return [];
  const inline = cases.filter(({ from, range }) => from === 'inline' && (key === undefined || range.start !== tree?.range.start));
  const whose = prompts > 1 && key !== undefined ? ` · ${lensText(key, LONGEST_NAME)}` : '';
  return [...Map.groupBy(inline, ({ range }) => range.start)].flatMap(([start, rows]): readonly CaseLens[] => {
    const [first, ...more] = rows;
    if (!first || (more.length > 0 && (rows.length === cases.length || rows.length > MOST_CASES))) return [];
    const title = `▶ Run ${more.length > 0 ? `${rows.length} cases` : 'case'}${whose}`;
    const about = more.length > 0 ? { caseIds: rows.map(({ id }) => id) } : { caseId: first.id };
    return [{ range: { start, end: start }, title, about }];
  });
}

/** Beyond this a line would be nothing but lenses. */
const MOST_PROMPTS = 4;
/** What a lens names one by one. */
const MOST_CASES = 200;
const LONGEST_NAME = 30;
