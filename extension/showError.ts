import * as vscode from 'vscode';
import { createRedactor, UserError } from '../safety/index.ts';
import { COMMANDS } from './ids.ts';

/** Shows an error of a command: a UserError by its words, anything else as a fault of ours with the way to the log. */
export function showError(error: unknown, log: vscode.LogOutputChannel): void {
  if (error instanceof UserError) {
    if (error.code !== 'cancelled') void vscode.window.showErrorMessage(error.located);
    return;
  }
  logError(error, log);
  void vscode.window.showErrorMessage(`Evenkeel: ${messageOf(error)}`, 'Show Log').then((choice) => {
    if (choice) void vscode.commands.executeCommand(COMMANDS.showLog);
  });
}

/** Writes an error to the log without the keys that it might carry. */
export function logError(error: unknown, log: vscode.LogOutputChannel): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.error(createRedactor().redact(text));
}

function messageOf(error: unknown): string {
  return createRedactor().redact(error instanceof Error ? error.message : String(error));
}
