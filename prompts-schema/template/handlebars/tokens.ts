import type { Range } from '../../text/range.ts';

/** A word or sign inside of a tag. */
export interface Token {
  readonly kind: 'id' | 'string' | 'number' | 'word' | 'sign' | 'close';
  /** Of strings and `[…]` names what they say; of everything else the text. */
  readonly text: string;
  /** A `[…]` name: no word of the language, whatever it says. */
  readonly literal: boolean;
  readonly range: Range;
}

/** Why a tag could not be read to its end. */
export interface TokenError {
  readonly at: number;
  /** Nothing closes the tag. */
  readonly unclosed: boolean;
}

/**
 * The tokens of one tag from `start` up to and with its end (`}}`, `~}}` or `}}}`). White space is left out.
 */
export function readTokens(
  text: string,
  start: number,
  end: number,
): { readonly tokens: readonly Token[]; readonly end: number } | TokenError {
  const tokens: Token[] = [];
  let at = start;
  while (at < end) {
    const match = matchAt(SPACE, text, at);
    if (match) at += match.length;
    if (at >= end) break;
    if (text.startsWith('}}}}', at)) return { at, unclosed: false }; // the end of a raw block, whatever began here
    const close = matchAt(CLOSE, text, at);
    if (close && at + close.length <= end) {
      tokens.push({ kind: 'close', text: close, literal: false, range: { start: at, end: at + close.length } });
      return { tokens, end: at + close.length };
    }
    const token = tokenAt(text, at);
    if (!token || token.range.end > end) return { at, unclosed: text.startsWith('{{', at) || at >= end };
    tokens.push(token);
    at = token.range.end;
  }
  return { at: end, unclosed: true };
}

/** Ids may hold anything that is no sign of the language; what may follow is checked, so that `12px` is one id and `12` a number. */
const SPACE = /\s+/y;
const CLOSE = /\}~?\}\}|~?\}\}/y;
const STRING = /"(?:\\"|[^"])*"|'(?:\\'|[^'])*'/y;
const NUMBER = /-?[0-9]+(?:\.[0-9]+)?(?=[~}\s)])/y;
const WORD = /(?:true|false|undefined|null)(?=[~}\s)])/y;
const AS = /as\s+\|/y;
const ID = /[^\s!"#%-,./;->@[-^`{-~]+(?=[=~}\s/.)|])/y;
const BRACKETED = /^\[(?:\\\]|[^\]])*\]/;
const LONGEST_NAME = 200;
/** The current value and the one around it; any other dot stands between two names. */
const DOTS = /\.\.|\.(?=[=~}\s/.)|])/y;
const SIGN = /[=()/.@|]/y;

function tokenAt(text: string, at: number): Token | undefined {
  const make = (kind: Token['kind'], found: string, says = found, literal = false): Token => ({
    kind,
    text: says,
    literal,
    range: { start: at, end: at + found.length },
  });
  const string = matchAt(STRING, text, at);
  if (string) {
    const quote = string.charAt(0);
    return make('string', string, string.slice(1, -1).replaceAll(`\\${quote}`, quote));
  }
  const word = matchAt(WORD, text, at);
  if (word) return make('word', word);
  const number = matchAt(NUMBER, text, at);
  if (number) return make('number', number);
  const as = matchAt(AS, text, at);
  if (as) return make('sign', as, 'as |');
  const dots = matchAt(DOTS, text, at);
  if (dots) return make('id', dots);
  const id = matchAt(ID, text, at);
  if (id) return make('id', id);
  const bracketed = text[at] === '[' ? BRACKETED.exec(text.slice(at, at + LONGEST_NAME))?.[0] : undefined;
  if (bracketed) return make('id', bracketed, bracketed.slice(1, -1).replace(/\\([\\\]])/g, '$1'), true);
  const sign = matchAt(SIGN, text, at);
  return sign ? make('sign', sign) : undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
