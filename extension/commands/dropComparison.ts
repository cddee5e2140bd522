import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { comparisonOf } from './driftTarget.ts';

/** Forgets a comparison after a question; baselines, reviews and runs stay. */
export function dropComparison(services: Services): Command {
  return {
    id: COMMANDS.dropComparison,
    async execute(argument) {
      const name = await comparisonOf(services, argument, 'Forget comparison');
      if (!name) return;
      const detail = 'Baselines, reviews and the answers of its runs stay. Cases that are not reviewed yet are forgotten.';
      const question = `Forget this comparison of ${name.promptName}?`;
      if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, 'Forget')) !== 'Forget') return;
      const { root, comparisonId } = name;
      await services.engine.request('dropComparison', { root, comparisonId });
      services.drift.changed();
    },
  };
}
