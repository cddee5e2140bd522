/** A string or template literal's text piece; `start` is the offset of its first character, after the quote. */
export interface Literal {
  readonly start: number;
  readonly value: string;
}

/** Source text with the contents of comments, strings and regexes blanked out: offsets, lines, quotes and all code stay where they were. */
export interface MaskedSource {
  readonly masked: string;
  readonly literals: readonly Literal[];
}

/** What a slash that starts a regex may stand behind; after a name, a number or a closing bracket it divides. */
const BEFORE_REGEX = /(^|[(,=:[!&|?{};+\-*%>~^]|\b(return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield))$/;

/**
 * Masks TypeScript and TSX. No parser: a quote that its line does not close is taken for a plain character (an apostrophe in JSX text),
 * and so is a slash that its line does not close; two slashes right behind a colon are an address, not a comment.
 */
export function maskSource(text: string): MaskedSource {
  const out = [...Array(text.length).keys()].map((at) => text[at] ?? '');
  const literals: Literal[] = [];
  const blank = (from: number, to: number) => {
    for (let at = from; at < to; at++) if (out[at] !== '\n') out[at] = ' ';
  };
  const literal = (start: number, end: number) => {
    literals.push({ start, value: text.slice(start, end) });
    blank(start, end);
  };
  // For each template that is open, how many braces of its `${…}` are; the innermost is last.
  const open: number[] = [];
  let code = ''; // the last few characters of code, blanks and comments left out

  const template = (from: number): number => {
    for (let at = from; at < text.length; at++) {
      if (text[at] === '\\') at++;
      else if (text[at] === '`') {
        literal(from, at);
        return at + 1;
      } else if (text.startsWith('${', at)) {
        literal(from, at);
        open.push(0);
        return at + 2;
      }
    }
    blank(from, text.length);
    return text.length;
  };

  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? '';
    if (text.startsWith('//', at) && text[at - 1] !== ':') {
      const end = endOfLine(text, at);
      blank(at, end);
      at = end;
    } else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      const end = close < 0 ? text.length : close + 2;
      blank(at, end);
      at = end;
    } else if (char === '"' || char === "'") {
      const end = closing(text, at, char);
      if (end > 0) literal(at + 1, end);
      code = char;
      at = end > 0 ? end + 1 : at + 1;
    } else if (char === '`') {
      at = template(at + 1);
      code = '`';
    } else if (char === '/' && BEFORE_REGEX.test(code) && text[at + 1] !== '>') {
      const end = closing(text, at, '/');
      if (end > 0) blank(at + 1, end);
      code = '/';
      at = end > 0 ? end + 1 : at + 1;
    } else {
      const depth = open.length - 1;
      if (depth >= 0 && char === '{') open[depth] = (open[depth] ?? 0) + 1;
      if (depth >= 0 && char === '}' && open[depth] === 0) {
        open.pop();
        at = template(at + 1);
        code = '`';
        continue;
      }
      if (depth >= 0 && char === '}') open[depth] = (open[depth] ?? 0) - 1;
      // A blank parts two words, and is nothing more.
      if (/\S/.test(char)) code = (code + char).slice(-12);
      else if (/\w$/.test(code))
        code = `${code.slice(-11)} `.replace(/\b(return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield) $/, '$1');
      at++;
    }
  }
  return { masked: out.join(''), literals };
}

/** The line, counted from 1, of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The offset of the closing mark on the same line, escapes and a regex's classes left out; -1 when there is none. */
function closing(text: string, start: number, mark: string): number {
  let inClass = false;
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (mark === '/' && text[at] === '[') inClass = true;
    else if (mark === '/' && text[at] === ']') inClass = false;
    else if (text[at] === mark && !inClass) return at;
  }
  return -1;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
