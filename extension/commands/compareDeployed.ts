import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { environmentOf, liveTargetOf } from './liveTarget.ts';

/** Shows what runs in an environment against the prompt as it is in the editor. */
export function compareDeployed(services: Services): Command {
  return {
    id: COMMANDS.compareDeployed,
    async execute(argument) {
      const target = await liveTargetOf(services, argument, TITLE);
      const environment = target && (await environmentOf(services, target, TITLE));
      if (target && environment !== undefined) await services.live.documents.compareWithFile(target, { kind: 'environment', environment });
    },
  };
}

const TITLE = 'Compare with what is deployed';
