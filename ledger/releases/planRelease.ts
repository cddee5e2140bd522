import {
  changedParts,
  compareSemver,
  fingerprintOf,
  type LockFile,
  nextVersion,
  parseSemver,
  type Release,
  releasesOf,
  versionWords,
} from '../../prompts-schema/index.ts';
import type { Bump } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { LoadedPrompt } from '../loadPrompt.ts';

/**
 * What a release does: a `new` one; `finish` one that stands in the lock while the file does not name it yet; or look `again` at one that is done,
 * for tests that came since.
 */
export type ReleasePlan =
  | { readonly kind: 'new'; readonly version: string }
  | { readonly kind: 'finish' | 'again'; readonly release: Release };

/** The version that a release of this prompt gets. Pure. UserError `usage` where there is nothing to release, or not under this version. */
export function planRelease(loaded: Pick<LoadedPrompt, 'promptId' | 'document' | 'facts'>, lock: LockFile, bump: Bump): ReleasePlan {
  const { promptId, document } = loaded;
  const releases = releasesOf(lock, promptId);
  const { fingerprint, parts } = fingerprintOf(document, loaded.facts);
  const written = document.version?.value;
  const place = { file: promptId, line: document.lines.lineNumber(document.version?.range.start ?? 0) };
  const refuse = (message: string): never => {
    throw new UserError('usage', message, place);
  };
  if (typeof bump === 'string' && bump !== 'asWritten') {
    const same = releases.findLast((release) => release.fingerprint === fingerprint);
    if (!same) return { kind: 'new', version: nextVersion(written, releases, bump) };
    if (same === releases.at(-1) && lags(written, same.version)) return { kind: 'finish', release: same };
    return refuse(
      `Nothing to release: the prompt does what release ${same.version} of ${same.released} does. To release it under another version all the same, write that version into the file and release it as written.`,
    );
  }
  const version = typeof bump === 'string' ? written : bump.version;
  if (version === undefined)
    return refuse(`The file names no version. Write one (\`${versionWords(document, '1.0.0')}\`), or release a patch, minor or major.`);
  if (!parseSemver(version)) return refuse(`"${version.slice(0, 60)}" is no semantic version. Versions look like 1.4.0 or 2.0.0-rc.1.`);
  const known = releases.find((release) => release.version === version);
  if (known?.fingerprint === fingerprint) return { kind: written === version ? 'again' : 'finish', release: known };
  if (known)
    return refuse(
      `Release ${version} is another prompt: ${changedParts(known.parts, parts).join(', ') || 'its fingerprint'} changed since. Release a patch, minor or major.`,
    );
  const newest = releases.at(-1);
  if (newest && compareSemver(version, newest.version) <= 0)
    return refuse(`${version} does not come after ${newest.version}, the newest release. Release a patch, minor or major.`);
  return { kind: 'new', version };
}

/** Whether the file has yet to be told of the version. */
function lags(written: string | undefined, version: string): boolean {
  return written === undefined || compareSemver(written, version) < 0;
}
