import type { Role } from '../document.ts';
import type { Piece } from './output.ts';

export interface RenderedMessage {
  readonly role: Role;
  readonly content: string;
}

/** Messages, or the role that none of ours is. */
export type Assembled = { readonly messages: readonly RenderedMessage[] } | { readonly unknownRole: string };

/** The roles of Dotprompt as ours. Genkit's `model` is what the APIs call `assistant`. */
export const DOTPROMPT_ROLES: ReadonlyMap<string, Role> = new Map([
  ['system', 'system'],
  ['user', 'user'],
  ['model', 'assistant'],
  ['assistant', 'assistant'],
]);

/** The roles of Prompty as ours. */
export const PROMPTY_ROLES: ReadonlyMap<string, Role> = new Map([
  ['system', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
]);

/**
 * Dotprompt: what stands before the first role is the user's, a role without text is replaced by the next, what follows the history is
 * the model's, and parts that are only white space are left out.
 */
export function dotpromptMessages(pieces: readonly Piece[]): Assembled {
  const drafts: { role: string; parts: string[] }[] = [{ role: 'user', parts: [] }];
  for (const piece of pieces) {
    const last = drafts.at(-1);
    if (piece.kind === 'text') {
      if (piece.text.trim()) last?.parts.push(piece.text);
    } else if (piece.kind === 'role') {
      if (last && last.parts.length === 0) last.role = piece.role;
      else drafts.push({ role: piece.role, parts: [] });
    } else if (piece.marker === 'history') drafts.push({ role: 'model', parts: [] });
  }
  return assembled(
    drafts.filter(({ parts }) => parts.length > 0).map(({ role, parts }) => ({ role, content: parts.join('') })),
    DOTPROMPT_ROLES,
  );
}

/** Prompty: what stands before the first role is the system's; blank lines around a message do not count, and an empty one is sent. */
export function promptyMessages(pieces: readonly Piece[]): Assembled {
  const drafts: { role: string | undefined; content: string }[] = [{ role: undefined, content: '' }];
  for (const piece of pieces) {
    const last = drafts.at(-1);
    if (piece.kind === 'role') drafts.push({ role: piece.role, content: '' });
    else if (piece.kind === 'text' && last) last.content += piece.text;
  }
  const written = drafts.map(({ role, content }) => ({ role, content: withoutBlankEnds(content) }));
  return assembled(
    written.filter(({ role, content }) => role !== undefined || content !== '').map(({ role = 'system', content }) => ({ role, content })),
    PROMPTY_ROLES,
  );
}

/** Without the blank lines at its beginning and end. */
export function withoutBlankEnds(text: string): string {
  const lead = text.length - text.trimStart().length;
  return text.slice(text.lastIndexOf('\n', lead - 1) + 1).trimEnd();
}

function assembled(drafts: readonly { readonly role: string; readonly content: string }[], roles: ReadonlyMap<string, Role>): Assembled {
  const messages: RenderedMessage[] = [];
  for (const { role, content } of drafts) {
    const own = roles.get(role);
    if (!own) return { unknownRole: role };
    messages.push({ role: own, content });
  }
  return { messages };
}
