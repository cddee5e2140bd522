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
  readonly compile: (pattern: string) => CompiledRegex;
}

/** Loads the engine (re2js, about 150 kB) at the first need; compiled patterns are kept. */
export async function loadRegexEngine(): Promise<RegexEngine> {
  const { RE2JS } = await import('re2js');
  const compiled = new Map<string, CompiledRegex>();
  const compile = (pattern: string): CompiledRegex => {
    const known = compiled.get(pattern);
    if (known) return known;
    let made: CompiledRegex;
    try {
      const expression = RE2JS.compile(pattern);
      made = { ok: true, test: (text) => expression.matcher(text).find(), last: (text) => lastMatch(expression.matcher(text)) };
    } catch (error) {
      made = { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
    if (compiled.size < MOST_PATTERNS) compiled.set(pattern, made);
    return made;
  };
  return { compile };
}

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
