/** Every name that package.json's manifest and the code share, as literals: a check compares the two, both ways. */

export const COMMANDS = {
  runEval: 'evenkeel.runEval',
  runOnce: 'evenkeel.runOnce',
  runCase: 'evenkeel.runCase',
  showEvals: 'evenkeel.showEvals',
  previewPrompt: 'evenkeel.previewPrompt',
  setApiKey: 'evenkeel.setApiKey',
  removeApiKey: 'evenkeel.removeApiKey',
  cancelRun: 'evenkeel.cancelRun',
  rerunFailed: 'evenkeel.rerunFailed',
  resumeRun: 'evenkeel.resumeRun',
  rescoreRun: 'evenkeel.rescoreRun',
  restartServers: 'evenkeel.restartServers',
  showLog: 'evenkeel.showLog',
} as const;

/** Types of webview panels; VS Code starts the extension to restore one (`onWebviewPanel:` in activationEvents). */
export const VIEWS = { evals: 'evenkeel.evals' } as const;

export const CONTEXT_KEYS = {
  /** A run is going. */
  running: 'evenkeel.running',
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
  codeLensEnabled: 'evenkeel.codeLens.enabled',
} as const;

/** Scheme of the read-only documents that show a rendered prompt. */
export const PREVIEW_SCHEME = 'evenkeel-preview';
