import {
  compareSemver,
  fingerprintOf,
  nextVersion,
  type PromptDocument,
  type PromptFacts,
  parseSemver,
  releasesOf,
} from '../../prompts-schema/index.ts';
import type { ReleaseChoices } from '../../protocol/index.ts';

/**
 * What a release of the prompt could be called: as the file says where that is a version of its own, then the next patch, minor and major.
 * Steps that give the same version are one. `root` is absolute.
 */
export function releaseChoices(document: PromptDocument, facts: PromptFacts, root: string): ReleaseChoices {
  const { promptId, lock } = facts;
  const releases = lock?.status === 'read' && lock.value.status === 'read' ? releasesOf(lock.value.lock, promptId) : [];
  const version = document.version?.value;
  const newest = releases.at(-1)?.version;
  const { fingerprint } = fingerprintOf(document, facts);
  const own = releases.find((release) => release.version === version);
  const fits = version !== undefined && parseSemver(version) && (newest === undefined || compareSemver(version, newest) > 0);
  const asWritten = fits || own?.fingerprint === fingerprint ? [{ bump: 'asWritten' as const, version: version ?? '' }] : [];
  const steps = (['patch', 'minor', 'major'] as const).map((bump) => ({ bump, version: nextVersion(version, releases, bump) }));
  const choices = [...asWritten, ...steps];
  return {
    root,
    promptId,
    promptName: document.name?.value || promptId,
    ...(version === undefined ? {} : { version }),
    ...(newest === undefined ? {} : { newest }),
    choices: choices.filter((choice, at) => choices.findIndex((one) => one.version === choice.version) === at),
  };
}
