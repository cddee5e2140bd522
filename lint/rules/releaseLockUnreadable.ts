import type { Fix } from '../finding.ts';
import { releaseRange } from '../releases/releaseInUse.ts';
import { REPAIR } from '../releases/repairFix.ts';
import type { Rule, RuleHit } from '../rule.ts';

/** The lock file is none. */
export const releaseLockUnreadable: Rule = {
  code: 'release.lock-unreadable',
  title: 'a lock file that cannot be read',
  severity: 'error',
  explain:
    'The lock file is there and cannot be read: it is no YAML, lacks something, leads outside the folder, or was written by a newer Evenkeel. Nothing is known of the releases, and nothing can be released. The quick fix keeps every release that is whole and looks the others up in git; a file of a newer format is left as it is.',
  check: ({ document, facts: { lock } }) => {
    if (!lock) return [];
    const hit = (message: string, fixes: readonly Fix[]): readonly RuleHit[] => [
      { range: releaseRange(document), message, data: { lock: lock.path }, fixes },
    ];
    if (lock.status !== 'read') return hit(lock.message, []);
    const { value } = lock;
    if (value.status === 'read' || value.status === 'conflict') return [];
    return hit(`${lock.path}: ${value.message}`, value.status === 'invalid' ? [REPAIR] : []);
  },
};
