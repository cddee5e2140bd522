import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { KEY_QUESTIONS, pickOwner } from './keyDialogs.ts';

/** Stores a key for one provider at one origin. */
export function setApiKey({ keys }: Services): Command {
  return {
    id: COMMANDS.setApiKey,
    async execute() {
      const owner = await pickOwner(await keys.owners());
      const key = owner && (await KEY_QUESTIONS.enterKey(owner))?.trim();
      if (!owner || !key) return;
      await keys.set(owner, key);
      vscode.window.setStatusBarMessage(`Evenkeel: key for ${owner.provider} kept for ${owner.origin}`, 5000);
    },
  };
}
