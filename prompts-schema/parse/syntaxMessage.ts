import type { ErrorCode } from 'yaml';
import { lineStart } from '../text/lineStart.ts';
import type { Range } from '../text/range.ts';

/** What a YAML syntax error means for the person who wrote the text, and what to do; the library's own words where there is no better advice. */
export function syntaxMessage(code: ErrorCode, message: string, text: string, range: Range): string {
  if (looksLikePlaceholder(text, range.start))
    return 'A value that begins with `{{` needs quotes, or YAML reads it as a map: write "{{name}} …", or use a block with `|`.';
  if (looksLikeBracketPath(text, range.start)) return 'Inside { } a path with brackets needs quotes: path: "$.items[*].name".';
  const advice = ADVICE[code];
  if (advice) return advice;
  if (code === 'MISSING_CHAR' && /closing .*quote/i.test(message)) return 'The quote that opens this text is never closed.';
  if (code === 'MISSING_CHAR' && /key.* : |implicit map|indicator/i.test(message)) return 'A `:` and a space are missing after this key.';
  return `This is not valid YAML: ${message.replace(/\s*\n[\s\S]*$/, '')}`;
}

/** Whether the line up to the offset holds an unquoted value that begins with `{{`. */
function looksLikePlaceholder(text: string, offset: number): boolean {
  const start = lineStart(text, offset);
  return /^[\s-]*(?:[\w.$-]+\s*:\s+|-\s+)\{\{[^{}\n]*\}\}/.test(
    text.slice(start, Math.min(text.length, offset + 200)).split('\n', 1)[0] ?? '',
  );
}

/** Whether the bracket at the offset belongs to an unquoted `$.a[0]`. */
function looksLikeBracketPath(text: string, offset: number): boolean {
  return text.charAt(offset) === '[' && /\$[\w.$-]*(?:\[[^\]\n]*\][\w.$-]*)*$/.test(text.slice(Math.max(0, offset - 100), offset));
}

const ADVICE: { readonly [code in ErrorCode]?: string } = {
  BAD_ALIAS: 'A `*` begins an alias in YAML. Quote the text if a literal * is meant.',
  BAD_DQ_ESCAPE: 'This backslash begins no escape that YAML knows. Write \\\\ for a backslash, or use single quotes.',
  BAD_INDENT:
    'The indentation does not fit: keys of one map start in the same column, and what belongs to a key stands deeper than the key.',
  BAD_SCALAR_START: 'Text cannot begin with this character in YAML. Put it in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'There are two keys on this line. Put the value in quotes if the colon belongs to the text, or begin a new line.',
  BLOCK_IN_FLOW: 'Inside { } or [ ] only the bracket form can be used. Write this part with brackets too, or the whole without.',
  KEY_OVER_1024_CHARS: 'A key is longer than 1024 characters. Is a quote or a colon misplaced?',
  MULTILINE_IMPLICIT_KEY: 'A key must be on one line, with a `:` behind it. Is the colon missing, or is text not indented below its key?',
  MULTIPLE_DOCS: 'A second YAML document begins here and is not read. Remove the `---`.',
  RESOURCE_EXHAUSTION: 'This text is too intricate to read. Simplify it.',
  TAB_AS_INDENT: 'YAML is indented with spaces; this is a tab.',
};
