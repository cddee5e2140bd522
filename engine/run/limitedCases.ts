import { type FrozenCase, isAskedOf, type LoadedPrompt } from '../../ledger/index.ts';
import { splitPromptId } from '../../prompts-schema/index.ts';
import { count } from './planNotes.ts';

/** Which models a run calls, and whether somebody named them for this run. */
export interface CalledModels {
  readonly names: readonly string[];
  readonly asked: boolean;
}

/**
 * The cases with what the file says of who answers them: a case for some of the models goes to those, one for none of them is refused, and so
 * is one that cannot be asked as the file means it. Models that somebody names for the run are asked for all.
 */
export function limitedCases(
  cases: readonly FrozenCase[],
  { cases: rows, document, promptId }: Pick<LoadedPrompt, 'cases' | 'document' | 'promptId'>,
  { names, asked }: CalledModels,
): readonly FrozenCase[] {
  const limited = new Map(rows.flatMap((row) => (row.models || row.refused !== undefined ? [[row.id, row] as const] : [])));
  if (limited.size === 0) return cases;
  return cases.map((of) => {
    const row = limited.get(of.id);
    if (!row) return of;
    const refuse = (why: string): FrozenCase => ({
      ...of,
      refused: `${splitPromptId(promptId).file}:${document.lines.lineNumber(row.range.start)}: ${why}`,
    });
    if (row.refused !== undefined) return refuse(row.refused);
    const models = names.filter((name) => isAskedOf(row, name));
    if (asked || models.length === names.length) return of;
    if (models.length > 0) return { ...of, models };
    const wanted = row.models?.length ? row.models.join(', ') : 'a provider that runs do not call';
    return refuse(
      `The file sends this case to ${wanted}, and the run calls ${names.join(', ')}. Name a model with --model to ask it for all cases.`,
    );
  });
}

/** Samples that a run does not plan, because their cases go to other models. */
export function skippedSamples(cases: readonly FrozenCase[], models: readonly string[], repeats: number): number {
  const skipped = (of: FrozenCase): number => (of.models ? models.filter((model) => !isAskedOf(of, model)).length : 0);
  return cases.reduce((sum, of) => sum + skipped(of), 0) * repeats;
}

/** Cases that the run refuses, with their reasons. */
export function refusalNotes(cases: readonly FrozenCase[]): readonly string[] {
  const refused = cases.flatMap((of) => of.refused ?? []);
  if (refused.length === 0) return [];
  const reasons = [...new Set(refused)];
  const more = reasons.length > MOST_REASONS ? [`${count(reasons.length - MOST_REASONS)} more reasons like these.`] : [];
  const head = `${count(refused.length)} of ${count(cases.length)} cases ${refused.length === 1 ? 'is' : 'are'} refused, and the run is incomplete.`;
  return [head, ...reasons.slice(0, MOST_REASONS), ...more];
}

const MOST_REASONS = 5;
