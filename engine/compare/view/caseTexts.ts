import type { CaseTexts, ComparedCase, Comparison } from '../../../protocol/index.ts';
import { UserError } from '../../../safety/index.ts';
import { oneLine } from './figures.ts';
import { prettyOutput } from './prettyOutput.ts';
import { tellingSamples } from './tellingSamples.ts';

/** Which samples are asked for, from 0; those left out are the most telling ones. */
export interface AskedSamples {
  readonly approved?: number;
  readonly fresh?: number;
}

/** The cases of a comparison by id. Throws a UserError for one it does not have. */
export function caseOf({ cases }: Pick<Comparison, 'cases'>, caseId: string): ComparedCase {
  const of = cases.find((one) => one.caseId === caseId);
  if (of) return of;
  throw new UserError('usage', `This comparison has no case “${oneLine(caseId, 80)}”. List its cases with: evenkeel review list.`);
}

/** The samples that are shown: those asked for where they exist, else the most telling ones. */
export function shownSamples(
  of: ComparedCase,
  { reading }: Pick<Comparison, 'reading'>,
  asked: AskedSamples,
): { approved: number; fresh: number } {
  const exists = (at: number | undefined, side: readonly unknown[]): at is number => at !== undefined && side[at] !== undefined;
  const [approved, fresh] = [asked.approved, asked.fresh];
  if (exists(approved, of.approved) && exists(fresh, of.fresh)) return { approved, fresh };
  const telling = tellingSamples(of, reading);
  return { approved: exists(approved, of.approved) ? approved : telling.approved, fresh: exists(fresh, of.fresh) ? fresh : telling.fresh };
}

/** `t-011 · Charged twice for the March invoice`. */
export function caseTitle({ caseId, input }: ComparedCase): string {
  const start = oneLine(input?.text ?? '', LONGEST_INPUT);
  const id = oneLine(caseId, LONGEST_INPUT);
  return start === '' ? id : `${id} · ${start}`;
}

const LONGEST_INPUT = 80;

/** Both sides of cases as texts for native diff editors, one sample a side. */
export function caseTexts(comparison: Comparison, caseIds: readonly string[], asked: AskedSamples): readonly CaseTexts[] {
  return caseIds.map((caseId) => {
    const of = caseOf(comparison, caseId);
    const at = shownSamples(of, comparison, asked);
    const [approved, fresh] = [of.approved[at.approved], of.fresh[at.fresh]].map((sample) => sample && prettyOutput(sample.output));
    const json = [approved, fresh].every((side) => side === undefined || side.language === 'json');
    return {
      caseId,
      title: caseTitle(of),
      language: json ? 'json' : 'plaintext',
      ...(approved ? { approved: approved.text } : {}),
      ...(fresh ? { fresh: fresh.text } : {}),
    };
  });
}
