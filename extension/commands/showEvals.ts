import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { targetOf } from './target.ts';

/** Shows a prompt's panel with its last run. */
export function showEvals({ sessions, panels }: Services): Command {
  return {
    id: COMMANDS.showEvals,
    async execute(argument) {
      panels.show(await sessions.of(targetOf(argument).uri.toString()));
    },
  };
}
