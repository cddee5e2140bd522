import * as vscode from 'vscode';
import type { LocateParams } from '../protocol/index.ts';
import { UserError } from '../safety/index.ts';
import type { ServerClient } from './client/serverClient.ts';
import type { SessionPrompt } from './evals/sessionWorld.ts';

/** Shows where a case or an evaluator of a prompt is written. */
export async function goTo(server: ServerClient, { uri, promptId }: SessionPrompt, target: LocateParams['target']): Promise<void> {
  const found = await server.locate({ uri, target });
  const what = target.kind === 'case' ? `Case ${target.caseId}` : 'This evaluator';
  if (!found) throw new UserError('usage', `${what} is not in ${promptId} or its dataset any more.`);
  await revealLine(await vscode.workspace.openTextDocument(vscode.Uri.parse(found.uri)), found.line);
}

/** Shows a line in the editor group where the file is open already, else in the first one, not over the panel. */
export async function revealLine(document: vscode.TextDocument, line: number): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  const selection = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(document, { viewColumn: shown ?? vscode.ViewColumn.One, selection });
}
