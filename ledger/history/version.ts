import * as z from 'zod/mini';
import { HistoryEntry } from '../../protocol/index.ts';

/** The files that make a prompt at a moment: paths from the repository's top, blobs by their ids. */
export interface PromptState {
  readonly path: string;
  readonly blob: string;
  /** Of each reference of the fingerprint, as written in the prompt: the file's blob, undefined where it is missing. */
  readonly references: readonly { readonly written: string; readonly blob: string | undefined }[];
}

/**
 * The prompt in a blob with the files of its fingerprint, those within its partials among them. `blobOf` gives the blob of a file by its path
 * from the top; it is asked once for each.
 */
export async function stateOf(
  { path, blob }: Pick<PromptState, 'path' | 'blob'>,
  referencesOf: (state: PromptState) => Promise<readonly string[]>,
  blobOf: (written: string) => Promise<string | undefined>,
): Promise<PromptState> {
  const references: PromptState['references'][number][] = [];
  const known = new Set<string>();
  for (let more = true; more; ) {
    more = false;
    for (const written of await referencesOf({ path, blob, references })) {
      if (known.has(written)) continue;
      known.add(written);
      references.push({ written, blob: await blobOf(written) });
      more = true;
    }
  }
  return { path, blob, references };
}

/** What a state says of the prompt; what is kept of a text that was read once. */
export const Version = z.extend(z.pick(HistoryEntry, { fingerprint: true, parts: true, version: true, model: true, broken: true }), {
  /** `stateKey` of the state it was read from. */
  key: z.string(),
  /** The references of the fingerprint that stand in the prompt file itself, as written. */
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
