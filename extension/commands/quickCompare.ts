import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { inDriftPanel } from './driftTarget.ts';

/** One new sample a case against the baseline, else against the last run; makes no claim. */
export function quickCompare(services: Services): Command {
  return {
    id: COMMANDS.quickCompare,
    execute: (argument) =>
      inDriftPanel(services, argument, 'Compare with baseline (quick)', (session) => session.compare({ kind: 'quick' })),
  };
}
