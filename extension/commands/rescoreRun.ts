import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { targetOf } from './target.ts';

/** Scores the last run's outputs with the evaluators as they are now; makes no call. */
export function rescoreRun({ sessions, panels }: Services): Command {
  return {
    id: COMMANDS.rescoreRun,
    async execute(argument) {
      const session = await sessions.of(targetOf(argument).uri.toString());
      panels.show(session);
      await session.showStored();
      await session.rescore();
    },
  };
}
