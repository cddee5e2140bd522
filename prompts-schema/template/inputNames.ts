import type { PromptDocument } from '../document.ts';
import { type Partials, partialVariables } from './partials.ts';
import { placeholderNames } from './render.ts';

/** The variables that a prompt takes, once each: those of its own text, then those that its partials read. */
export function inputNames(document: PromptDocument, partials: Partials | undefined): readonly string[] {
  const inPartials = document.body && partials ? partialVariables(document.body.nodes, document.dialect, partials) : [];
  return [...new Set([...placeholderNames(document), ...inPartials])];
}
