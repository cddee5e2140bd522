import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { watchFiles } from '../watchFiles.ts';
import { gitFoldersOf } from './gitFolders.ts';

/**
 * Tells, a moment after the last of them, that a repository of the window has another head or other refs: a commit, a checkout, a fetch. Repositories
 * in the opened folders, and those that hold them: a folder of a larger repository, a worktree, a submodule.
 */
export function watchGit(changed: () => void): vscode.Disposable {
  let watching = watchFiles(globs(), GATHER_MS, changed);
  const folders = vscode.workspace.onDidChangeWorkspaceFolders(() => {
    watching.dispose();
    watching = watchFiles(globs(), GATHER_MS, changed);
  });
  return new vscode.Disposable(() => {
    folders.dispose();
    watching.dispose();
  });
}

function globs(): readonly vscode.GlobPattern[] {
  const opened = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  const outside = opened.flatMap((folder) => {
    const found = gitFoldersOf(folder);
    return found && !opened.includes(dirname(found.own)) ? [found] : [];
  });
  const own = new Set(outside.map((each) => each.own));
  const common = new Set(outside.map((each) => each.common));
  const inside = (folder: string, pattern: string): vscode.GlobPattern => new vscode.RelativePattern(vscode.Uri.file(folder), pattern);
  return [
    ...WITHIN,
    ...[...own].map((folder) => inside(folder, 'HEAD')),
    ...[...common].flatMap((folder) => REFS.map((pattern) => inside(folder, pattern))),
  ];
}

/** Loose refs and packed ones. */
const REFS: readonly string[] = ['refs/{heads,tags,remotes}/**', 'packed-refs'];

/** Of repositories in the opened folders. */
const WITHIN: readonly string[] = ['HEAD', ...REFS].map((pattern) => `**/.git/${pattern}`);

/** A fetch or a rebase writes many refs. */
const GATHER_MS = 500;
