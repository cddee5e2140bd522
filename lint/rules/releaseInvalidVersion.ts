import { parseSemver } from '../../prompts-schema/index.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

/** A version that cannot be released. */
export const releaseInvalidVersion: Rule = {
  code: 'release.invalid-version',
  title: 'a version that is not semver',
  severity: 'warning',
  explain: explained(
    'Releases have semantic versions, because something has to come after something: three numbers, and after a hyphen what a prerelease is called. Without a lock file a version may be any text; this rule is silent then.',
    `version: v2
messages:
  - role: user
    content: Say hello.`,
    `version: 2.0.0
messages:
  - role: user
    content: Say hello.`,
  ),
  check: ({ document: { version }, facts }) => {
    if (!version || !facts.lock || parseSemver(version.value)) return [];
    return [
      {
        range: version.range,
        message: `\`${version.value.slice(0, 60)}\` is no semantic version and cannot be released. Versions look like 1.4.0 or 2.0.0-rc.1.`,
        data: { version: version.value },
      },
    ];
  },
};
