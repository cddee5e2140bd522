import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { findTarget } from './target.ts';

/** Ends the run, comparison or capture of the prompt in view, else every one that is going. */
export function cancelRun({ sessions, drift }: Services): Command {
  return {
    id: COMMANDS.cancelRun,
    async execute(argument) {
      const target = findTarget(argument);
      const busy = [...sessions.busy(), ...drift.drifts.busy()];
      const own = busy.filter(({ prompt }) => prompt.uri === target?.uri.toString());
      await Promise.all((own.length ? own : busy).map((session) => session.cancel()));
    },
  };
}
