import { fold } from '../language/words.ts';

/** Words that tell one kind of value from its siblings: a due date from the date of issue, a total from the tax. */
export interface Kind<Name extends string> {
  readonly name: Name;
  /** Words that settle it. */
  readonly strong: RegExp;
  /** Words that hint at it when nothing settles it; never matches for a kind that has none. */
  readonly weak: RegExp;
}

/** A kind told by words, and how surely. */
export interface ToldKind<Name extends string> {
  readonly name: Name;
  readonly strong: boolean;
}

/** A kind from alternatives in regular expression syntax, folded: `stems` may go on, `words` end there. */
export function kind<Name extends string>(name: Name, strong: KindWords, weak: KindWords = {}): Kind<Name> {
  return { name, strong: pattern(strong), weak: pattern(weak) };
}

/** Alternatives: beginnings of words, and whole words. */
export interface KindWords {
  readonly stems?: string;
  readonly words?: string;
}

/** The kind the words before a value speak of: the one named last, strong words first. */
export function kindBefore<Name extends string>(words: string, kinds: readonly Kind<Name>[]): ToldKind<Name> | undefined {
  return told(words, kinds, (at, best) => at >= best);
}

/** The kind a field's name, else its description, asks for: the one named first, strong words first. */
export function kindAsked<Name extends string>(
  name: string,
  description: string,
  kinds: readonly Kind<Name>[],
): ToldKind<Name> | undefined {
  const inName = told(name, kinds, (at, best) => at < best);
  if (inName?.strong) return inName;
  const inDescription = told(description, kinds, (at, best) => at < best);
  return inDescription?.strong ? inDescription : (inName ?? inDescription);
}

function told<Name extends string>(
  words: string,
  kinds: readonly Kind<Name>[],
  better: (at: number, best: number) => boolean,
): ToldKind<Name> | undefined {
  const folded = fold(words).replaceAll('ł', 'l');
  if (folded.trim() === '') return undefined;
  for (const strong of [true, false]) {
    let best: { readonly name: Name; readonly at: number } | undefined;
    for (const candidate of kinds)
      for (const match of folded.matchAll(strong ? candidate.strong : candidate.weak)) {
        const at = match.index + (better(1, 0) ? match[0].length : 0);
        if (!best || better(at, best.at)) best = { name: candidate.name, at };
      }
    if (best) return { name: best.name, strong };
  }
  return undefined;
}

function pattern({ stems, words }: KindWords): RegExp {
  const parts = [stems ? `(?:${stems})\\p{L}*` : '', words ? `(?:${words})(?!\\p{L})` : ''].filter(Boolean);
  return parts.length > 0 ? new RegExp(`(?<!\\p{L})(?:${parts.join('|')})`, 'gu') : NEVER;
}

const NEVER = /(?!)/g;
