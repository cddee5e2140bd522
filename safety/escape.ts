/** Untrusted text for a terminal or a log: control, format and direction characters become visible escapes; line ends and tabs stay. */
export function escapeTerminal(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    character === '\n' || character === '\t' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** The same on one line: line ends and tabs become spaces. */
export function escapeTerminalLine(text: string): string {
  return escapeTerminal(text.replace(/[\r\n\t]+/g, ' '));
}

/** Untrusted text inside Markdown prose: nothing in it is a link, an image, a command or HTML. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~@&:]/g, (character) =>
    character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : `\\${character}`,
  );
}

/** Untrusted text as a Markdown code block: the fence is longer than any run of backticks inside. */
export function fenceMarkdown(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Untrusted text as inline Markdown code on one line. */
export function codeMarkdown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const tick = '`'.repeat(longest + 1);
  const pad = longest ? ' ' : '';
  return line ? `${tick}${pad}${line}${pad}${tick}` : '';
}
