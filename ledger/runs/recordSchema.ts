import * as z from 'zod/mini';
import { Failure, RunEnd, RunHeader, RunTotals, Sample, SampleKey, Score } from '../../protocol/index.ts';
import type { Json } from '../../safety/index.ts';
import type { JournalRecord } from './record.ts';

/** The record, if the value is one. Keys that are not ours are dropped; journals come from folders that nobody has vouched for. */
export function journalRecord(value: unknown): JournalRecord | undefined {
  const result = recordSchema.safeParse(value);
  return result.success ? (result.data as JournalRecord) : undefined;
}

const json = z.unknown() as unknown as z.ZodMiniType<Json>;
/** Any object as it is: z.record would drop or copy keys, and `__proto__` is data here. */
const jsonObject = z.custom<Readonly<Record<string, Json>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const texts = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((text) => typeof text === 'string'),
);

const recordSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run'),
    formatVersion: z.number(),
    header: RunHeader,
    prompt: z.object({ promptId: z.string(), text: z.string(), files: texts }),
    settings: z.object({
      repeats: z.number(),
      seed: z.number(),
      concurrency: z.number(),
      cache: z.boolean(),
      budget: z.object({ maxCost: z.optional(z.number()), maxCalls: z.optional(z.number()) }),
      evaluators: z.string(),
    }),
  }),
  z.object({
    type: z.literal('cases'),
    cases: z.array(
      z.object({
        id: z.string(),
        variables: jsonObject,
        expected: z.optional(json),
        models: z.optional(z.array(z.string())),
        refused: z.optional(z.string()),
      }),
    ),
  }),
  z.object({
    type: z.literal('attempt'),
    key: SampleKey,
    attempt: z.number(),
    at: z.string(),
    requestHash: z.string(),
    worstCost: z.optional(z.number()),
  }),
  z.object({ type: z.literal('attemptFailed'), key: SampleKey, attempt: z.number(), failure: Failure }),
  z.object({ type: z.literal('output'), sample: Sample }),
  z.object({ type: z.literal('scores'), key: SampleKey, evaluators: z.string(), scores: z.array(Score) }),
  z.object({ type: z.literal('resumed'), at: z.string(), kept: z.number(), unknown: z.number() }),
  z.object({ type: z.literal('end'), end: RunEnd, totals: RunTotals, message: z.optional(z.string()) }),
]);
