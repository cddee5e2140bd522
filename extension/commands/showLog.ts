import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';

/** Shows the log; no key is ever in it. */
export function showLog({ log }: Services): Command {
  return { id: COMMANDS.showLog, execute: () => log.show(true) };
}
