import { type PromptDocument, partialNames, partialPaths, type Reference } from '../prompts-schema/index.ts';
import type { ReadResult } from '../workspace/index.ts';

/** The partials of a prompt by name, and the texts that were read by their path as written from the prompt: what a run freezes. */
export interface GatheredPartials {
  readonly partials: ReadonlyMap<string, Reference<string>>;
  readonly texts: Readonly<Record<string, string>>;
}

/** Follows the partials that a prompt puts in, and those within them, each once. One that is nowhere says so. */
export async function gatherPartials(
  document: PromptDocument,
  promptId: string,
  read: (written: string) => Promise<ReadResult>,
): Promise<GatheredPartials> {
  const partials = new Map<string, Reference<string>>();
  const texts: Record<string, string> = {};
  const waiting = [...new Set((document.partials ?? []).map(({ name }) => name))];
  for (let name = waiting.shift(); name !== undefined && partials.size < MOST_PARTIALS; name = waiting.shift()) {
    if (partials.has(name)) continue;
    const found = await firstFound(partialPaths(promptId, name), read);
    if (!found) {
      partials.set(name, { status: 'missing', path: name, message: missingMessage(name) });
      continue;
    }
    const { file, written } = found;
    if (!file.ok) {
      partials.set(name, { status: file.reason === 'outside' ? 'outside' : 'unreadable', path: file.path, message: file.message });
      continue;
    }
    partials.set(name, { status: 'read', path: file.path, value: file.text });
    texts[written] = file.text;
    waiting.push(...partialNames(file.text, document.dialect));
  }
  return { partials, texts };
}

const MOST_PARTIALS = 64;

function missingMessage(name: string): string {
  const [file] = partialPaths('', name);
  return file
    ? `No file ${file.slice(2)} is in the folder of this prompt or above it. If the application defines the partial, the prompt renders only there.`
    : `\`${name}\` is no name of a partial: it has to stay within the folder.`;
}

async function firstFound(
  paths: readonly string[],
  read: (written: string) => Promise<ReadResult>,
): Promise<{ readonly file: ReadResult; readonly written: string } | undefined> {
  for (const written of paths) {
    const file = await read(written);
    if (file.ok || file.reason !== 'missing') return { file, written };
  }
  return undefined;
}
