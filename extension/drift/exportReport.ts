import * as vscode from 'vscode';

/** Asks for a format and a place, and writes the report there. */
export async function exportReport(
  promptName: string,
  folder: string,
  report: (format: 'json' | 'markdown') => Promise<string>,
): Promise<void> {
  const format = await vscode.window.showQuickPick(FORMATS, { title: 'Export report' });
  if (!format) return;
  const name = `${promptName.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || 'report'}.drift.${format.ending}`;
  const target = await vscode.window.showSaveDialog({
    title: 'Export report',
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(folder), name),
    filters: { [format.label]: [format.ending] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(await report(format.format)));
  vscode.window.setStatusBarMessage(`Evenkeel: report written to ${vscode.workspace.asRelativePath(target)}`, 5000);
}

const FORMATS = [
  { label: 'Markdown', description: 'for a pull request or an issue', format: 'markdown', ending: 'md' },
  { label: 'JSON', description: 'opens here again with “Open Drift Report…”', format: 'json', ending: 'json' },
] as const;
