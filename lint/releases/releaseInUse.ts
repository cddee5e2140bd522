import {
  changedParts,
  type FingerprintParts,
  fingerprintPartsOf,
  type PromptDocument,
  type PromptFacts,
  type Range,
  type Release,
  releasesOf,
} from '../../prompts-schema/index.ts';

/** The releases of a prompt, and the one that its file says it is. */
export interface ReleaseInUse {
  /** Lowest version first. */
  readonly releases: readonly Release[];
  /** The release of the version that the file names; undefined when that version was never released. */
  readonly current: Release | undefined;
  /** Parts in which the file is no longer what was released under its version; empty also where that cannot be known. */
  readonly changed: readonly (keyof FingerprintParts)[];
}

/** Costs half a fingerprint where the file names a released version, and nothing without a lock file. */
export function releaseInUse(document: PromptDocument, facts: PromptFacts): ReleaseInUse | undefined {
  if (facts.lock?.status !== 'read' || facts.lock.value.status !== 'read') return undefined;
  const releases = releasesOf(facts.lock.value.lock, facts.promptId);
  const version = document.version?.value;
  const current = version === undefined ? undefined : releases.find((release) => release.version === version);
  if (!current || isPartial(facts)) return { releases, current, changed: [] };
  return { releases, current, changed: changedParts(current.parts, fingerprintPartsOf(document, facts)) };
}

/** Where findings about releases stand: at the version, else at the name, else at the first line. */
export function releaseRange({ version, name, text }: PromptDocument): Range {
  if (version ?? name) return (version ?? name)?.range ?? { start: 0, end: 0 };
  const end = text.search(/[\r\n]/);
  return { start: 0, end: end < 0 ? text.length : end };
}

/** A file of the fingerprint is not there: another rule says so, and the fingerprint says nothing. */
function isPartial({ outputSchema, tools, partials, included }: PromptFacts): boolean {
  return [outputSchema, tools, ...(partials?.values() ?? []), ...(included?.values() ?? [])].some(
    (reference) => reference && reference.status !== 'read',
  );
}
