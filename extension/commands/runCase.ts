import { UserError } from '../../safety/index.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { targetOf } from './target.ts';

/** Runs the case that a lens names, or the few. */
export function runCase({ sessions, panels }: Services): Command {
  return {
    id: COMMANDS.runCase,
    async execute(argument) {
      const { uri, caseIds } = targetOf(argument);
      if (caseIds.length === 0) throw new UserError('usage', 'Use “Run case” above a case in the prompt file.');
      const session = await sessions.of(uri.toString());
      panels.show(session);
      await session.run({ kind: 'ids', ids: [...caseIds] });
    },
  };
}
