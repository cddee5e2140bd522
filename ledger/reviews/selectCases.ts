import {
  type ComparedCase,
  type Comparison,
  REVIEWABLE,
  type ReviewAction,
  type ReviewScope,
  type ReviewState,
} from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';

/** The state of a case's review. */
export type StateOf = (of: ComparedCase) => ReviewState;

/**
 * The cases that an action is about, in the comparison's order: those of the scope that a person is asked about, of a group or of the rest only
 * the pending ones. UserError `usage` where the scope names what is not there or asks for what cannot be.
 */
export function selectCases(comparison: Comparison, action: ReviewAction, scope: ReviewScope, stateOf: StateOf): readonly ComparedCase[] {
  const reviewable = comparison.cases.filter(({ label }) => REVIEWABLE.has(label));
  if (scope.kind !== 'cases') {
    const ids = scope.kind === 'group' ? groupOf(comparison, scope.id) : undefined;
    return reviewable.filter(
      (of) => (!ids || ids.has(of.caseId)) && stateOf(of).state === 'pending' && (action !== 'accept' || hasAnswers(of)),
    );
  }
  const wanted = new Set(scope.ids);
  const known = new Set(comparison.cases.map(({ caseId }) => caseId));
  const unknown = scope.ids.filter((id) => !known.has(id));
  if (unknown.length) throw new UserError('usage', `This comparison has no case ${quoted(unknown)}. List its cases to see their ids.`);
  const chosen = reviewable.filter(({ caseId }) => wanted.has(caseId));
  if (action === 'accept') requireAnswers(chosen);
  else requireNotAccepted(chosen, stateOf);
  return chosen;
}

/** What can become a baseline: new answers, or that there shall be none any more. */
function hasAnswers({ label, fresh }: ComparedCase): boolean {
  return label === 'missing' || fresh.length > 0;
}

function requireAnswers(chosen: readonly ComparedCase[]): void {
  const empty = chosen.filter((of) => !hasAnswers(of)).map(({ caseId }) => caseId);
  if (empty.length)
    throw new UserError('usage', `There is no new answer to accept for ${quoted(empty)}: its calls failed. Run the comparison again.`);
}

/** Accepted in this comparison, not in an earlier one of the same change. */
export function isAcceptedHere({ state, carried }: ReviewState): boolean {
  return state === 'accepted' && !carried;
}

/** What was accepted here is in the baseline; saying otherwise of it would not take it out. */
function requireNotAccepted(chosen: readonly ComparedCase[], stateOf: StateOf): void {
  const accepted = chosen.filter((of) => isAcceptedHere(stateOf(of)));
  if (accepted.length)
    throw new UserError(
      'usage',
      `${quoted(accepted.map(({ caseId }) => caseId))} was accepted and is in the baseline now. Undo that first, then decide again.`,
    );
}

function groupOf({ groups }: Comparison, id: string): ReadonlySet<string> {
  const group = groups.find((one) => one.id === id);
  if (!group) throw new UserError('usage', `This comparison has no group "${id.slice(0, 40)}". List its groups to see their ids.`);
  return new Set(group.caseIds);
}

/** Up to three ids, and how many more there are. */
export function quoted(ids: readonly string[]): string {
  const shown = ids.slice(0, 3).map((id) => `"${id.slice(0, 60)}"`);
  return ids.length > 3 ? `${shown.join(', ')} and ${ids.length - 3} more` : shown.join(', ');
}
