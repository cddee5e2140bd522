import * as vscode from 'vscode';
import type { Command, Services } from '../services.ts';
import { showError } from '../showError.ts';
import { cancelRun } from './cancelRun.ts';
import { previewPrompt } from './previewPrompt.ts';
import { removeApiKey } from './removeApiKey.ts';
import { rerunFailed } from './rerunFailed.ts';
import { rescoreRun } from './rescoreRun.ts';
import { restartServers } from './restartServers.ts';
import { resumeRun } from './resumeRun.ts';
import { runCase } from './runCase.ts';
import { runEval } from './runEval.ts';
import { runOnce } from './runOnce.ts';
import { setApiKey } from './setApiKey.ts';
import { showEvals } from './showEvals.ts';
import { showLog } from './showLog.ts';

/** Every command of the manifest. */
const COMMANDS: readonly ((services: Services) => Command)[] = [
  runEval,
  runOnce,
  runCase,
  showEvals,
  previewPrompt,
  setApiKey,
  removeApiKey,
  cancelRun,
  rerunFailed,
  resumeRun,
  rescoreRun,
  restartServers,
  showLog,
];

/** Registers all commands; what one of them throws is shown here and nowhere else. */
export function registerCommands(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    ...COMMANDS.map((make) => {
      const { id, execute } = make(services);
      return vscode.commands.registerCommand(id, async (argument?: unknown) => {
        try {
          await execute(argument);
        } catch (error) {
          showError(error, services.log);
        }
      });
    }),
  );
}
