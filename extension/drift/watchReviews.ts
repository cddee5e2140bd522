import * as vscode from 'vscode';

/** Tells, a moment after the last of them, of changes to baselines, reviews and comparisons by whoever: another window, the command line, git. */
export function watchReviews(changed: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, GATHER_MS);
  };
  const watchers = GLOBS.map((glob) => vscode.workspace.createFileSystemWatcher(glob));
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

const GLOBS: readonly string[] = ['**/__baselines__/*', '**/.evenkeel/pending/*'];

/** A review writes several files. */
const GATHER_MS = 250;
