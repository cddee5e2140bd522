import * as vscode from 'vscode';

/** The text of an open document that differs from its file, or that has none; undefined where the file is what counts. A name behind `#` is that of one of its prompts. */
export function unsavedText(uri: string): string | undefined {
  const [file] = uri.split('#'); // one in the path is written %23
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === file);
  return document && (document.isDirty || document.isUntitled) ? document.getText() : undefined;
}
