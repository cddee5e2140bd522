import * as vscode from 'vscode';

/** Tells of files of these globs that came, changed or went: once, when nothing more has happened for so many milliseconds. */
export function watchFiles(globs: readonly vscode.GlobPattern[], quietMs: number, changed: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, quietMs);
  };
  const watchers = globs.map((glob) => vscode.workspace.createFileSystemWatcher(glob));
  for (const watcher of watchers) {
    watcher.onDidCreate(soon);
    watcher.onDidChange(soon);
    watcher.onDidDelete(soon);
  }
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.dispose();
  });
}
