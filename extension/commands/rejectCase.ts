import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { reviewTarget } from './driftTarget.ts';

/** Says of a case, or of a group, that its change is not wanted, and why; it stays red. */
export function rejectCase(services: Services): Command {
  return { id: COMMANDS.rejectCase, execute: (argument) => reviewTarget(services, argument, 'reject', askReason) };
}

async function askReason(what: string): Promise<string | undefined> {
  const given = await vscode.window.showInputBox({
    title: `Reject the change of ${what}`,
    prompt: 'Why? The reason stands in the review file, for whoever meets this change next.',
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() ? undefined : 'A rejection needs a reason.'),
  });
  return given?.trim();
}
