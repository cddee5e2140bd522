import type { Fix } from '../finding.ts';

/** The fix that has the engine make the lock file anew. */
export const REPAIR: Fix = { title: 'Repair the lock file', edits: [], command: { id: 'repairLock' }, preferred: true };
