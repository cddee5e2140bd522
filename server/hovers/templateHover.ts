import { boundNamesAt, type PromptDocument, type Range, templateTokens, templateWordDoc } from '../../prompts-schema/index.ts';
import { codeMarkdown } from '../../safety/index.ts';
import { touches } from '../positions.ts';

/** What a word in a tag of a template does: a helper, a filter, or a name that a loop or an assignment gives. Undefined for every other place. */
export function templateHover(document: PromptDocument, offset: number): { readonly markdown: string; readonly range: Range } | undefined {
  const { body, dialect, text } = document;
  if (dialect === 'github' || (body && offset < body.range.start)) return undefined;
  const token = templateTokens(document).find(({ kind, range }) => kind !== 'delimiter' && touches(range, offset));
  if (!token) return undefined;
  const word = text.slice(token.range.start, token.range.end);
  if (token.kind === 'filter' || token.kind === 'keyword') {
    const doc = templateWordDoc(dialect, word);
    return doc === undefined ? undefined : { markdown: `${codeMarkdown(word)}: ${doc}`, range: token.range };
  }
  const bound = token.kind === 'variable' && body ? boundNamesAt(body.nodes, offset).find(({ name }) => name === word) : undefined;
  return bound && { markdown: `${codeMarkdown(word)}: ${WHAT[bound.kind]}`, range: token.range };
}

const WHAT = {
  loop: 'what the loop around it calls its item or key.',
  with: 'what the block around it calls its value.',
  assign: 'a name that is set further up in the template.',
} as const;
