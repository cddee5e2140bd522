import type { ReviewState } from '../../protocol/index.ts';
import type { ReviewLookup, ReviewRecord } from './review.ts';
import type { Reviews } from './reviewFile.ts';

/** Where reviews stand, case by case: the newest record of the same change that was not taken back, in whatever comparison it was said. */
export function lookupIn({ records, undone }: Reviews): ReviewLookup {
  const newest = new Map<string, ReviewRecord>();
  for (const record of records) if (record.action !== 'undo' && !undone.has(record.id)) newest.set(keyOf(record), record);
  return (of) => {
    const record = newest.get(keyOf(of));
    return record ? stateOf(record, of.comparison) : { state: 'pending' };
  };
}

function keyOf({ caseId, change, model }: Pick<ReviewRecord, 'caseId' | 'change' | 'model'>): string {
  return JSON.stringify([caseId, change, model]);
}

function stateOf({ action, by, at, reason, comparison }: ReviewRecord, asked: string): ReviewState {
  return {
    state: action === 'accept' ? 'accepted' : action === 'reject' ? 'rejected' : 'knownNoise',
    by,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(comparison === asked ? {} : { carried: true }),
  };
}
