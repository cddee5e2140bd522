import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { pickStoredOwner } from './keyDialogs.ts';

/** Forgets a stored key. */
export function removeApiKey({ keys }: Services): Command {
  return {
    id: COMMANDS.removeApiKey,
    async execute() {
      const stored = await keys.owners();
      if (!stored.length) {
        void vscode.window.showInformationMessage('Evenkeel keeps no key.');
        return;
      }
      const owner = await pickStoredOwner(stored);
      if (!owner) return;
      await keys.remove(owner);
      vscode.window.setStatusBarMessage(`Evenkeel: key for ${owner.provider} at ${owner.origin} removed`, 5000);
    },
  };
}
