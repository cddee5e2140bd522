import type { JournalState } from '../../ledger/index.ts';
import { toStoredRun } from '../../ledger/index.ts';
import type { Comparison } from '../../protocol/index.ts';
import type { Plan } from '../run/plan.ts';

/** What runs have cost together: calls, dollars of priced answers, answers without a price. */
export function spentBy(states: readonly JournalState[], ms: number): Comparison['spent'] {
  const totals = states.map((state) => toStoredRun(state).totals);
  const sum = (of: (one: (typeof totals)[number]) => number): number => totals.reduce((all, one) => all + of(one), 0);
  return {
    calls: sum(({ calls }) => calls),
    usd: sum(({ costUsd }) => costUsd),
    unpriced: sum(({ unpriced }) => unpriced),
    ms: Math.round(ms),
  };
}

/** What is left of a budget after some runs; a limit that is used up leaves 0. */
export function leftOf(budget: Plan['budget'], states: readonly JournalState[]): Plan['budget'] {
  const { calls, usd } = spentBy(states, 0);
  const unknown = states.reduce((all, state) => all + toStoredRun(state).totals.unknownCostUsd, 0);
  return {
    ...(budget.maxCalls === undefined ? {} : { maxCalls: Math.max(0, budget.maxCalls - calls) }),
    ...(budget.maxCost === undefined ? {} : { maxCost: Math.max(0, budget.maxCost - usd - unknown) }),
  };
}
