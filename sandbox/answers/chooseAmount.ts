import { AMOUNT_KINDS, type AmountKind } from '../extract/amountKinds.ts';
import type { FoundNumber } from '../extract/amounts.ts';
import { kindAsked, kindBefore, type ToldKind } from '../extract/kinds.ts';
import { surroundings } from '../extract/surroundings.ts';
import { nameWords } from '../language/words.ts';
import type { Reading } from './reading.ts';
import type { Slot } from './slots.ts';

/** How well an amount's label fits the kind of amount a field asks for. */
export interface AmountFit {
  /** The kind asked for; undefined when the field is none of the kinds a document tells apart. */
  readonly asked: AmountKind | undefined;
  /** Added to a number's score: up to 2.5 for the kind asked for, below 0 for another. */
  score(number: FoundNumber): number;
}

/** Prepares the comparison for one field and text. */
export function amountFit(slot: Slot, reading: Reading): AmountFit {
  const asked = askedKind(slot);
  if (asked === undefined) return { asked, score: () => 0 };
  const money = reading.numbers.filter((number) => looksLikeMoney(number, reading.text));
  return {
    asked,
    score(number) {
      const { before, after } = surroundings(reading.text, number, money);
      const told = kindIn(before) ?? kindIn(after);
      if (!told) return 0;
      if (told.name === asked) return told.strong ? 2.5 : 1.2;
      return told.name === 'reference' && (number.currency !== undefined || /[.,]\d{2}$/.test(before)) ? 0 : told.strong ? -1.5 : -0.3;
    },
  };
}

/** Whether a number is written as money: with a currency or two decimals. */
export function looksLikeMoney(number: FoundNumber, text: string): boolean {
  return !number.percent && (number.currency !== undefined || /[.,]\d{2}(?:\D|$)/.test(text.slice(number.start, number.end)));
}

/** The kind the words tell, "incl. VAT" being about the total that includes it, and "net" no more than a hint beside what is to pay. */
function kindIn(words: string): ToldKind<AmountKind> | undefined {
  if (!/\p{L}/u.test(words)) return undefined;
  const whole = words.replace(INCLUDED, (_, word: string) => (TOTAL.test(words) ? ' brutto ' : ` ${word} `));
  return kindBefore(whole, AMOUNT_KINDS);
}

const INCLUDED =
  /(?:\b(?:incl(?:uding|\.|usive of)?|inkl\.?|inclusief|inkl|plus|tva comprise|iva inclu\p{L}+|z)\s+(?:\d+(?:[.,]\d+)?\s?%\s*)?(VAT|MwSt\.?|USt\.?|tax|TVA|BTW|IVA|GST)|\bIVA inclu\p{L}+|\bTVA comprise)(?:\s*\d+(?:[.,]\d+)?\s?%)?/giu;
const TOTAL = /total|amount|sum|betrag|gesamt|montant|importe|bedrag|totaal|kwota|razem/i;

function askedKind(slot: Slot): AmountKind | undefined {
  const name = nameWords(slot.name).join(' ');
  const inName = kindAsked(name, '', AMOUNT_KINDS);
  if (inName?.strong && inName.name !== 'reference') return inName.name;
  const own = slot.nameOnly.words.some((word) => !TOTAL_WORDS.has(word.stem) && !word.concepts.some((concept) => CONCEPTS.has(concept)));
  if (inName === undefined && own && slot.shape.description === '') return undefined;
  const said = slot.shape.description.replace(INCLUDED, ' brutto ');
  const inDescription = kindAsked('', said, AMOUNT_KINDS);
  if (inDescription?.strong && inDescription.name !== 'reference') return inDescription.name;
  if (own) return undefined;
  return inName !== undefined && inName.name !== 'reference'
    ? inName.name
    : inDescription?.name === 'total' || slot.role === 'amount'
      ? 'total'
      : undefined;
}

const TOTAL_WORDS: ReadonlySet<string> = new Set(
  'total amount betrag montant importe bedrag importo sum invoice due order gros brutto pay payable value cost'.split(' '),
);
const CONCEPTS: ReadonlySet<string> = new Set(['price', 'invoice', 'order', 'due', 'payment']);
