import * as z from 'zod';
import { Output } from '../../protocol/index.ts';

/** Version of the records of a daily state; a newer one is refused with a message, never rewritten. */
export const DAILY_FORMAT = 2;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const output = z.custom<Output>((value) => Output.safeParse(value).success);
const approved = z.object({ count: z.int().min(1), output });

/** A canary: a case that is run every day, with the approved answers it is held against, frozen when the monitor began. */
const canary = z.object({ caseId: z.string(), inputs: z.string(), approved: z.array(approved) });

/**
 * What a daily state holds, in order. A `start` begins a monitor with its baseline; samples are on disk before anything is concluded from
 * them; an entry, a look or an alarm is what was concluded. Nothing is ever changed or taken away.
 */
export const dailyRecord = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    formatVersion: z.int(),
    date: day,
    seed: z.string(),
    promptId: z.string(),
    model: z.string(),
    fingerprint: z.string(),
    /** Why it began: at a person's word, or because another baseline was accepted. */
    because: z.enum(['asked', 'baseline']),
    /** Hash of the approved answers of all canaries: another one begins a new monitor. */
    baseline: z.string(),
    canaries: z.array(canary),
    /** What is watched, whole outputs first; absent in format 1, which watched nothing else. */
    views: z.optional(z.array(z.string()).check(z.minLength(1))),
  }),
  z.object({
    type: z.literal('samples'),
    kind: z.enum(['day', 'burst']),
    date: day,
    runId: z.string(),
    answeredBy: z.array(z.string()),
    samples: z.array(z.object({ caseId: z.string(), outputs: z.array(output) })),
  }),
  z.object({
    type: z.literal('entry'),
    entry: z.object({
      kind: z.enum(['day', 'burst']),
      date: day,
      /** A row a canary and view; without a view it is of whole outputs. */
      canaries: z.array(z.object({ canary: z.string(), view: z.optional(z.string()), p: z.array(z.number().min(0).max(1)) })),
      r: z.number().min(0),
    }),
  }),
  z.object({
    type: z.literal('weekly'),
    look: z.object({ date: day, distributionP: z.number(), modeP: z.number(), alarm: z.boolean() }),
  }),
  z.object({ type: z.literal('red'), date: day }),
]);
export type DailyRecord = z.infer<typeof dailyRecord>;
export type Canary = z.infer<typeof canary>;
