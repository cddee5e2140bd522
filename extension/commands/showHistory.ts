import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { liveTargetOf } from './liveTarget.ts';

/** Shows what has happened to a prompt: edits, releases, deployments, evals, reviews. */
export function showHistory(services: Services): Command {
  return {
    id: COMMANDS.showHistory,
    async execute(argument) {
      const target = await liveTargetOf(services, argument, 'Show history');
      if (target) await services.live.history.show(target.uri);
    },
  };
}
