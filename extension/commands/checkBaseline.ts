import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { inDriftPanel } from './driftTarget.ts';

/** Holds fresh samples against the baseline where nothing has changed, to see whether a change is called; asks first, with the cost. */
export function checkBaseline(services: Services): Command {
  return {
    id: COMMANDS.checkBaseline,
    execute: (argument) => inDriftPanel(services, argument, 'Check baseline (A/A)', (session) => session.capture('check')),
  };
}
