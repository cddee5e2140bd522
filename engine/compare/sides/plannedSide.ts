import type { FrozenCase, JournalState } from '../../../ledger/index.ts';
import type { Plan } from '../../run/plan.ts';
import { counted, moment } from '../view/figures.ts';
import type { StoredSamples } from './storedSamples.ts';

/** A side that is run, as far as it has to be. */
export interface PlannedSide {
  /** Stored runs whose answers are used again. */
  readonly stored: readonly JournalState[];
  /** The run that asks for the others; undefined where all are there. */
  readonly plan: Plan | undefined;
  readonly notes: readonly string[];
}

/** A side of which every answer is asked for. */
export function askedSide(plan: Plan): PlannedSide {
  return { stored: [], plan, notes: [] };
}

/**
 * A side with the answers that stored runs have; `planRest` plans a run for the cases that are left. `label` is what the side is called, `now`
 * an ISO time.
 */
export async function reusedSide(
  { states, left }: StoredSamples,
  planRest: (cases: readonly FrozenCase[]) => Promise<Plan>,
  { label, now }: { readonly label: string; readonly now: string },
): Promise<PlannedSide> {
  const plan = left.length ? await planRest(left) : undefined;
  return { stored: states, plan, notes: states.length ? [reuseNote(states, left.length, label, now)] : [] };
}

/** `production 1.3.0 is taken from the run of 21 Nov 09:14 UTC; 3 cases are asked.` */
function reuseNote(states: readonly JournalState[], left: number, label: string, now: string): string {
  const runs = states.map(({ header }) => moment(header.startedAt, now));
  const named =
    runs.length > MOST_NAMED
      ? `${runs.slice(0, MOST_NAMED).join(', ')} and ${counted(runs.length - MOST_NAMED, 'older one')}`
      : runs.join(' and ');
  const rest = left === 0 ? 'the same requests, so nothing is asked' : `${counted(left, 'case')} ${left === 1 ? 'is' : 'are'} asked`;
  return `${label} is taken from the ${runs.length === 1 ? 'run' : 'runs'} of ${named}: ${rest}.`;
}

const MOST_NAMED = 2;
