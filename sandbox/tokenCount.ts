/** Characters (UTF-16 units) the stand-in counts as one token: the rule of thumb for English text. */
export const CHARACTERS_PER_TOKEN = 4;

/** Approximate tokens of a text: a quarter of its length, rounded up. Not a tokeniser; the same text always counts the same. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** The longest start of a text that counts as at most `tokens` tokens; never splits a surrogate pair. */
export function truncateToTokens(text: string, tokens: number): string {
  const limit = Math.max(0, Math.floor(tokens)) * CHARACTERS_PER_TOKEN;
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
