import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { targetOf } from './target.ts';

/** Runs every case of a prompt with the editor's text, saved or not, and shows the panel. */
export function runEval({ sessions, panels }: Services): Command {
  return {
    id: COMMANDS.runEval,
    async execute(argument) {
      const session = await sessions.of(targetOf(argument).uri.toString());
      panels.show(session);
      await session.run({ kind: 'all' });
    },
  };
}
