import * as z from 'zod/mini';
import { sha256Hex } from '../../prompts-schema/index.ts';
import { Output, ReviewAction } from '../../protocol/index.ts';
import { parseJson } from '../../safety/index.ts';
import { FingerprintPartsSchema } from '../baselines/baselineSchema.ts';
import { StoredRecord } from './reviewFile.ts';

/** Version of the two files below; others are left alone. */
const ACT_FORMAT = 1;

/**
 * What a review is about to do, on disk before it does it: a change of a baseline and records, which belong together. Paths are not in
 * it but follow from prompt and model, so that a file of a stranger could change nothing but a baseline into a baseline.
 */
export const Intent = z.object({
  formatVersion: z.literal(ACT_FORMAT),
  id: z.string(),
  promptId: z.string(),
  baseline: z.optional(
    z.object({
      model: z.string(),
      /** Hash of what was there; null: nothing. */
      oldHash: z.nullable(z.string()),
      /** What shall be there; null: nothing. */
      text: z.nullable(z.string()),
      /** The file it comes from, when it was written for a prompt that had another name. */
      moved: z.optional(z.object({ promptId: z.string(), hash: z.string() })),
      /** Hashes of the entries that it changes, as they shall be. */
      after: z.array(z.object({ caseId: z.string(), hash: z.nullable(z.string()) })),
    }),
  ),
  records: z.array(StoredRecord),
  /** Of an undo: the file that is done with then. */
  takesBack: z.optional(z.string().check(z.regex(/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}\.\d{6}\.undo\.json$/))),
});
export type Intent = z.infer<typeof Intent>;

const Entry = z.object({
  inputs: z.string(),
  source: z.object({
    fingerprint: z.string(),
    version: z.optional(z.string()),
    answeredBy: z.array(z.string()),
    days: z.array(z.string()),
    dataset: z.optional(z.string()),
    parts: FingerprintPartsSchema,
  }),
  outputs: z.array(z.object({ count: z.int().check(z.minimum(1)), output: Output })),
});

/** What it takes to take an act back: kept beside the comparison, and nothing without the act's records. */
export const UndoFile = z.object({
  formatVersion: z.literal(ACT_FORMAT),
  id: z.string(),
  promptId: z.string(),
  action: ReviewAction,
  model: z.string(),
  /** Samples a case of the baseline should hold. */
  wanted: z.int().check(z.minimum(1)),
  records: z.array(StoredRecord).check(z.minLength(1)),
  /** Entries as they were, with the case they stood behind, and the hash of what they became. */
  changes: z.array(
    z.object({
      caseId: z.string(),
      follows: z.nullable(z.string()),
      before: z.nullable(Entry),
      after: z.nullable(z.string()),
    }),
  ),
});
export type UndoFile = z.infer<typeof UndoFile>;

/** Where the intent of a prompt lies: one at a time. */
export function intentName(promptId: string): string {
  return `${sha256Hex(promptId).slice(0, 32)}.intent.json`;
}

/** Where the `number`-th act of a comparison lies. */
export function undoName(comparisonId: string, number: number): string {
  return `${comparisonId}.${String(number).padStart(6, '0')}.undo.json`;
}

/** The value of a file's text, or undefined where it is none of these. */
export function parseAct<T>(
  schema: { readonly safeParse: (value: unknown) => { success: true; data: T } | { success: false } },
  text: string,
): T | undefined {
  const read = parseJson(text);
  const parsed = read.ok ? schema.safeParse(read.value) : undefined;
  return parsed?.success ? parsed.data : undefined;
}
