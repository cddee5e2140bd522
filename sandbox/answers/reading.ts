import { type FoundNumber, findNumbers } from '../extract/amounts.ts';
import { type Found, findEmails, findIds, findPhones, findUrls } from '../extract/contacts.ts';
import { type FoundDate, findDates } from '../extract/dates.ts';
import { findSentences } from '../extract/sentences.ts';
import type { Language, ReadText } from '../language/language.ts';

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
  const parts: { words?: ReadText; sentences?: readonly string[]; numbers?: readonly FoundNumber[]; dates?: readonly FoundDate[]; ids?: readonly Found[]; emails?: readonly Found[]; phones?: readonly Found[]; urls?: readonly Found[] } = {};
  return {
    text,
    labelled,
    get words() {
      return (parts.words ??= language.read(text));
    },
    get sentences() {
      return (parts.sentences ??= findSentences(text));
    },
    get dates() {
      return (parts.dates ??= findDates(text));
    },
    get emails() {
      return (parts.emails ??= findEmails(text));
    },
    get phones() {
      return (parts.phones ??= findPhones(text));
    },
    get urls() {
      return (parts.urls ??= findUrls(text));
    },
    get ids() {
      const taken = [...this.dates, ...this.emails, ...this.urls];
      return (parts.ids ??= findIds(text).filter((found) => !overlaps(found, taken)));
    },
    get numbers() {
      const taken = [...this.dates, ...this.ids, ...this.phones, ...this.emails, ...this.urls];
      return (parts.numbers ??= findNumbers(text).filter((found) => !overlaps(found, taken)));
    },
  };
}

function overlaps(found: { readonly start: number; readonly end: number }, taken: readonly { readonly start: number; readonly end: number }[]): boolean {
  return taken.some((other) => found.start < other.end && other.start < found.end);
}
