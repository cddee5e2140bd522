import * as z from 'zod/mini';
import { CaseLabel, ReviewAction } from '../../protocol/index.ts';
import { isJsonObject, ownValue, parseJson, UserError } from '../../safety/index.ts';
import { hashText, type Workspace } from '../../workspace/index.ts';
import { type DiskOptions, readOwn, replaceFile } from '../baselines/baselineFile.ts';
import { reviewsPath } from '../baselines/baselinePath.ts';
import { visibleJson } from '../baselines/visibleJson.ts';
import { REVIEW_FORMAT, type ReviewRecord } from './review.ts';

const recordSchema = z.object({
  formatVersion: z.literal(REVIEW_FORMAT),
  id: z.string().check(z.minLength(1)),
  at: z.string().check(z.refine((at) => !Number.isNaN(Date.parse(at)))),
  by: z.string(),
  action: z.union([ReviewAction, z.literal('undo')]),
  caseId: z.string(),
  change: z.string(),
  label: CaseLabel,
  line: z.string(),
  model: z.string(),
  comparison: z.string(),
  reason: z.optional(z.string()),
  undoes: z.optional(z.string()),
});
/** A record as it comes from a file; JSON has no undefined, so what may lack does. */
export const StoredRecord = recordSchema as unknown as z.ZodMiniType<ReviewRecord>;

/** What the reviews of a prompt say. */
export interface Reviews {
  /** Each once, oldest first; ties by id. */
  readonly records: readonly ReviewRecord[];
  /** Ids of records that were taken back. */
  readonly undone: ReadonlySet<string>;
  /** Lines that are no records, and lines of a newer program: both stay in the file and count for nothing here. */
  readonly damaged: number;
  readonly newer: number;
}

/** Reads the lines in whatever order and however often a merge left them. Never throws. */
export function parseReviews(text: string): Reviews {
  const found = new Map<string, { readonly record: ReviewRecord; readonly line: string }>();
  let damaged = 0;
  let newer = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const read = parseJson(line);
    const version = read.ok && isJsonObject(read.value) ? ownValue(read.value, 'formatVersion') : undefined;
    const parsed = read.ok ? StoredRecord.safeParse(read.value) : undefined;
    if (parsed?.success) {
      const known = found.get(parsed.data.id);
      if (!known || line < known.line) found.set(parsed.data.id, { record: parsed.data, line });
    } else if (typeof version === 'number' && version > REVIEW_FORMAT) newer++;
    else damaged++;
  }
  const records = [...found.values()].map(({ record }) => record).sort(byTime);
  const undone = new Set(records.flatMap(({ action, undoes }) => (action === 'undo' && undoes !== undefined ? [undoes] : [])));
  return { records, undone, damaged, newer };
}

function byTime(a: ReviewRecord, b: ReviewRecord): number {
  return Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1);
}

export async function readReviews(workspace: Workspace, promptId: string): Promise<Reviews> {
  return parseReviews((await readOwn(workspace, reviewsPath(promptId))) ?? '');
}

/** Whether the file holds all of these records. */
export async function holdsRecords(workspace: Workspace, promptId: string, records: readonly ReviewRecord[]): Promise<boolean> {
  const ids = new Set((await readReviews(workspace, promptId)).records.map(({ id }) => id));
  return records.every(({ id }) => ids.has(id));
}

/** Adds the records that are not there yet, behind everything that is; nothing that stands in the file is changed. */
export async function appendReviews(
  workspace: Workspace,
  promptId: string,
  records: readonly ReviewRecord[],
  disk: DiskOptions = {},
): Promise<void> {
  if (!records.length) return;
  const path = reviewsPath(promptId);
  for (let tries = 1; ; tries++) {
    const text = await readOwn(workspace, path);
    const ids = new Set(parseReviews(text ?? '').records.map(({ id }) => id));
    const lines = records.filter(({ id }) => !ids.has(id)).map((record) => `${visibleJson(record)}\n`);
    if (!lines.length) return;
    const before = text === undefined || text === '' || text.endsWith('\n') ? (text ?? '') : `${text}\n`;
    try {
      return await replaceFile(workspace, path, text === undefined ? null : hashText(text), before + lines.join(''), disk);
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'conflict') || tries === MOST_TRIES) throw error;
    }
  }
}

const MOST_TRIES = 10;
