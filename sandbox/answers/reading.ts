import { type FoundNumber, findNumbers } from '../extract/amounts.ts';
import { type Found, findEmails, findIds, findPhones, findUrls } from '../extract/contacts.ts';
import { type FoundDate, findDates } from '../extract/dates.ts';
import { findSentences } from '../extract/sentences.ts';
import type { Language, ReadText } from '../language/language.ts';
import { lazy } from '../lazy.ts';

/** A text with what can be found in it; each kind is looked for once, when first asked for. */
export interface Reading {
  readonly text: string;
  /** The text with the names of its pieces as `name: …` lines, where it came in named pieces. */
  readonly labelled: string;
  readonly words: ReadText;
  readonly sentences: readonly string[];
  readonly numbers: readonly FoundNumber[];
  readonly dates: readonly FoundDate[];
  readonly ids: readonly Found[];
  readonly emails: readonly Found[];
  readonly phones: readonly Found[];
  readonly urls: readonly Found[];
}

/** Reads a text lazily. Numbers that are part of a date, an id or a phone number are not among `numbers`. */
export function createReading(text: string, language: Language, labelled: string = text): Reading {
  const words = lazy(() => language.read(text));
  const sentences = lazy(() => findSentences(text));
  const dates = lazy(() => findDates(text));
  const emails = lazy(() => findEmails(text));
  const phones = lazy(() => findPhones(text));
  const urls = lazy(() => findUrls(text));
  const ids = lazy(() => {
    const taken = [...dates(), ...emails(), ...urls()];
    return findIds(text).filter((found) => !overlaps(found, taken));
  });
  const numbers = lazy(() => {
    const taken = [...dates(), ...ids(), ...phones(), ...emails(), ...urls()];
    return findNumbers(text).filter((found) => !overlaps(found, taken));
  });
  return {
    text,
    labelled,
    get words() {
      return words();
    },
    get sentences() {
      return sentences();
    },
    get dates() {
      return dates();
    },
    get emails() {
      return emails();
    },
    get phones() {
      return phones();
    },
    get urls() {
      return urls();
    },
    get ids() {
      return ids();
    },
    get numbers() {
      return numbers();
    },
  };
}

function overlaps(
  found: { readonly start: number; readonly end: number },
  taken: readonly { readonly start: number; readonly end: number }[],
): boolean {
  return taken.some((other) => found.start < other.end && other.start < found.end);
}
