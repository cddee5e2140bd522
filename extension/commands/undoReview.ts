import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { comparisonOf } from './driftTarget.ts';

/** Takes the last accept, reject or known noise of a comparison back. */
export function undoReview(services: Services): Command {
  return {
    id: COMMANDS.undoReview,
    async execute(argument) {
      const name = await comparisonOf(services, argument, 'Undo last review action');
      if (!name) return;
      const { root, comparisonId } = name;
      const { message } = await services.engine.request('undoReview', { root, comparisonId });
      vscode.window.setStatusBarMessage(`Evenkeel: ${message}`, 5000);
      services.drift.changed();
    },
  };
}
