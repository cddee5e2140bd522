import { codeMarkdown, escapeTerminalLine } from '../../../safety/index.ts';

/**
 * Untrusted text as one line of Markdown prose. Words of letters, figures and plain punctuation stay as they are; every other word becomes
 * inline code. Escaping alone is not enough: hosts such as GitHub look for `@name`, `#12` and addresses in the rendered text, where a backslash
 * is no longer seen; inline code they leave alone.
 */
export function proseMarkdown(text: string): string {
  const words = escapeTerminalLine(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return words.map((word, at) => (isPlain(word) && !(at === 0 && BLOCK_START.test(word)) ? word : codeMarkdown(word))).join(' ');
}

/** Untrusted text as inline code on one line, nothing in it invisible. */
export function codeLine(text: string): string {
  return codeMarkdown(escapeTerminalLine(text));
}

/** A list marker, a rule, or the underline of a heading. */
const BLOCK_START = /^(?:[-+]+|=+|\d{1,9}[.)])$/;

const PLAIN = /^[\p{L}\p{M}\p{N}.,;?!'"’“”„…()%±−–—·×→≥≤/+=-]+:?$/u;

/** A host makes a link of these although they hold nothing but plain characters: addresses, commits, issues, merge requests, milestones. */
const LINKED = /^\W*(?:www\.|[0-9a-f]{7,40}\b|[a-z]+-\d)|\/\/|[\p{L}\p{N}]\.\p{L}|!\d|%\p{L}/iu;

function isPlain(word: string): boolean {
  return PLAIN.test(word) && !LINKED.test(word);
}
