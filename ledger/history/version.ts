import * as z from 'zod/mini';
import { HistoryEntry } from '../../protocol/index.ts';

/** The files that make a prompt at a moment: paths from the repository's top, blobs by their ids. */
export interface PromptState {
  readonly path: string;
  readonly blob: string;
  /** Of each reference of the fingerprint, as written in the prompt: the file's blob, undefined where it is missing. */
  readonly references: readonly { readonly written: string; readonly blob: string | undefined }[];
}

/** What a state says of the prompt; what is kept of a text that was read once. */
export const Version = z.extend(z.pick(HistoryEntry, { fingerprint: true, parts: true, version: true, model: true, broken: true }), {
  /** `stateKey` of the state it was read from. */
  key: z.string(),
  /** The references of the fingerprint, as written. */
  references: z.array(z.string()),
});
export type Version = z.infer<typeof Version>;

/** Equal for states that are equal in what counts for the fingerprint, the model and the version; begins with `textKey`. */
export function stateKey(state: PromptState, format: string): string {
  return [textKey(state.blob, format), ...state.references.map(({ blob }) => blob ?? '-')].join(' ');
}

/** Of the prompt file alone. */
export function textKey(blob: string, format: string): string {
  return `${format} ${blob}`;
}
