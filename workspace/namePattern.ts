/** What a name has to be, in parts. */
export type NamePattern = readonly NamePart[];

type NamePart =
  | { readonly kind: 'one' }
  | { readonly kind: 'many' }
  | { readonly kind: 'of'; readonly not: boolean; readonly chars: ReadonlySet<string> };

/** Reads a pattern of one name: `*` for any characters, `?` for one, `[abc]`, `[a-z]`, `[!abc]` for one of or none of these. */
export function readName(pattern: string): NamePattern {
  const parts: NamePart[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    const set = char === '[' ? /^\[([!^]?)([^\]]+)\]/.exec(pattern.slice(at, at + LONGEST_SET)) : null;
    if (set) {
      parts.push({ kind: 'of', not: set[1] !== '', chars: new Set(charsOf(set[2] ?? '')) });
      at += set[0].length - 1;
    } else if (char === '*') {
      if (parts.at(-1)?.kind !== 'many') parts.push({ kind: 'many' });
    } else parts.push(char === '?' ? { kind: 'one' } : { kind: 'of', not: false, chars: new Set(char) });
  }
  return parts;
}

const LONGEST_SET = 200;

/** `a-z` stands for all between. */
function charsOf(set: string): readonly string[] {
  const chars: string[] = [];
  for (let at = 0; at < set.length; at++) {
    const [from, to] = [set.charCodeAt(at), set.charAt(at + 1) === '-' ? set.charCodeAt(at + 2) : Number.NaN];
    if (to >= from && to - from < LONGEST_SET) {
      for (let code = from; code <= to; code++) chars.push(String.fromCharCode(code));
      at += 2;
    } else chars.push(set.charAt(at));
  }
  return chars;
}

/** In time proportional to both at worst, whatever the pattern. */
export function fitsName(name: string, pattern: NamePattern): boolean {
  let [at, step, star, resume] = [0, 0, -1, 0];
  while (at < name.length) {
    const part = pattern[step];
    if (part?.kind === 'many') {
      star = step++;
      resume = at;
    } else if (part && (part.kind === 'one' || part.chars.has(name.charAt(at)) !== part.not)) {
      at++;
      step++;
    } else if (star >= 0) {
      step = star + 1;
      at = ++resume;
    } else return false;
  }
  return pattern.slice(step).every(({ kind }) => kind === 'many');
}

/** Whether a name has to begin with a dot. */
export function meansDot([first]: NamePattern): boolean {
  return first?.kind === 'of' && !first.not && first.chars.size === 1 && first.chars.has('.');
}
