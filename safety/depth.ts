/** How deep YAML and JSON may nest before a parser sees them (docs/design: deep nesting ends some parsers' whole process). */
export const MAX_DEPTH = 100;

/** Whether the text may nest deeper than MAX_DEPTH. For JSON this is final; YAML prose can over-count, so its reader looks again exactly. */
export function isTooDeep(text: string): boolean {
  return roughDepth(text) > MAX_DEPTH && bracketDepth(text) > MAX_DEPTH;
}

/** Nesting of YAML or JSON text counted in one pass without a parser: often too high on prose, never more than one too low. */
export function roughDepth(text: string): number {
  const columns: number[] = []; // of the blocks that are open at this line
  let flow = 0;
  let deepest = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    let at = start;
    while (text.charCodeAt(at) === SPACE) at++;
    if (at < end && text.charCodeAt(at) !== HASH) {
      while ((columns.at(-1) ?? -1) >= at - start) columns.pop();
      columns.push(at - start);
    }
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === OPEN_LIST || code === OPEN_MAP) flow++;
      else if (code === CLOSE_LIST || code === CLOSE_MAP) flow -= flow > 0 ? 1 : 0;
      else if ((code === DASH || code === QUESTION || code === COLON) && (at + 1 >= end || text.charCodeAt(at + 1) <= SPACE))
        columns.push(at + 1 - start);
      else continue;
      if (columns.length + flow > deepest) deepest = columns.length + flow;
    }
    if (columns.length + flow > deepest) deepest = columns.length + flow;
    start = end + 1;
  }
  return deepest;
}

/** Depth of brackets outside double-quoted strings: exact for JSON. */
function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === OPEN_LIST || code === OPEN_MAP) deepest = Math.max(deepest, ++depth);
    else if (code === CLOSE_LIST || code === CLOSE_MAP) depth--;
  }
  return deepest;
}

const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const DASH = 45;
const COLON = 58;
const QUESTION = 63;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;
