import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { inDriftPanel } from './driftTarget.ts';

/** Takes samples of every case and keeps them as approved; asks first, with the cost. */
export function captureBaseline(services: Services): Command {
  return {
    id: COMMANDS.captureBaseline,
    execute: (argument) => inDriftPanel(services, argument, 'Capture baseline', (session) => session.capture('capture')),
  };
}
