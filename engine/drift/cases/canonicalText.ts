/** The form in which texts are compared: Unicode NFC, every run of white space one space, none at the ends. */
export function canonicalText(text: string): string {
  if (CANONICAL_ALREADY.test(text)) return text;
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** Words of ASCII with single spaces between: most labels and much prose. */
const CANONICAL_ALREADY = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** A text without the one code fence that encloses all of it, and whether there was one, so that a caller can report what was taken off. */
export function stripOuterFence(text: string): { readonly text: string; readonly stripped: boolean } {
  const trimmed = text.trim();
  if (!trimmed.startsWith('```') || !trimmed.endsWith('```') || trimmed.length < 6) return { text, stripped: false };
  const firstLine = trimmed.indexOf('\n');
  if (firstLine < 0 || firstLine > trimmed.length - 4) return { text, stripped: false };
  const inner = trimmed.slice(firstLine + 1, -3);
  if (inner.includes('```')) return { text, stripped: false };
  return { text: inner.replace(/\r?\n$/, ''), stripped: true };
}
