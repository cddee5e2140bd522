import { randomUUID } from 'node:crypto';
import type { LoadedPrompt } from '../../ledger/index.ts';
import type { ComparePlan, KeyNeed } from '../../protocol/index.ts';
import type { Plan } from '../run/plan.ts';
import { count, money } from '../run/planNotes.ts';

/** What the plans of one job come to. */
export interface SummaryInput {
  readonly judged: LoadedPrompt;
  readonly plans: readonly Plan[];
  readonly cases: number;
  /** Samples a case, as they are planned for the side that is run. */
  readonly repeats: number;
  /** Calls that may come on top, at the price of the last plan's. */
  readonly atMostMore: number;
  readonly models: readonly string[];
  readonly baseline?: string;
  readonly candidate?: string;
  readonly notes?: readonly string[];
}

/** One summary for all runs of a job, with the questions that its size calls for. */
export function jobSummary(input: SummaryInput): ComparePlan {
  const { judged, plans, atMostMore } = input;
  const summaries = plans.map(({ summary }) => summary);
  const last = summaries.at(-1);
  const share = last && last.calls + last.fromCache > 0 ? atMostMore / (last.calls + last.fromCache) : 0;
  const sum = (of: (one: (typeof summaries)[number]) => number | undefined): number | undefined => {
    let all = 0;
    for (const one of summaries) {
      const value = of(one);
      if (value === undefined) return undefined;
      all += value;
    }
    return all;
  };
  const calls = sum((one) => one.calls) ?? 0;
  const estimatedCost = plans.length ? sum((one) => one.estimatedCost) : 0;
  const worst = sum((one) => one.worstCost);
  const worstCost = worst === undefined ? undefined : worst + (last?.worstCost ?? 0) * share;
  const pricesAsOf = summaries.find((one) => one.pricesAsOf !== undefined)?.pricesAsOf;
  const limits = judged.config.budgets.askAbove;
  const models = input.models.join(', ');
  return {
    planId: randomUUID(),
    promptId: judged.promptId,
    promptName: judged.document.name?.value ?? judged.promptId,
    models: [...input.models],
    cases: input.cases,
    repeats: input.repeats,
    calls,
    fromCache: sum((one) => one.fromCache) ?? 0,
    ...(estimatedCost === undefined ? {} : { estimatedCost }),
    ...(worstCost === undefined ? {} : { worstCost }),
    ...(pricesAsOf === undefined ? {} : { pricesAsOf }),
    askFirst: [
      ...(calls + atMostMore > limits.calls
        ? [`This makes ${count(calls)} calls to ${models}${atMostMore ? `, and up to ${count(atMostMore)} more for suspects` : ''}.`]
        : []),
      ...((worstCost ?? 0) > limits.cost
        ? [`It may cost up to ${money(worstCost ?? 0)}; about ${money(estimatedCost ?? 0)} is likely (prices of ${pricesAsOf}).`]
        : []),
      // The rest of a run may hold calls that were answered and billed before.
      ...plans.flatMap(({ resume, summary }) => (resume?.unknown ? summary.askFirst.slice(-1) : [])),
    ],
    keys: distinctKeys(summaries.flatMap((one) => one.keys)),
    notes: [...new Set([...(input.notes ?? []), ...summaries.flatMap((one) => one.notes)])],
    atMostMore,
    ...(input.baseline === undefined ? {} : { baseline: input.baseline }),
    ...(input.candidate === undefined ? {} : { candidate: input.candidate }),
  };
}

function distinctKeys(keys: readonly KeyNeed[]): KeyNeed[] {
  return [...new Map(keys.map((key) => [`${key.provider}\n${key.origin}`, key])).values()];
}
