import * as vscode from 'vscode';
import { UserError } from '../../safety/index.ts';
import type { ServerClient } from '../client/serverClient.ts';
import { manageTrust } from '../commands/trust.ts';
import { goTo, revealLine } from '../goTo.ts';
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
      await revealLine(document, place.start.line);
    },
    async copyCurl(session, caseId) {
      const curl = await session.curl(caseId);
      if (!curl) throw new UserError('usage', 'This case has not been called yet. Run it first.');
      await vscode.env.clipboard.writeText(curl);
      vscode.window.setStatusBarMessage('Evenkeel: copied as curl, without the key', 3000);
    },
    goToCase: (session, caseId) => goTo(server, session.prompt, { kind: 'case', caseId }),
    goToEvaluator: (session, index) => goTo(server, session.prompt, { kind: 'evaluator', index }),
  };
}
