import { LineIndex } from '../../prompts-schema/index.ts';
import type { OpenPrompt } from '../documents/promptCache.ts';
import { isPromptUri } from '../documents/promptCache.ts';
import type { Place } from '../documents/roots.ts';
import type { Host } from '../handlers/host.ts';

/** A file that variables are looked for in: a prompt with all that is known of it, or the text of a dataset or a partial. */
export interface AnyFile {
  readonly uri: string;
  readonly path: string;
  /** Of the open document; null for a file on disk. */
  readonly version: number | null;
  readonly text: string;
  readonly lines: LineIndex;
  readonly place: Place | undefined;
  readonly prompt: OpenPrompt | undefined;
}

/** The file of an address, as the editor shows it. Undefined where it cannot be read. */
export async function anyFile(
  { cache, documents, roots }: Pick<Host, 'cache' | 'documents' | 'roots'>,
  uri: string,
): Promise<AnyFile | undefined> {
  const version = documents.get(uri)?.version ?? null;
  if (isPromptUri(uri)) {
    const prompt = await cache.promptAnywhere(uri);
    if (!prompt) return undefined;
    const { document, place } = prompt;
    return { uri, path: place?.path ?? uri, version, text: document.text, lines: document.lines, place, prompt };
  }
  const place = await roots.placeOf(uri);
  const file = await place?.workspace.read(place.path);
  if (!place || !file?.ok) return undefined;
  return { uri, path: place.path, version, text: file.text, lines: new LineIndex(file.text), place, prompt: undefined };
}
