import * as vscode from 'vscode';
import type { LocateParams } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { ServerClient } from '../client/serverClient.ts';
import { manageTrust } from '../commands/trust.ts';
import type { RunSession } from '../evals/runSession.ts';
import type { EvalsPanelActions } from './evalsPanel.ts';

/** What a panel's buttons do outside the panel. */
export function panelActions(server: ServerClient, report: (error: unknown) => void): EvalsPanelActions {
  return {
    report,
    trustFolder: manageTrust,
    async saveCase(session) {
      const variables = Object.entries(session.adHocVariables ?? {}).map(([name, value]) => [name, String(value)] as const);
      const found = await server.saveCase({ uri: session.prompt.uri, variables: Object.fromEntries(variables) });
      if (!found) return;
      const { uri, range, newText } = found;
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
      const place = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, place, newText);
      if (!(await vscode.workspace.applyEdit(edit)))
        throw new UserError('conflict', `The case could not be written to ${document.fileName}. Is it read-only?`);
      await reveal(document, place.start.line);
    },
    async copyCurl(session, caseId) {
      const curl = await session.curl(caseId);
      if (!curl) throw new UserError('usage', 'This case has not been called yet. Run it first.');
      await vscode.env.clipboard.writeText(curl);
      vscode.window.setStatusBarMessage('Evenkeel: copied as curl, without the key', 3000);
    },
    goToCase: (session, caseId) => goTo(server, { uri: session.prompt.uri, target: { kind: 'case', caseId } }, session),
    goToEvaluator: (session, index) => goTo(server, { uri: session.prompt.uri, target: { kind: 'evaluator', index } }, session),
  };
}

async function goTo(server: ServerClient, params: LocateParams, { prompt }: RunSession): Promise<void> {
  const found = await server.locate(params);
  const what = params.target.kind === 'case' ? `Case ${params.target.caseId}` : 'This evaluator';
  if (!found) throw new UserError('usage', `${what} is not in ${prompt.promptId} or its dataset any more.`);
  await reveal(await vscode.workspace.openTextDocument(vscode.Uri.parse(found.uri)), found.line);
}

/** Shows a line in the editor group where the file is open already, else in the first one, not over the panel. */
async function reveal(document: vscode.TextDocument, line: number): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  const selection = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(document, { viewColumn: shown ?? vscode.ViewColumn.One, selection });
}
