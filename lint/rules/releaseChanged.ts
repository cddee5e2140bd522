import { type BumpKind, type FingerprintParts, nextVersion } from '../../prompts-schema/index.ts';
import type { Fix } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

/** The file names a release and is something else by now. */
export const releaseChanged: Rule = {
  code: 'release.changed-without-bump',
  title: 'a prompt that changed under the version of a release',
  severity: 'warning',
  explain: explained(
    'The lock file has a release of this version, and the prompt does something else by now: nobody can say any more what `1.0.0` is. Release it under the next version; the quick fixes do, and write the version and the lock file. Name, comments, dataset, evaluators and model are no part of a release: editing them needs no new version.',
    `version: 1.0.0
messages:
  - role: user
    content: Say good morning. # released: Say hello.`,
    `version: 1.0.1
messages:
  - role: user
    content: Say good morning.`,
  ),
  check: ({ document, release }) => {
    const inUse = release();
    const { version } = document;
    if (!version || !inUse?.current || !inUse.changed.length) return [];
    const { releases, current, changed } = inUse;
    const fixes = KINDS.map((kind): Fix => {
      const next = nextVersion(version.value, releases, kind);
      return { title: `Release as ${next} (${kind})`, edits: [], command: { id: 'release', bump: kind }, preferred: false };
    });
    return [
      {
        range: version.range,
        message: `Changed since ${current.version} was released on ${current.released}: ${changed.map((part) => PART_WORDS[part]).join(', ')}. Release it under the next version.`,
        data: { version: current.version, changed: [...changed] },
        fixes,
      },
    ];
  },
};

const KINDS: readonly BumpKind[] = ['patch', 'minor', 'major'];

const PART_WORDS: Readonly<Record<keyof FingerprintParts, string>> = {
  messages: 'messages',
  tools: 'tools',
  output: 'response format or schema',
  parameters: 'model parameters',
};
