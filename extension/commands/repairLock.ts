import * as vscode from 'vscode';
import { isPromptFile } from '../client/documents.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { liveTargetOf } from './liveTarget.ts';

/** Makes a prompt's lock file anew from what of it is sound and from git, and says what could not be kept. */
export function repairLock(services: Services): Command {
  return {
    id: COMMANDS.repairLock,
    async execute(argument) {
      const target = await liveTargetOf(services, argument ?? promptOfOpenLock(), 'Repair lock file');
      if (!target) return;
      const { root, promptId } = target;
      const { message } = await services.engine.request('repairLock', { root, promptId });
      void vscode.window.showInformationMessage(message);
      services.live.happened();
    },
  };
}

/** The prompt whose lock file is in the active editor, as after a merge that left it in conflict. */
function promptOfOpenLock(): { readonly uri: string } | undefined {
  const open = vscode.window.activeTextEditor?.document.uri.toString();
  const prompt = open?.replace(/\.lock$/, '');
  return prompt !== undefined && prompt !== open && isPromptFile(prompt) ? { uri: prompt } : undefined;
}
