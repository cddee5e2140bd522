import * as vscode from 'vscode';
import type { Command, Services } from '../services.ts';
import { showError } from '../showError.ts';
import { acceptCase } from './acceptCase.ts';
import { cancelRun } from './cancelRun.ts';
import { captureBaseline } from './captureBaseline.ts';
import { checkBaseline } from './checkBaseline.ts';
import { compareDeployed } from './compareDeployed.ts';
import { compareRelease } from './compareRelease.ts';
import { compareWith } from './compareWith.ts';
import { driftReview } from './driftReview.ts';
import { dropComparison } from './dropComparison.ts';
import { evaluateAgainst } from './evaluateAgainst.ts';
import { exportDriftReport } from './exportDriftReport.ts';
import { knownNoise } from './knownNoise.ts';
import { openCaseDiff } from './openCaseDiff.ts';
import { openDriftReport } from './openDriftReport.ts';
import { openMultiDiff } from './openMultiDiff.ts';
import { previewPrompt } from './previewPrompt.ts';
import { pruneBaselines } from './pruneBaselines.ts';
import { quickCompare } from './quickCompare.ts';
import { refreshDeployments } from './refreshDeployments.ts';
import { rejectCase } from './rejectCase.ts';
import { release } from './release.ts';
import { removeApiKey } from './removeApiKey.ts';
import { repairLock } from './repairLock.ts';
import { rerunFailed } from './rerunFailed.ts';
import { rescoreRun } from './rescoreRun.ts';
import { restartServers } from './restartServers.ts';
import { resumeRun } from './resumeRun.ts';
import { runCase } from './runCase.ts';
import { runEval } from './runEval.ts';
import { runOnce } from './runOnce.ts';
import { setApiKey } from './setApiKey.ts';
import { setDeploymentKey } from './setDeploymentKey.ts';
import { showChange } from './showChange.ts';
import { showDrift } from './showDrift.ts';
import { showEvals } from './showEvals.ts';
import { showHistory } from './showHistory.ts';
import { showLog } from './showLog.ts';
import { sinceItWorked } from './sinceItWorked.ts';
import { topUpBaseline } from './topUpBaseline.ts';
import { undoReview } from './undoReview.ts';

/** Every command of the manifest. */
const COMMANDS: readonly ((services: Services) => Command)[] = [
  runEval,
  runOnce,
  runCase,
  showEvals,
  previewPrompt,
  driftReview,
  quickCompare,
  compareWith,
  showDrift,
  captureBaseline,
  topUpBaseline,
  checkBaseline,
  pruneBaselines,
  acceptCase,
  rejectCase,
  knownNoise,
  undoReview,
  openCaseDiff,
  openMultiDiff,
  openDriftReport,
  exportDriftReport,
  dropComparison,
  compareDeployed,
  compareRelease,
  evaluateAgainst,
  sinceItWorked,
  showHistory,
  showChange,
  release,
  repairLock,
  refreshDeployments,
  setDeploymentKey,
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
