import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';

/** Ends both processes; the language server starts at once, the engine at its next use. A run that was going can be resumed. */
export function restartServers({ server, engine }: Services): Command {
  return {
    id: COMMANDS.restartServers,
    async execute() {
      await engine.stop();
      await server.restart();
      vscode.window.setStatusBarMessage('Evenkeel: servers restarted', 3000);
    },
  };
}
