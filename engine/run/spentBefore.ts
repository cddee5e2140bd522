import type { JournalState } from '../../ledger/index.ts';

/** What a run's earlier sessions spent: dollars, dollars of unknown outcome at their worst, calls. */
export interface Spent {
  readonly cost: number;
  readonly unknownCost: number;
  readonly calls: number;
}

/** Read from the journal; nothing for a run that begins. */
export function spentBefore(state: JournalState | undefined): Spent {
  if (!state) return { cost: 0, unknownCost: 0, calls: 0 };
  let cost = 0;
  let calls = 0;
  for (const sample of state.samples.values()) {
    if (!sample.cachedAt) cost += sample.cost?.usd ?? 0;
    calls += sample.attempts;
  }
  const open = [...state.unsettled.values()];
  return {
    cost,
    unknownCost: (state.lostAttempts?.worstCost ?? 0) + open.reduce((sum, { worstCost }) => sum + worstCost, 0),
    calls: calls + open.reduce((sum, { attempts }) => sum + attempts, 0),
  };
}
