import * as vscode from 'vscode';
import { UserError } from '../../safety/index.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { NO_ENVIRONMENT } from './liveTarget.ts';
import { manageTrust } from './trust.ts';

/** Asks every source again, due or not. A source that is down is said where it stands: in the view, the lens and the hover. */
export function refreshDeployments({ live }: Services): Command {
  return {
    id: COMMANDS.refreshDeployments,
    async execute() {
      if (!vscode.workspace.isTrusted) return manageTrust();
      await vscode.window.withProgress({ location: { viewId: live.viewId } }, () => live.refresher.refresh('all'));
      if (!live.refresher.roots.length) throw new UserError('configuration', NO_ENVIRONMENT);
    },
  };
}
