import * as z from 'zod/mini';
import { BASELINE_FORMAT } from './baseline.ts';
import { SpelledOutput } from './outputSpelling.ts';

export const FingerprintPartsSchema = z.strictObject({
  messages: z.string(),
  tools: z.string(),
  output: z.string(),
  parameters: z.string(),
});

/** A source as a file holds it, cases name it by `id`. */
export const StoredSource = z.strictObject({
  id: z.string(),
  fingerprint: z.string(),
  version: z.optional(z.string()),
  answeredBy: z.array(z.string()),
  days: z.array(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  dataset: z.optional(z.string()),
  parts: FingerprintPartsSchema,
});
export type StoredSource = z.infer<typeof StoredSource>;

/** A baseline file. Cases are a list: keys of an object would lose their order where they look like numbers. */
export const BaselineFile = z.strictObject({
  formatVersion: z.literal(BASELINE_FORMAT),
  promptId: z.string(),
  model: z.string(),
  wanted: z.int().check(z.minimum(1)),
  sources: z.array(StoredSource),
  cases: z.array(
    z.strictObject({ id: z.string(), inputs: z.string(), source: z.string(), outputs: z.array(SpelledOutput).check(z.minLength(1)) }),
  ),
});
export type BaselineFile = z.infer<typeof BaselineFile>;
