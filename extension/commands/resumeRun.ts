import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { targetOf } from './target.ts';

/** Goes on with a run that stopped before its end. */
export function resumeRun({ sessions, panels }: Services): Command {
  return {
    id: COMMANDS.resumeRun,
    async execute(argument) {
      const session = await sessions.of(targetOf(argument).uri.toString());
      panels.show(session);
      await session.showStored();
      await session.resume();
    },
  };
}
