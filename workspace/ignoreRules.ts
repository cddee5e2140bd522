import ignore, { type Ignore } from 'ignore';

/** The `.gitignore` rules that hold in one folder: its own before those of the folders above. Paths are root-relative with `/`. */
export interface IgnoreRules {
  readonly ignores: (path: string, isFolder: boolean) => boolean;
}

/** No rules at all. */
export const NO_RULES: IgnoreRules = { ignores: () => false };

/**
 * Adds a folder's `.gitignore`. Callers never ask about what lies in an ignored folder, as git does not look there either.
 * Lines with more wildcards than anyone writes are left out: the patterns become backtracking regular expressions.
 */
export function withGitignore(above: IgnoreRules, folder: string, text: string): IgnoreRules {
  const own: Ignore = ignore({ ignorecase: process.platform === 'win32' || process.platform === 'darwin' });
  own.add(text.split(/\r?\n/).filter(isHarmless));
  const prefix = folder === '' ? 0 : folder.length + 1;
  return {
    ignores: (path, isFolder) => {
      const { ignored, unignored } = own.test(path.slice(prefix) + (isFolder ? '/' : ''));
      if (ignored) return true;
      return unignored ? false : above.ignores(path, isFolder);
    },
  };
}

const LONGEST_PATTERN = 1000;

function isHarmless(line: string): boolean {
  const names = line.split('/');
  return (
    line.length <= LONGEST_PATTERN &&
    names.filter((name) => name.includes('**')).length <= 2 &&
    names.every((name) => (name.match(/\*+/g)?.length ?? 0) <= 2)
  );
}
