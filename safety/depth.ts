/** How deep YAML and JSON may nest before a parser sees them (docs/design: deep nesting ends some parsers' whole process). */
export const MAX_DEPTH = 100;

/** Whether JSON text nests deeper than the limit: counted in one pass without a parser, outside strings, so exact. YAML has its own count (prompts-schema). */
export function isTooDeep(json: string, limit = MAX_DEPTH): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (quoted) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === OPEN_LIST || code === OPEN_MAP) {
      if (++depth > limit) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_MAP) depth--;
  }
  return false;
}

const QUOTE = 34;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;
