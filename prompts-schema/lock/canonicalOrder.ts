import type { Release } from './lockFile.ts';
import { compareSemver } from './semver.ts';

/** Releases as a lock file has them: by day, then by version, then by prompt. A release is never dated before the one it follows. */
export function canonicalOrder(releases: readonly Release[]): readonly Release[] {
  return [...releases].sort(
    (a, b) =>
      compareText(a.released, b.released) ||
      compareSemver(a.version, b.version) ||
      compareText(a.version, b.version) ||
      compareText(a.prompt ?? '', b.prompt ?? ''),
  );
}

/** By UTF-16 units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
