import { newRunId } from '../runs/runId.ts';
import { REVIEW_FORMAT, type ReviewRecord } from './review.ts';
import type { Reviews } from './reviewFile.ts';

/** Who says something, and when. */
export interface Author {
  readonly by: string;
  readonly now: Date;
  /** Gives [0, 1). */
  readonly random: () => number;
}

/**
 * Makes records to append. Whoever writes has seen what stands in the file, so that a record is later than what was said of the same case,
 * also where another machine's clock is ahead.
 */
export function newRecords(
  drafts: readonly Omit<ReviewRecord, 'formatVersion' | 'id' | 'at' | 'by'>[],
  { records }: Reviews,
  { by, now, random }: Author,
): ReviewRecord[] {
  const newest = new Map<string, number>();
  for (const { caseId, at } of records) newest.set(caseId, Math.max(newest.get(caseId) ?? 0, Date.parse(at)));
  return drafts.map((draft) => {
    const at = Math.min(LAST_DATE, Math.max(now.getTime(), (newest.get(draft.caseId) ?? 0) + 1));
    return { formatVersion: REVIEW_FORMAT, id: `${newRunId(now, random)}${suffix(random)}`, at: new Date(at).toISOString(), by, ...draft };
  });
}

/** The last millisecond that a date can be. */
const LAST_DATE = 8.64e15;

/** Ten more characters: records of many people meet in one file. */
function suffix(random: () => number): string {
  return Array.from({ length: 10 }, () => Math.floor(random() * 32).toString(32)).join('');
}
