import * as z from 'zod/mini';
import { SideRef } from './compareRequest.ts';

/** Asks when a prompt worked, and which of these moments is meant. */
export const WorkingPointsRequest = z.object({
  /** Absolute path of the root. */
  root: z.string(),
  promptId: z.string(),
  /** The editor's unsaved text of the prompt; else the file's. */
  text: z.optional(z.string()),
  /** `last-green`, or a day (`2026-11-12`, in UTC): what was there at its end. Left out: nothing is chosen. */
  since: z.optional(z.string()),
});
export type WorkingPointsRequest = z.infer<typeof WorkingPointsRequest>;

/** A moment of a prompt that today's can be held against. */
export const WorkingPoint = z.object({
  /** `run`: a green one, every case of it passed · `commit`: only where a day is asked for of which no run is stored. */
  kind: z.enum(['run', 'release', 'deployment', 'commit']),
  /** ISO time or a day; absent where a deployment does not tell. */
  at: z.optional(z.string()),
  /** `run of 12 Nov 09:14 UTC`, `release 1.3.0`, `production 1.3.0`. */
  label: z.string(),
  /** Version, model, pass rate: one line. */
  detail: z.string(),
  /** The baseline to compare with. */
  side: SideRef,
});
export type WorkingPoint = z.infer<typeof WorkingPoint>;

/** The moments, newest first of each kind: green runs, then releases, then what is deployed; and what they are held against. */
export const WorkingPoints = z.object({
  points: z.array(WorkingPoint),
  /** The newest stored run of the prompt as it is now, with its own model; the working copy, which is run, where there is none. */
  candidate: SideRef,
  /** What `since` means. */
  chosen: z.optional(WorkingPoint),
});
export type WorkingPoints = z.infer<typeof WorkingPoints>;
