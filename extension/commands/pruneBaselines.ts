import * as vscode from 'vscode';
import { pruneDetail } from '../drift/pruneWords.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { driftSessionOf } from './driftTarget.ts';

/** Removes what of a prompt's baselines fits no case any more; shows it first and asks. */
export function pruneBaselines(services: Services): Command {
  return {
    id: COMMANDS.pruneBaselines,
    async execute(argument) {
      const session = await driftSessionOf(services, argument, 'Prune baselines');
      if (!session) return;
      const { root, promptId, promptName } = session.prompt;
      const detail = pruneDetail(await services.engine.request('baselines', { root, promptId }));
      if (detail === undefined) {
        void vscode.window.showInformationMessage(`Every entry in the baselines of ${promptName} belongs to a case of its dataset.`);
        return;
      }
      const question = `Remove entries that fit no case from the baselines of ${promptName}?`;
      if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, 'Remove')) !== 'Remove') return;
      const { removed } = await services.engine.request('pruneBaselines', { root, promptId });
      const count = removed.reduce((sum, { caseIds }) => sum + caseIds.length, 0);
      vscode.window.setStatusBarMessage(`Evenkeel: removed ${count} ${count === 1 ? 'entry' : 'entries'}`, 5000);
      services.drift.changed();
    },
  };
}
