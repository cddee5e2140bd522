import type * as vscode from 'vscode';
import { watchFiles } from '../watchFiles.ts';

/** Tells, a moment after the last of them, of changes to baselines, reviews and comparisons by whoever: another window, the command line, git. */
export function watchReviews(changed: () => void): vscode.Disposable {
  return watchFiles(GLOBS, GATHER_MS, changed);
}

const GLOBS: readonly string[] = ['**/__baselines__/*', '**/.evenkeel/pending/*'];

/** A review writes several files. */
const GATHER_MS = 250;
