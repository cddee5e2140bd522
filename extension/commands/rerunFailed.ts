import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { targetOf } from './target.ts';

/** Runs the cases again that failed or had no answer in the last run. */
export function rerunFailed({ sessions, panels }: Services): Command {
  return {
    id: COMMANDS.rerunFailed,
    async execute(argument) {
      const session = await sessions.of(targetOf(argument).uri.toString());
      panels.show(session);
      await session.showStored();
      await session.rerunFailed();
    },
  };
}
