import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { inDriftPanel } from './driftTarget.ts';

/** Takes samples for cases that hold fewer than wanted, or none; asks first, with the cost. */
export function topUpBaseline(services: Services): Command {
  return {
    id: COMMANDS.topUpBaseline,
    execute: (argument) => inDriftPanel(services, argument, 'Top up baseline', (session) => session.capture('topUp')),
  };
}
