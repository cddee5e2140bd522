import * as vscode from 'vscode';
import { UserError } from '../../safety/index.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { findTarget } from './target.ts';

/** Opens a report file, such as one of the daily check, as a comparison of this folder. */
export function openDriftReport(services: Services): Command {
  return {
    id: COMMANDS.openDriftReport,
    async execute() {
      const { engine, drift } = services;
      const root = await rootFor(services);
      if (root === undefined) return;
      const chosen = await vscode.window.showOpenDialog({ title: 'Open drift report', filters: { 'Drift report': ['json'] } });
      const path = chosen?.[0]?.fsPath;
      if (path === undefined) return;
      const { comparisonId } = await engine.request('openReport', { root, path });
      const { summary } = await engine.request('comparison', { root, comparisonId });
      const listed = (await engine.request('comparisons', { root })).find((listing) => listing.comparisonId === comparisonId);
      const name = { root, comparisonId, promptId: listed?.promptId ?? '', promptName: listed?.promptName ?? summary.title };
      const session = await drift.drifts.ofComparison(name);
      drift.panels.show(session);
      await session.show(comparisonId);
      drift.changed();
    },
  };
}

/** The root of the prompt in the active editor, the only one of the window, or the one that the person picks. */
async function rootFor({ server, drift }: Services): Promise<string | undefined> {
  const target = findTarget(undefined);
  if (target) return (await server.promptInputs(target.uri.toString())).root;
  await drift.overview.refresh();
  const { roots } = drift.overview;
  if (!roots.length) throw new UserError('usage', 'Open the folder first that the report belongs to.');
  return roots.length === 1
    ? roots[0]
    : vscode.window.showQuickPick(roots, { title: 'Open drift report', placeHolder: 'In which folder?' });
}
