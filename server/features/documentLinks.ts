import type { DocumentLink } from 'vscode-languageserver/node';
import type { Located, PromptDocument } from '../../prompts-schema/index.ts';
import { fileReferences } from '../documents/fileReferences.ts';
import { lspRange } from '../positions.ts';

/** Every path to another file as a link. `uriOf` gives the file's address, or undefined where the path leads outside the root. */
export function documentLinks(document: PromptDocument, uriOf: (reference: string) => string | undefined): DocumentLink[] {
  return fileReferences(document).flatMap(({ value, range }: Located<string>) => {
    const target = uriOf(value);
    return target ? [{ range: lspRange(document.lines, range), target }] : [];
  });
}
