import type * as vscode from 'vscode';
import { watchFiles } from '../watchFiles.ts';

/** Tells, a moment after the last of them, that a repository of the window has another head or other refs: a commit, a checkout, a fetch. */
export function watchGit(changed: () => void): vscode.Disposable {
  return watchFiles(GLOBS, GATHER_MS, changed);
}

/** The head, loose refs, packed ones. */
const GLOBS: readonly string[] = ['**/.git/HEAD', '**/.git/refs/{heads,tags,remotes}/**', '**/.git/packed-refs'];

/** A fetch or a rebase writes many refs. */
const GATHER_MS = 500;
