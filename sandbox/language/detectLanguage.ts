import { STOP_WORDS_BY_LANGUAGE } from './stopWords.ts';
import { wordsOf } from './words.ts';

/** ISO 639-1 code of the language whose function words a text uses most; `en` when it uses none. */
export function detectLanguage(text: string): string {
  const words = wordsOf(text.slice(0, 2000));
  let best = 'en';
  let most = 0;
  for (const [code, list] of Object.entries(STOP_WORDS_BY_LANGUAGE)) {
    const known = new Set(list);
    const hits = words.reduce((sum, word) => sum + (known.has(word) ? 1 : 0), 0);
    if (hits > most) {
      most = hits;
      best = code;
    }
  }
  return best;
}

/** English, native and three-letter names of a detectable language, folded. */
export function languageNames(code: string): readonly string[] {
  return NAMES[code] ?? [code];
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  en: ['en', 'eng', 'english', 'englisch', 'anglais', 'ingles', 'engels', 'inglese'],
  de: ['de', 'deu', 'ger', 'german', 'deutsch', 'allemand', 'aleman', 'duits', 'tedesco'],
  fr: ['fr', 'fra', 'fre', 'french', 'franzosisch', 'francais', 'frances', 'frans', 'francese'],
  es: ['es', 'spa', 'spanish', 'spanisch', 'espagnol', 'espanol', 'spaans', 'spagnolo'],
  nl: ['nl', 'nld', 'dut', 'dutch', 'niederlandisch', 'neerlandais', 'holandes', 'nederlands', 'olandese'],
  it: ['it', 'ita', 'italian', 'italienisch', 'italien', 'italiano', 'italiaans'],
};
