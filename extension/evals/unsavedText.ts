import * as vscode from 'vscode';

/** The text of an open document that differs from its file, or that has none; undefined where the file is what counts. */
export function unsavedText(uri: string): string | undefined {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  return document && (document.isDirty || document.isUntitled) ? document.getText() : undefined;
}
