import { posix } from 'node:path';
import { type Reference, sha256Hex, splitPromptId } from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { LoadedPrompt } from '../loadPrompt.ts';

/** A prompt's file as it is, or as it shall be. */
export interface PromptText {
  readonly text: string;
  readonly byteOrderMark: boolean;
}

/**
 * SHA-256 in hex of the bytes of the prompt's file and of every file in its fingerprint, as `sha256sum` gives it; by path from the prompt's folder.
 * `prompt` is what the prompt's file holds. UserError `conflict` when a file is not what was loaded.
 */
export async function fileHashes(
  workspace: Workspace,
  { promptId, document, facts, files }: Pick<LoadedPrompt, 'promptId' | 'document' | 'facts' | 'files'>,
  prompt: PromptText,
): Promise<Readonly<Record<string, string>>> {
  const { file } = splitPromptId(promptId);
  const folder = posix.dirname(file);
  const included = (document.included ?? []).flatMap(({ value, inFingerprint }) => (inFingerprint ? [facts.included?.get(value)] : []));
  const others = [facts.outputSchema, facts.tools, ...(facts.partials?.values() ?? []), ...included].flatMap(
    (reference) => reference?.path ?? [],
  );
  const loaded = new Map(Object.entries(files).map(([written, text]) => [workspace.resolve(file, written), text]));
  const hashes = await Promise.all(
    [...new Set(others)].map(async (path): Promise<readonly [string, string]> => {
      const read = await workspace.read(path);
      if (!read.ok || (loaded.has(path) && loaded.get(path) !== read.text))
        throw new UserError('conflict', `${path} was changed by someone else in the meantime. Nothing was released; try again.`);
      return [posix.relative(folder, path), hashOf({ text: read.text, byteOrderMark: read.byteOrderMark === true })];
    }),
  );
  return Object.fromEntries([[posix.basename(file), hashOf(prompt)], ...hashes].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}

/** UserError where a file that belongs to the fingerprint could not be read: then the fingerprint is not that of the prompt. */
export function requireFingerprinted({ promptId, document, facts }: Pick<LoadedPrompt, 'promptId' | 'document' | 'facts'>): void {
  const refuseMissing = (what: string, reference: Reference<unknown> | undefined, at: number | undefined): void => {
    if (!reference || reference.status === 'read') return;
    throw new UserError('configuration', `${what} cannot be used: ${reference.message} Without it the prompt cannot be released.`, {
      file: promptId,
      line: document.lines.lineNumber(at ?? 0),
    });
  };
  refuseMissing('The schema', facts.outputSchema, document.outputSchema?.range.start);
  refuseMissing('The tools file', facts.tools, document.tools?.range.start);
  for (const [name, included] of facts.included ?? []) refuseMissing(`\`${name}\``, included, undefined);
  for (const [name, partial] of facts.partials ?? []) refuseMissing(`The template "${name}"`, partial, undefined);
}

/** Text was decoded strictly, so that its UTF-8 is what the file holds, but for the mark. */
function hashOf({ text, byteOrderMark }: PromptText): string {
  return sha256Hex(withMark({ text, byteOrderMark }));
}

/** The text as it is to be written. */
export function withMark({ text, byteOrderMark }: PromptText): string {
  return byteOrderMark ? `\uFEFF${text}` : text;
}
