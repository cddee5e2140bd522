import { fingerprintOf, type PromptDocument, type PromptFacts, releasesOf } from '../../prompts-schema/index.ts';

/** Whether there is a lock file that can be added to, and the prompt as it is now is not the release of the version that it names. */
export function releaseWanted(document: PromptDocument, facts: PromptFacts): boolean {
  const { lock, promptId } = facts;
  if (lock?.status !== 'read' || lock.value.status !== 'read') return false;
  const { fingerprint } = fingerprintOf(document, facts);
  const version = document.version?.value;
  const same = releasesOf(lock.value.lock, promptId).filter((release) => release.fingerprint === fingerprint);
  return version === undefined ? same.length === 0 : !same.some((release) => release.version === version);
}
