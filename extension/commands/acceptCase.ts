import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { reviewTarget } from './driftTarget.ts';

/** Makes the new answers of a case, or of a group, the approved ones; no model is called. */
export function acceptCase(services: Services): Command {
  return { id: COMMANDS.acceptCase, execute: (argument) => reviewTarget(services, argument, 'accept') };
}
