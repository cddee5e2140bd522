import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { liveTargetOf } from './liveTarget.ts';

/** Makes a prompt's lock file anew from what of it is sound and from git, and says what could not be kept. */
export function repairLock(services: Services): Command {
  return {
    id: COMMANDS.repairLock,
    async execute(argument) {
      const target = await liveTargetOf(services, argument, 'Repair lock file');
      if (!target) return;
      const { root, promptId } = target;
      const { message } = await services.engine.request('repairLock', { root, promptId });
      void vscode.window.showInformationMessage(message);
      services.live.happened();
    },
  };
}
