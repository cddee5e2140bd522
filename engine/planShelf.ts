import { UserError } from '../safety/index.ts';

/** Plans that were shown and may be started, each once. Those that nobody started are forgotten, oldest first. */
export interface PlanShelf<P> {
  /** Keeps a plan and gives its summary. */
  readonly keep: <S extends { readonly planId: string }>(plan: P & { readonly summary: S }) => S;
  /** Starts a plan with `start`; one that could not be started may be tried again. Throws a UserError where the plan is gone. */
  readonly use: <T>(planId: string, start: (plan: P) => Promise<T>) => Promise<T>;
}

export function createPlanShelf<P>(): PlanShelf<P> {
  const plans = new Map<string, P & { readonly summary: { readonly planId: string } }>();
  return {
    keep: (plan) => {
      if (plans.size >= MOST_PLANS) plans.delete(plans.keys().next().value ?? '');
      plans.set(plan.summary.planId, plan);
      return plan.summary;
    },
    use: async (planId, start) => {
      const plan = plans.get(planId);
      if (!plan) throw new UserError('usage', 'This plan is gone: it was started before, or too many came after it. Plan it again.');
      plans.delete(planId);
      try {
        return await start(plan);
      } catch (error) {
        plans.set(planId, plan);
        throw error;
      }
    },
  };
}

const MOST_PLANS = 50;
