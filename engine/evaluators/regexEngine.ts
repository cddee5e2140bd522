/** A pattern that was compiled, or why it could not be. */
export type CompiledRegex =
  | {
      readonly ok: true;
      readonly test: (text: string) => boolean;
      /** The first group of the last match, or the whole match where there is no group; undefined when nothing matches. */
      readonly last: (text: string) => string | undefined;
    }
  | { readonly ok: false; readonly message: string };

/** Regular expressions from files, on an engine whose time is linear in the text whatever the pattern. */
export interface RegexEngine {
  /** `longest`: the length of the text that it is for; a large pattern is refused for a long text, which it would take seconds to walk. */
  readonly compile: (pattern: string, longest?: number) => CompiledRegex;
}

/** Loads the engine (re2js, about 150 kB) at the first need; compiled patterns are kept. */
export async function loadRegexEngine(): Promise<RegexEngine> {
  const { RE2JS } = await import('re2js');
  const compiled = new Map<string, Sized>();
  const make = (pattern: string): Sized => {
    try {
      const expression = RE2JS.compile(pattern);
      const regex: CompiledRegex = {
        ok: true,
        test: (text) => expression.matcher(text).find(),
        last: (text) => lastMatch(expression.matcher(text)),
      };
      return { regex, size: expression.programSize() };
    } catch (error) {
      return { regex: { ok: false, message: error instanceof Error ? error.message : String(error) }, size: 0 };
    }
  };
  const compile: RegexEngine['compile'] = (pattern, longest = 0) => {
    const made = compiled.get(pattern) ?? make(pattern);
    if (compiled.size < MOST_PATTERNS) compiled.set(pattern, made);
    if (made.size * longest <= MOST_STEPS) return made.regex;
    return { ok: false, message: `it is too large to look through a text of ${longest.toLocaleString('en')} characters` };
  };
  return { compile };
}

/** A pattern with the number of its instructions: a match takes at most so many steps a character. */
interface Sized {
  readonly regex: CompiledRegex;
  readonly size: number;
}

/** Half a second's worth. A pattern of a hundred instructions, which is a long one, may look through 300,000 characters. */
const MOST_STEPS = 30_000_000;

const MOST_PATTERNS = 1000;

interface Matcher {
  readonly find: () => boolean;
  readonly groupCount: () => number;
  readonly group: (index: number) => string | null;
}

function lastMatch(matcher: Matcher): string | undefined {
  let last: string | undefined;
  while (matcher.find()) last = matcher.group(matcher.groupCount() > 0 ? 1 : 0) ?? undefined;
  return last;
}
