/** What a run may cost at most. */
export interface BudgetLimits {
  /** Dollars. */
  readonly maxCost?: number | undefined;
  readonly maxCalls?: number | undefined;
}

/** A hard limit: a call is sent only when even its worst case fits beside everything spent and everything under way. */
export interface Budget {
  /** Waits while calls under way may still turn out cheaper; false when the call does not fit. A call without a price counts as free. */
  readonly reserve: (worstCost: number | undefined) => Promise<boolean>;
  /** Gives a reservation back for what the call really cost; of unknown outcome it stays at its worst. */
  readonly settle: (worstCost: number | undefined, outcome: { readonly cost: number } | 'unknown') => void;
  /** A reservation whose call was never made. */
  readonly cancel: (worstCost: number | undefined) => void;
  /** Dollars of calls of unknown outcome, at their worst. */
  readonly unknownCost: () => number;
  readonly calls: () => number;
}

/** A budget with what an earlier session of the run has spent already. */
export function createBudget(
  limits: BudgetLimits,
  before: { readonly cost: number; readonly unknownCost: number; readonly calls: number },
): Budget {
  let spent = before.cost + before.unknownCost;
  let unknown = before.unknownCost;
  let reserved = 0;
  let open = 0;
  let calls = before.calls;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const all = waiting;
    waiting = [];
    for (const resume of all) resume();
  };
  const end = (worst: number): void => {
    open--;
    // Sums of fractions drift; with nothing under way the reservation is exactly nothing.
    reserved = open === 0 ? 0 : reserved - worst;
  };
  return {
    reserve: async (worstCost = 0) => {
      for (;;) {
        if (limits.maxCalls !== undefined && calls >= limits.maxCalls) return false;
        if (limits.maxCost === undefined || spent + reserved + worstCost <= limits.maxCost) break;
        if (open === 0) return false;
        await new Promise<void>((resume) => waiting.push(resume));
      }
      calls++;
      open++;
      reserved += worstCost;
      return true;
    },
    settle: (worstCost = 0, outcome) => {
      end(worstCost);
      spent += outcome === 'unknown' ? worstCost : outcome.cost;
      if (outcome === 'unknown') unknown += worstCost;
      wake();
    },
    cancel: (worstCost = 0) => {
      end(worstCost);
      calls--;
      wake();
    },
    unknownCost: () => unknown,
    calls: () => calls,
  };
}
