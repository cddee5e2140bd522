import * as vscode from 'vscode';

/** Opens VS Code's own page of Workspace Trust. */
export async function manageTrust(): Promise<void> {
  await vscode.commands.executeCommand('workbench.trust.manage');
}
