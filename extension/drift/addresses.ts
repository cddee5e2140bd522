import * as z from 'zod/mini';
import { DRIFT_SCHEME } from '../ids.ts';

/** A comparison as commands, tree items and documents name it. */
export const ComparisonName = z.object({
  root: z.string(),
  comparisonId: z.string(),
  /** Empty for recorded outputs that belong to no prompt. */
  promptId: z.string(),
  promptName: z.string(),
});
export type ComparisonName = z.infer<typeof ComparisonName>;

/** One side of one case of a comparison: what a document of the diff editor shows. */
export const CaseSide = z.extend(ComparisonName, {
  caseId: z.string(),
  side: z.enum(['approved', 'fresh']),
  approved: z.optional(z.number()),
  fresh: z.optional(z.number()),
});
export type CaseSide = z.infer<typeof CaseSide>;

/** The address of the panel of a comparison that belongs to no prompt file here; kept by the panel over a reload. */
export function reportAddress({ root, comparisonId, promptId, promptName }: ComparisonName): string {
  return `${DRIFT_SCHEME}:report?${encodeURIComponent(JSON.stringify({ root, comparisonId, promptId, promptName }))}`;
}

/** Undefined for every other address. */
export function readReportAddress(address: string): ComparisonName | undefined {
  const start = `${DRIFT_SCHEME}:report?`;
  return address.startsWith(start) ? readJson(ComparisonName, () => decodeURIComponent(address.slice(start.length))) : undefined;
}

/** The side that a document's query names; undefined where it names none. */
export function readCaseSide(query: string): CaseSide | undefined {
  return readJson(CaseSide, () => query);
}

function readJson<T>(schema: z.ZodMiniType<T>, text: () => string): T | undefined {
  try {
    const read = schema.safeParse(JSON.parse(text()));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
