import type { RunListing, RunStore } from '../../ledger/index.ts';
import type { Plan, PlanContext } from '../run/plan.ts';
import { planResume } from '../run/resume.ts';

/** How long answers of a comparison or a capture that did not end are taken up. */
const TAKEN_UP_MS = 24 * 60 * 60 * 1000;

/**
 * The plan, or the rest of a run that began as exactly this one and did not end: the process died, it was cancelled, or a budget ended it.
 * What was paid for is not asked again.
 */
export async function takeUp(plan: Plan, store: RunStore, context: PlanContext, sandboxUrl: string | undefined): Promise<Plan> {
  const runs = await store.list(plan.header.promptId);
  const found = runs.find((run) => isRestOf(run, plan, context.date().getTime()));
  if (!found) return plan;
  const { runId, startedAt } = found.header;
  const request = { runId, sendUnknown: true, budget: plan.budget, ...(sandboxUrl === undefined ? {} : { sandboxUrl }) };
  const rest = await planResume(request, store, context);
  const there = plan.cases.length * plan.header.repeats - found.missing;
  const note = `${there.toLocaleString('en-US')} answers of ${startedAt.slice(0, 16).replace('T', ' ')} UTC are there already; only what is missing is asked.`;
  return { ...rest, summary: { ...rest.summary, notes: [note, ...rest.summary.notes] } };
}

function isRestOf({ header, end, missing }: RunListing, { header: wanted }: Plan, now: number): boolean {
  if (header.purpose !== wanted.purpose || end === 'finished' || missing === 0) return false;
  if (!(now - Date.parse(header.startedAt) < TAKEN_UP_MS)) return false;
  const same = (of: (one: Plan['header']) => unknown): boolean => JSON.stringify(of(header)) === JSON.stringify(of(wanted));
  return same(({ fingerprint, models, seed, repeats, cases, selection, dataset, origins }) => [
    fingerprint,
    models,
    seed,
    repeats,
    cases,
    selection,
    dataset?.fingerprint ?? null,
    origins,
  ]);
}
