import * as z from 'zod/mini';
import { PromptPoint } from '../../protocol/index.ts';

/** A prompt at a point of its history: what a read-only document shows. With `file`, another file of its fingerprint, by its name from the prompt's folder. */
export const PointOfPrompt = z.object({ root: z.string(), promptId: z.string(), point: PromptPoint, file: z.optional(z.string()) });
export type PointOfPrompt = z.infer<typeof PointOfPrompt>;

/**
 * The path and query of a document's address: `/1.3.0 (production)/triage.prompt.yml?<JSON>`. The file's own name stands last, so that the
 * editor takes it for the language that it is; the title before it tells two tabs of one file apart.
 */
export function pointAddress(place: PointOfPrompt, title: string, path: string): { readonly path: string; readonly query: string } {
  const name = path.slice(path.lastIndexOf('/') + 1) || 'prompt.yml';
  return { path: `/${segment(title)}/${segment(name)}`, query: JSON.stringify(place) };
}

/** Undefined where the query names no point. */
export function readPointAddress(query: string): PointOfPrompt | undefined {
  try {
    const read = PointOfPrompt.safeParse(JSON.parse(query));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** One segment of a path that cannot be taken for another. */
function segment(text: string): string {
  const safe = text.replace(/[\\/\p{Cc}\p{Cf}]/gu, '_').slice(0, 100);
  return /^\.*$/.test(safe) ? '_' : safe;
}
