import type { Language, ReadText } from '../language/language.ts';
import { fold, wordsOf } from '../language/words.ts';

/**
 * How well the words just before (and a little after) a place in a text speak of a field: 0 when they do not, more the closer and
 * the more directly they do. Only the same line counts, and 60 characters of it.
 */
export function nearness(text: string, start: number, end: number, field: ReadText, language: Language): number {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = wordsOf(text.slice(Math.max(lineStart, start - 60), start))
    .slice(-7)
    .reverse();
  const lineEnd = text.indexOf('\n', end);
  const after = wordsOf(text.slice(end, Math.min(lineEnd < 0 ? text.length : lineEnd, end + 24))).slice(0, 3);
  return place(before, field, language, 1) + place(after, field, language, 0.5);
}

/** The value on a line `label: value` whose label speaks of a field; undefined when no line does. */
export function labelledValue(text: string, field: ReadText, language: Language): string | undefined {
  let best: string | undefined;
  let most = 0.5;
  for (const match of text.matchAll(/^[ \t]*(?:[-*•][ \t]+)?([\p{L}][\p{L}\p{N} .'’/()°#_-]{0,40}?)[ \t]*[:=][ \t]+(\S[^\n]{0,400})$/gmu)) {
    const words = wordsOf(fold(match[1] ?? '').replace(/_/g, ' '));
    const score = words.length === 0 ? 0 : place(words, field, language, 1, false) / Math.sqrt(words.length);
    if (score > most) {
      most = score;
      best = (match[2] ?? '').trim();
    }
  }
  return best;
}

function place(words: readonly string[], field: ReadText, language: Language, factor: number, fades = true): number {
  let sum = 0;
  for (const [distance, word] of words.entries()) {
    const sense = language.sense(word);
    const match = field.words.reduce((most, wanted) => {
      if (wanted.stem === sense.stem) return Math.max(most, 1);
      return wanted.concepts.some((concept) => sense.concepts.includes(concept)) ? Math.max(most, 0.7) : most;
    }, 0);
    sum += (match * factor) / (fades ? 1 + distance * 0.25 : 1);
  }
  return sum;
}
