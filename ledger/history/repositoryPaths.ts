import { posix } from 'node:path';
import { resolveReference } from '../../workspace/index.ts';

/** Paths of a root whose folder, from the repository's top, is `prefix` (with `/` at the end, or empty). */
export interface RepositoryPaths {
  readonly prefix: string;
  /** From the root to the repository's top. */
  readonly fromTop: (path: string) => string;
  /** From the repository's top to the root; `../` leads to where a prompt was before it came into the root. */
  readonly fromRoot: (path: string) => string;
  /** Where a reference of the prompt at `path` leads, both from the top; undefined when it leads outside the root. */
  readonly resolve: (path: string, written: string) => string | undefined;
}

export function repositoryPaths(prefix: string): RepositoryPaths {
  return {
    prefix,
    fromTop: (path) => posix.join(prefix, path),
    fromRoot: (path) => (path.startsWith(prefix) ? path.slice(prefix.length) : posix.relative(prefix, path)),
    resolve: (path, written) => {
      // A prompt that lay outside had another root then, which nobody knows: the repository bounds it.
      if (!path.startsWith(prefix)) return resolveReference(path, written);
      const inRoot = resolveReference(path.slice(prefix.length), written);
      return inRoot === undefined ? undefined : prefix + inRoot;
    },
  };
}

/** The fewest path specs that cover all of the paths: folders with many of them as wholes, since git is quicker with those. */
export function pathSpecs(paths: Iterable<string>): readonly string[] {
  const byFolder = new Map<string, string[]>();
  for (const path of new Set(paths)) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path]);
  }
  return [...byFolder].flatMap(([folder, inside]) => (folder !== '' && inside.length >= MANY ? [folder] : inside)).sort();
}

const MANY = 8;
