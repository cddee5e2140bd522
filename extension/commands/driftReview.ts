import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { inDriftPanel } from './driftTarget.ts';

/** Holds new samples of the working copy against the baseline and says what changed; asks first, with the cost. */
export function driftReview(services: Services): Command {
  return {
    id: COMMANDS.driftReview,
    execute: (argument) => inDriftPanel(services, argument, 'Run drift review', (session) => session.compare({ kind: 'review' })),
  };
}
