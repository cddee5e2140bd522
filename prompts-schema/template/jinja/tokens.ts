import type { Range } from '../../text/range.ts';

/** A word or sign inside of `{{ }}` or `{% %}`. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'sign';
  /** Of strings what they say; of everything else the text. */
  readonly text: string;
  readonly range: Range;
}

/** Tokens of one tag: a longer expression would nest as deep as it is long. */
export const MAX_TOKENS = 1_000;

/** The inside of a tag; `end` is behind its closing sign, `trim` tells of a `-` before that. Without an end `closed` is false. */
export interface TagTokens {
  readonly tokens: readonly Token[];
  readonly end: number;
  readonly closed: boolean;
  readonly trim: boolean;
  /** The first character that is no part of the language. */
  readonly bad: Range | undefined;
}

/** Reads from behind the opening sign to `close`, which is text where it stands in a string or within brackets. */
export function readTagTokens(text: string, start: number, limit: number, close: '}}' | '%}'): TagTokens {
  const tokens: Token[] = [];
  let at = start;
  let braces = 0;
  let bad: Range | undefined;
  while (at < limit && tokens.length <= MAX_TOKENS) {
    WHITE.lastIndex = at;
    at += WHITE.exec(text)?.[0].length ?? 0;
    if (at >= limit) break;
    const trim = text[at] === '-' || text[at] === '+';
    const closes = text.startsWith(close, trim ? at + 1 : at);
    if (closes && (close === '%}' || braces === 0)) {
      const end = at + (trim ? 3 : 2);
      if (end > limit) break;
      return { tokens, end, closed: true, trim: text[at] === '-', bad };
    }
    const opens = text.slice(at, at + 2);
    if (opens === '{%' || opens === '{#' || (opens === '{{' && tokens.length > 0 && braces === 0)) break;
    const token = tokenAt(text, at);
    if (!token || token.range.end > limit) {
      bad ??= { start: at, end: Math.min(at + 1, limit) };
      if (text[at] === '"' || text[at] === "'") break; // a string that is never closed
      at++;
      continue;
    }
    if (token.kind === 'sign' && token.text === '{') braces++;
    if (token.kind === 'sign' && token.text === '}') braces = Math.max(0, braces - 1);
    tokens.push(token);
    at = token.range.end;
  }
  return { tokens, end: at, closed: false, trim: false, bad };
}

const WHITE = /\s*/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/y;
const SIGN = /===|!==|\/\/|\*\*|==|!=|<=|>=|[-+*/%~<>=.,:|()[\]{}]/y;

function tokenAt(text: string, at: number): Token | undefined {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    return { kind, text: kind === 'string' ? unquoted(found) : found, range: { start: at, end: at + found.length } };
  }
  return undefined;
}

const KINDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['string', STRING],
  ['number', NUMBER],
  ['name', NAME],
  ['sign', SIGN],
];

function unquoted(written: string): string {
  return written.slice(1, -1).replace(/\\([\s\S])/g, (_, after: string) => ESCAPES[after] ?? after);
}

const ESCAPES: { readonly [after: string]: string } = { n: '\n', t: '\t', r: '\r' };
