import { splitPromptId } from '../promptId.ts';
import type { LockFile, Release } from './lockFile.ts';
import { type BumpKind, bumpSemver, compareSemver, parseSemver } from './semver.ts';

/** The releases of one prompt, lowest version first. */
export function releasesOf({ releases }: LockFile, promptId: string): readonly Release[] {
  const { name } = splitPromptId(promptId);
  return releases.filter(({ prompt }) => prompt === name).sort((a, b) => compareSemver(a.version, b.version));
}

/**
 * The version that a release of a kind gets. It counts from the newest release, whose versions are given lowest first; a version that the file
 * names and that is as far ahead already is the one. Without any release it is what the file names, else `0.1.0`, by major `1.0.0`.
 */
export function nextVersion(written: string | undefined, releases: readonly Pick<Release, 'version'>[], kind: BumpKind): string {
  const named = written !== undefined && parseSemver(written) ? written : undefined;
  const newest = releases.at(-1);
  if (!newest) return named ?? (kind === 'major' ? '1.0.0' : '0.1.0');
  const next = bumpSemver(newest.version, kind) ?? newest.version; // a release's version is semver
  return named !== undefined && compareSemver(named, next) >= 0 ? named : next;
}
