import { releaseTitle } from '../../prompts-schema/index.ts';
import { releaseRange } from '../releases/releaseInUse.ts';
import { REPAIR } from '../releases/repairFix.ts';
import type { Rule } from '../rule.ts';

/** The lock file tells by itself that somebody edited it. */
export const releaseLockEdited: Rule = {
  code: 'release.lock-edited',
  title: 'a release in the lock file that was edited by hand',
  severity: 'warning',
  explain:
    'Every release in a lock file carries a seal over its other fields, and the one of this release does not fit them: somebody edited it, or a merge put two edits together. What the release says counts for nothing until the lock file is repaired; the quick fix keeps what is sealed and looks the rest up in git. The seal tells of accidents; it is no protection against somebody who means to deceive.',
  check: ({ document, facts }) => {
    if (facts.lock?.status !== 'read' || facts.lock.value.status !== 'read') return [];
    const { unsealed } = facts.lock.value;
    if (!unsealed.length) return [];
    const versions = unsealed.map(releaseTitle);
    return [
      {
        range: releaseRange(document),
        message: `${facts.lock.path} was edited by hand: ${versions.join(', ')}. Repair it; what is sealed stays, the rest is looked up in git.`,
        data: { lock: facts.lock.path, versions },
        fixes: [REPAIR],
      },
    ];
  },
};
