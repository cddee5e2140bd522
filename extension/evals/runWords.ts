import type { CaseSelection, PlanSummary, RunEnd } from '../../protocol/index.ts';
import type { KeyOwner } from './keys.ts';

/** What the panel says after a run that did not come to its end, and what to do next. `missing`, `unknown`: samples without an answer, and of those the ones that were sent. */
export function endNotice(end: RunEnd, message: string | undefined, missing: number, unknown: number): string | undefined {
  const rest = missing ? `Resume calls the model for ${samples(missing)}${unknownPart(unknown)}.` : '';
  const first = FIRST[end];
  return first === undefined ? message : [message ? sentence(message) : first, rest].filter(Boolean).join(' ');
}

/** Sentences to show before a large run; empty when it may start at once. */
export function planQuestions(plan: PlanSummary, limits: { readonly calls: number; readonly cost: number }): string[] {
  if (plan.askFirst.length) return plan.askFirst.map(sentence);
  const cost = plan.estimatedCost ?? 0;
  if (plan.calls <= limits.calls && cost <= limits.cost) return [];
  const price = plan.estimatedCost === undefined ? 'No price is known for this model' : `Estimated cost: $${cost.toFixed(2)}`;
  const worst = plan.worstCost === undefined ? '' : `, at most $${plan.worstCost.toFixed(2)}`;
  return [`This run makes ${count(plan.calls, 'call')}.`, `${price}${worst}.`];
}

/** The question before a resume that would send calls again whose outcome is lost, and the label of the answer that leaves them out. */
export function resumeQuestion(missing: number, unknown: number): { readonly question: string[]; readonly skip: string | undefined } {
  const question = [
    `Resume calls the model for ${samples(missing)}.`,
    `${count(unknown, 'call')} ${unknown === 1 ? 'was' : 'were'} in flight when the run stopped; ${unknown === 1 ? 'it' : 'they'} may have been answered and billed, and would be sent again.`,
  ];
  return { question, skip: missing > unknown ? `Run without ${unknown === 1 ? 'it' : `those ${unknown}`}` : undefined };
}

/** Said beside a run of less than the dataset, so that its figures are not taken for the whole. */
export function selectionNotice(selection: CaseSelection): readonly string[] {
  if (selection.kind === 'all') return [];
  if (selection.kind === 'adHoc') return ['One case with typed inputs; it is not in the dataset.'];
  const [first = '', ...rest] = selection.ids;
  return [
    rest.length ? `Only ${selection.ids.length} cases of the dataset; Run again runs all.` : `Only ${first}; Run again runs every case.`,
  ];
}

/** Said in place of a start without a key that is needed. */
export function noKeyNotice({ provider, origin }: KeyOwner): string {
  return `Not run: there is no key for ${provider} at ${origin}. Set one with “Evenkeel: Set API Key…”.`;
}

const FIRST: Partial<Record<RunEnd, string>> = {
  cancelled: 'Cancelled.',
  budget: 'Stopped before the call that would exceed the budget of this run.',
  failed: 'The run could not go on.',
  interrupted: "The engine's process ended in the middle of the run; everything answered before is kept.",
};

function unknownPart(unknown: number): string {
  return unknown ? `; ${count(unknown, 'call')} ${unknown === 1 ? 'was' : 'were'} in flight and may have been billed` : '';
}

function samples(number: number): string {
  return count(number, 'case');
}

/** `1 call`, `1,200 calls`. */
export function count(number: number, word: string): string {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}

/** With a full stop where it has no end. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
