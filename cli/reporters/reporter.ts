import type { PlanSummary, RunEvent } from '../../protocol/index.ts';

/** Where the runs of one command are told: a terminal, a pipe, or a program. */
export interface EvalReporter {
  readonly plan: (plan: PlanSummary) => void;
  readonly event: (event: RunEvent) => void;
  /** After a prompt's run, or when it could not be run at all. */
  readonly problem: (promptId: string, message: string) => void;
  /** After the last run. */
  readonly end: () => void;
}
