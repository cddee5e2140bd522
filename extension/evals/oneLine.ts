/** The start of a text on one line: white space runs become one space, control characters go, at most `length` characters are kept. */
export function oneLine(text: string, length = 200): string {
  const start = text.length > length * 4 ? text.slice(0, length * 4) : text; // enough even where much of it is white space
  const line = start.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > length || start.length < text.length ? `${cut(line, length)}…` : line;
}

/** Never cuts a surrogate pair in two. */
function cut(text: string, length: number): string {
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return text.slice(0, end);
}
