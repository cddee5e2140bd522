import { releaseRange } from '../releases/releaseInUse.ts';
import { REPAIR } from '../releases/repairFix.ts';
import type { Rule } from '../rule.ts';

/** Git left its markers in the lock file. */
export const releaseLockConflict: Rule = {
  code: 'release.lock-conflict',
  title: 'a lock file in conflict after a merge',
  severity: 'error',
  explain:
    'Both branches changed the lock file, and git left its conflict markers in it. The quick fix merges the two sides: every release once, with every model that either branch tested it with. Two different prompts under one version cannot be merged; the message names them, and one of them needs another version.',
  check: ({ document, facts }) => {
    if (facts.lock?.status !== 'read' || facts.lock.value.status !== 'conflict') return [];
    const { message, merged } = facts.lock.value;
    return [
      {
        range: releaseRange(document),
        message: `${facts.lock.path}: ${message}`,
        data: { lock: facts.lock.path, mergeable: merged !== undefined },
        fixes: [REPAIR],
      },
    ];
  },
};
