/** Every name that package.json's manifest and the code share, as literals: a check compares the two, both ways. */

export const COMMANDS = {
  runEval: 'evenkeel.runEval',
  runOnce: 'evenkeel.runOnce',
  runCase: 'evenkeel.runCase',
  showEvals: 'evenkeel.showEvals',
  previewPrompt: 'evenkeel.previewPrompt',
  driftReview: 'evenkeel.driftReview',
  quickCompare: 'evenkeel.quickCompare',
  compareWith: 'evenkeel.compareWith',
  showDrift: 'evenkeel.showDrift',
  captureBaseline: 'evenkeel.captureBaseline',
  topUpBaseline: 'evenkeel.topUpBaseline',
  checkBaseline: 'evenkeel.checkBaseline',
  pruneBaselines: 'evenkeel.pruneBaselines',
  acceptCase: 'evenkeel.acceptCase',
  rejectCase: 'evenkeel.rejectCase',
  knownNoise: 'evenkeel.knownNoise',
  undoReview: 'evenkeel.undoReview',
  openCaseDiff: 'evenkeel.openCaseDiff',
  openMultiDiff: 'evenkeel.openMultiDiff',
  openDriftReport: 'evenkeel.openDriftReport',
  exportDriftReport: 'evenkeel.exportDriftReport',
  dropComparison: 'evenkeel.dropComparison',
  compareDeployed: 'evenkeel.compareDeployed',
  compareRelease: 'evenkeel.compareRelease',
  evaluateAgainst: 'evenkeel.evaluateAgainst',
  sinceItWorked: 'evenkeel.sinceItWorked',
  showHistory: 'evenkeel.showHistory',
  showChange: 'evenkeel.showChange',
  release: 'evenkeel.release',
  repairLock: 'evenkeel.repairLock',
  refreshDeployments: 'evenkeel.refreshDeployments',
  setDeploymentKey: 'evenkeel.setDeploymentKey',
  setApiKey: 'evenkeel.setApiKey',
  removeApiKey: 'evenkeel.removeApiKey',
  cancelRun: 'evenkeel.cancelRun',
  rerunFailed: 'evenkeel.rerunFailed',
  resumeRun: 'evenkeel.resumeRun',
  rescoreRun: 'evenkeel.rescoreRun',
  restartServers: 'evenkeel.restartServers',
  showLog: 'evenkeel.showLog',
} as const;

/**
 * Types of webview panels, for one of which VS Code starts the extension to restore it (`onWebviewPanel:` in activationEvents), and the
 * trees of comparisons, of deployments and of a prompt's history.
 */
export const VIEWS = {
  evals: 'evenkeel.evals',
  drift: 'evenkeel.drift',
  comparisons: 'evenkeel.comparisons',
  deployments: 'evenkeel.deployments',
  history: 'evenkeel.history',
} as const;

export const CONTEXT_KEYS = {
  /** A run, a comparison or a capture is going. */
  running: 'evenkeel.running',
  /** An evenkeel.yml of the window names environments. */
  hasEnvironments: 'evenkeel.hasEnvironments',
} as const;

/** The section that settings stand under, and each of them. */
export const SETTINGS_SECTION = 'evenkeel';
export const SETTINGS = {
  rules: 'evenkeel.rules',
  evalConcurrency: 'evenkeel.eval.concurrency',
  evalCache: 'evenkeel.eval.cache',
  evalSeed: 'evenkeel.eval.seed',
  evalAskAboveCalls: 'evenkeel.eval.askAboveCalls',
  evalAskAboveCost: 'evenkeel.eval.askAboveCost',
  sandboxUrl: 'evenkeel.sandbox.url',
  deploymentsDecorations: 'evenkeel.deployments.decorations',
  codeLensEnabled: 'evenkeel.codeLens.enabled',
} as const;

/** Scheme of the read-only documents that show a rendered prompt. */
export const PREVIEW_SCHEME = 'evenkeel-preview';
/** Scheme of the read-only documents that show one side of a compared case. */
export const DRIFT_SCHEME = 'evenkeel-drift';
/** Scheme of the read-only documents that show a prompt at a point of its history, or as it is deployed. */
export const PROMPT_SCHEME = 'evenkeel-prompt';
