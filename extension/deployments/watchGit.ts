import * as vscode from 'vscode';

/** Tells, a moment after the last of them, that a repository of the window has another head or other refs: a commit, a checkout, a fetch. */
export function watchGit(changed: () => void): vscode.Disposable {
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

/** The head, loose refs, packed ones. */
const GLOBS: readonly string[] = ['**/.git/HEAD', '**/.git/refs/{heads,tags,remotes}/**', '**/.git/packed-refs'];

/** A fetch or a rebase writes many refs. */
const GATHER_MS = 500;
