import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { targetOf } from './target.ts';

/** Shows the messages as they would be sent, for the first case or the one a lens names; makes no call. */
export function previewPrompt({ previews }: Services): Command {
  return {
    id: COMMANDS.previewPrompt,
    async execute(argument) {
      const { uri, caseIds } = targetOf(argument);
      await previews.show(uri, caseIds[0]);
    },
  };
}
