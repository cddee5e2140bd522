import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where the repository of a folder keeps what changes with a commit, a checkout or a fetch. */
export interface GitFolders {
  /** Has `HEAD`: the worktree's own. */
  readonly own: string;
  /** Has `refs` and `packed-refs`: that of all worktrees. */
  readonly common: string;
}

/**
 * Finds the repository that holds a folder, itself or one above it: a `.git` folder, or the file that a worktree or a submodule has in its place.
 * Undefined where there is none. Nothing is run.
 */
export function gitFoldersOf(folder: string): GitFolders | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const git = join(at, '.git');
    const kind = statSync(git, { throwIfNoEntry: false });
    if (kind?.isDirectory()) return { own: git, common: git };
    if (kind?.isFile()) {
      const written = /^gitdir: (.+)$/m.exec(firstText(git))?.[1];
      if (written === undefined) return undefined;
      const own = resolve(at, written.trim());
      const common = firstText(join(own, 'commondir')).trim();
      return { own, common: common === '' ? own : resolve(own, common) };
    }
    if (dirname(at) === at) return undefined;
  }
}

/** A short file's text; empty where it cannot be read or is no such file. */
function firstText(file: string): string {
  try {
    return statSync(file).size <= MOST_BYTES ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  }
}

/** Files that hold one path. */
const MOST_BYTES = 8192;
