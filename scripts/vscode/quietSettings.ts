/** User settings that keep a window quiet and repeatable: no welcome, no updates, no telemetry, no chat, no autosave. */
export const QUIET_SETTINGS: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden', // no chat view beside the editor
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.colorTheme': 'Light Modern',
  'window.autoDetectColorScheme': false,
  'window.commandCenter': false,
  'files.autoSave': 'off', // the web's default is afterDelay, the desktop's is off
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'terminal.integrated.initialHint': false,
  // No chat view and no agent host process. vscode.lm still works with providers of one's own.
  'chat.disableAIFeatures': true,
};
