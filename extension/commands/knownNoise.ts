import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { reviewTarget } from './driftTarget.ts';

/** Says of a case, or of a group, that its change is noise; the approved answers stay. */
export function knownNoise(services: Services): Command {
  return { id: COMMANDS.knownNoise, execute: (argument) => reviewTarget(services, argument, 'knownNoise') };
}
