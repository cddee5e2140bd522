/** How long a text may be; Infinity where nothing is said. */
export interface LengthLimits {
  readonly sentences: number;
  readonly words: number;
  readonly characters: number;
}

/** Reads limits such as "one sentence", "at most 20 words", "under 140 characters", "maximal 15 Wörter" from words. */
export function readLengthLimits(text: string): LengthLimits {
  return { sentences: limit(text, SENTENCES), words: limit(text, WORDS), characters: limit(text, CHARACTERS) };
}

/** The tighter of two limits, field by field. */
export function tighter(a: LengthLimits, b: LengthLimits): LengthLimits {
  return {
    sentences: Math.min(a.sentences, b.sentences),
    words: Math.min(a.words, b.words),
    characters: Math.min(a.characters, b.characters),
  };
}

const NUMBER = String.raw`(\d{1,4}|an?|one|single|two|three|four|five|six|ten|twenty|ein(?:e[mnrs]?)?|zwei|drei|une?|deux|trois|un[ao]?|dos|tres|een|twee|drie|due|tre)`;
const BETWEEN = String.raw`(?:\s*(?:-|–|to|or|bis|à|a)\s*${NUMBER})?`;
const SHORT = String.raw`(?:\s+(?:short|brief|concise|single|kurze[nrms]?|courte|breve|korte))?`;
const SENTENCES = new RegExp(
  String.raw`\b${NUMBER}${BETWEEN}${SHORT}[\s-]+(?:sentences?|sätze?n?|satz|phrases?|frases?|oraciones|oración|zinn?en|zin|frasi)\b`,
  'giu',
);
const WORDS = new RegExp(
  String.raw`\b${NUMBER}${BETWEEN}[\s-]+(?:words?|wörtern?|worten?|wort|mots?|palabras?|woorden|woord|parol[ae])\b`,
  'giu',
);
const CHARACTERS = new RegExp(
  String.raw`\b${NUMBER}${BETWEEN}[\s-]+(?:characters?|chars?|zeichen|caractères?|caracteres?|tekens?|caratter[ei])\b`,
  'giu',
);
const VALUES: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
  twenty: 20,
  zwei: 2,
  drei: 3,
  deux: 2,
  trois: 3,
  dos: 2,
  tres: 3,
  twee: 2,
  drie: 3,
  due: 2,
  tre: 3,
};

function limit(text: string, pattern: RegExp): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const match of text.matchAll(pattern)) {
    const word = (match[2] ?? match[1] ?? '').toLowerCase();
    const value = /^\d/.test(word) ? Number(word) : (VALUES[word] ?? 1);
    if (value > 0) smallest = Math.min(smallest, value);
  }
  return smallest;
}
