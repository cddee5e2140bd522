/**
 * Whether a short text matches a pattern from a schema. Only a plain sequence is understood: literals, `.`, `\d \w \s`, classes,
 * with `? * + {n} {n,m}`, optional `^ $`. Groups and alternatives are not: then nothing matches. Runs in time proportional to
 * text × pattern, whatever the pattern, because patterns come from files nobody vetted.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const parts = parse(pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, ''));
  if (!parts || text.length > 128) return false;
  let reached = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const from of reached) {
      let at = from;
      for (let count = 0; ; count++) {
        if (count >= part.least) {
          if (next.has(at) && count > part.least) break;
          next.add(at);
        }
        if (count >= part.most || at >= text.length || !part.test(text[at] ?? '')) break;
        at++;
      }
    }
    reached = next;
  }
  return reached.has(text.length);
}

interface Part {
  readonly least: number;
  readonly most: number;
  test(character: string): boolean;
}

function parse(pattern: string): readonly Part[] | undefined {
  if (pattern.length > 200) return undefined;
  const parts: Part[] = [];
  let at = 0;
  while (at < pattern.length) {
    const piece = /(\[\^?(?:\\.|[^\]\\])+\]|\\.|[^()|[\]*+?{}\\^$])(\?|\*|\+|\{\d{1,3}(?:,\d{0,3})?\})?/y;
    piece.lastIndex = at;
    const match = piece.exec(pattern);
    const unit = match?.[1];
    if (!match || unit === undefined) return undefined;
    const one = unit.length === 1 && unit !== '.' ? undefined : new RegExp(`^${unit}$`, 'u');
    parts.push({ ...times(match[2] ?? ''), test: (character) => (one ? one.test(character) : character === unit) });
    at += match[0].length;
  }
  return parts;
}

function times(quantifier: string): { readonly least: number; readonly most: number } {
  if (quantifier === '') return { least: 1, most: 1 };
  if (quantifier === '?') return { least: 0, most: 1 };
  if (quantifier === '*') return { least: 0, most: Number.POSITIVE_INFINITY };
  if (quantifier === '+') return { least: 1, most: Number.POSITIVE_INFINITY };
  const [least = '', most] = quantifier.slice(1, -1).split(',');
  return { least: Number(least), most: most === undefined ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most) };
}
