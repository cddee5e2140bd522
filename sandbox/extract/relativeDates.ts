import { fold } from '../language/words.ts';

/** A term such as "within 14 days", "zahlbar innerhalb von 30 Tagen", "sous 15 jours", "net 30", "30 jours fin de mois". */
export interface FoundTerm {
  readonly days: number;
  /** Whether it runs to the end of the month it falls in. */
  readonly endOfMonth: boolean;
  readonly start: number;
  readonly end: number;
}

/** Terms of payment in a text, those for an early-payment discount left out. */
export function findTerms(text: string): readonly FoundTerm[] {
  const found: FoundTerm[] = [];
  for (const match of text.matchAll(TERM)) {
    const written = fold(match[2] ?? match[4] ?? match[5] ?? '');
    const count = /^\d/.test(written) ? Number(written) : (NUMBERS[written] ?? 0);
    const unit = fold(match[3] ?? match[6] ?? '');
    const days = WEEK.test(unit) ? count * 7 : count;
    const line = text.slice(Math.max(text.lastIndexOf('\n', match.index - 1) + 1, match.index - 40), match.index);
    const clause = line.slice(Math.max(line.lastIndexOf(','), line.lastIndexOf(';'), line.lastIndexOf('. ')) + 1);
    const tail = text.slice(match.index + match[0].length, match.index + match[0].length + 30).split(/[,;.\n]/)[0] ?? '';
    if (days <= 0 || days > 365 || DISCOUNT.test(clause) || DISCOUNT.test(tail)) continue;
    found.push({ days, endOfMonth: END_OF_MONTH.test(tail), start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** The ISO date a term after an ISO date. */
export function addTerm(iso: string, term: FoundTerm): string {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + term.days);
  if (term.endOfMonth) date.setUTCMonth(date.getUTCMonth() + 1, 0);
  return date.toISOString().slice(0, 10);
}

const COUNT = String.raw`\d{1,3}|seven|ten|fourteen|thirty|sixty|two|four|sieben|zehn|vierzehn|dreißig|zwei|vier|sept|dix|quinze|trente|deux|zeven|tien|veertien|dertig|twee|siete|diez|quince|treinta|dos|sette|dieci|quindici|trenta|due`;
const UNIT = String.raw`(?:calendar |working |business |kalender)?(?:days?|weeks?|tage?n?|wochen?|jours?|semaines?|dagen|dag|weken|días?|semanas?|giorni|settimane|dni|tygodni\p{L}*)`;
const LEAD = String.raw`within|innerhalb(?: von)?|binnen|in|after|sous|dans(?: les| un délai de)?|à|en|dentro de|a|entro|w ciągu|w terminie|net|netto|terms?:?|zahlungsziel:?|termin:?|payable in|zahlbar in|délai(?: de paiement)?\s*:?(?: de)?`;
const TERM = new RegExp(
  String.raw`(?<!\p{L})(${LEAD})\s+(?:the next |den nächsten |les |de )?(${COUNT})(?:\s*\(\d{1,3}\))?[\s-]+(${UNIT})(?!\p{L})|(?<!\p{L})net(?:to)?[ -](\d{1,3})(?![\d.,]|\s*(?:€|%|EUR|USD|GBP|zł|PLN))|(?<![\p{L}\d])(\d{1,3})[ -](${UNIT})[ ,]*(?:net(?:to)?|rein netto|fin de mois|end of month|from (?:the )?invoice|after (?:the )?invoice|ab rechnung\p{L}*|nach rechnung\p{L}*|na factuur\p{L}*)(?!\p{L})`,
  'giu',
);
const WEEK = /week|woche|semaine|weken|semana|settiman|tygod/;
const DISCOUNT = /%|skonto|discount|escompte|korting|descuento|sconto|rabat/i;
const END_OF_MONTH = /fin de mois|end of (?:the )?month|\beom\b|monatsende|fin de mes|fine mese|einde (?:van de )?maand/i;
const NUMBERS: Readonly<Record<string, number>> = {
  ...numbered(2, 'two zwei deux twee dos due'),
  ...numbered(4, 'four vier'),
  ...numbered(7, 'seven sieben sept zeven siete sette'),
  ...numbered(10, 'ten zehn dix tien diez dieci'),
  ...numbered(14, 'fourteen vierzehn veertien'),
  ...numbered(15, 'quinze quince quindici'),
  ...numbered(30, 'thirty dreissig trente dertig treinta trenta'),
  ...numbered(60, 'sixty'),
};

function numbered(value: number, words: string): Readonly<Record<string, number>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, value]));
}
