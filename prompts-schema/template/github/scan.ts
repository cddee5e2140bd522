import type { Range } from '../../text/range.ts';

/** A `{{name}}` in a text. */
export interface FoundPlaceholder {
  readonly name: string;
  /** Braces included. */
  readonly range: Range;
}

/**
 * The placeholders of the `github` dialect: two braces, a name without braces or white space, two braces. `{{ name }}` is text,
 * because the runner of these files replaced `{{` + key + `}}` as it stands. Of three braces the inner two count.
 */
export function scanPlaceholders(text: string): readonly FoundPlaceholder[] {
  if (!text.includes('{{')) return [];
  const found: FoundPlaceholder[] = [];
  for (const match of text.matchAll(PLACEHOLDER))
    found.push({ name: match[1] ?? '', range: { start: match.index, end: match.index + match[0].length } });
  return found;
}

const PLACEHOLDER = /\{\{([^{}\s]+)\}\}/g;
