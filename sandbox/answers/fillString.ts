import { findCurrencies } from '../extract/amounts.ts';
import type { Found } from '../extract/contacts.ts';
import { labelledValue, nearness } from '../extract/nearness.ts';
import { findCompanies, findCompany, type Side } from '../extract/companies.ts';
import { findRecipient, findSender } from '../extract/people.ts';
import { leadingClause } from '../extract/sentences.ts';
import { matchesPattern } from '../extract/simplePattern.ts';
import type { Json } from '../json.ts';
import { detectLanguage } from '../language/detectLanguage.ts';
import { tighter } from '../reading/lengthLimits.ts';
import { nameWords } from '../language/words.ts';
import { absent } from './absent.ts';
import { chooseDate } from './chooseDate.ts';
import { chooseId } from './chooseId.ts';
import type { FillContext } from './fillContext.ts';
import { bestNumber } from './fillNumber.ts';
import type { Slot } from './slots.ts';
import { summarise, trimText } from './summarise.ts';

/** Fills a string by the field's role, format and pattern; what cannot be found is null, left out or ''. */
export function fillString(slot: Slot, context: FillContext): Json | undefined {
  const { shape } = slot;
  if (shape.kind !== 'string') return undefined;
  const found = findValue(slot, context);
  const value =
    found === undefined
      ? undefined
      : trimText(
          found,
          tighter(slot.limits, { sentences: Number.POSITIVE_INFINITY, words: Number.POSITIVE_INFINITY, characters: shape.maxLength }),
        );
  if (value !== undefined && value !== '') return value;
  return absent(
    slot,
    shape.minLength > 0
      ? trimText(context.reading.sentences[0] ?? context.reading.text, { sentences: 1, words: 12, characters: shape.maxLength })
      : '',
  );
}

/** All values of a slot's role in the text, for lists; undefined when the role is not one of which a text holds several. */
export function findAll(slot: Slot, context: FillContext): readonly string[] | undefined {
  const { reading } = context;
  const texts = (list: readonly Found[]) => [...new Set(list.map((found) => found.text))];
  switch (slot.role) {
    case 'email':
      return texts(reading.emails);
    case 'phone':
      return texts(reading.phones);
    case 'url':
      return texts(reading.urls);
    case 'date':
      return [...new Set(reading.dates.map((date) => date.iso))];
    case 'id':
      return texts(reading.ids);
    case 'company':
      return findCompanies(reading.text);
    case 'currency':
      return findCurrencies(reading.text);
    case 'questions':
      return reading.sentences.filter((sentence) => sentence.endsWith('?'));
    default:
      return undefined;
  }
}

function findValue(slot: Slot, context: FillContext): string | undefined {
  const { reading, language } = context;
  const { shape } = slot;
  if (shape.kind !== 'string') return undefined;
  if (shape.pattern !== '') {
    const fitting = candidates(context).filter((found) => matchesPattern(shape.pattern, found.text));
    if (fitting.length > 0) return nearest(fitting, slot, context);
  }
  switch (shape.format) {
    case 'date':
    case 'date-time':
      return chooseDate(slot, context, shape.format === 'date-time');
    case 'email':
      return nearest(reading.emails, slot, context);
    case 'uri':
    case 'url':
      return nearest(reading.urls, slot, context);
    default:
  }
  switch (slot.role) {
    case 'email':
      return nearest(reading.emails, slot, context);
    case 'phone':
      return nearest(reading.phones, slot, context);
    case 'url':
      return nearest(reading.urls, slot, context);
    case 'date':
      return chooseDate(slot, context, false);
    case 'currency':
      return findCurrencies(reading.text)[0];
    case 'language':
      return detectLanguage(reading.text);
    case 'id':
      return chooseId(slot, context);
    case 'amount':
    case 'quantity':
      return numberText(slot, context);
    case 'person':
      return labelledValue(reading.labelled, slot.nameOnly, language) ?? findSender(reading.text);
    case 'recipient':
      return findRecipient(reading.text);
    case 'company':
      return companyOf(slot, context);
    case 'title':
      return labelledValue(reading.labelled, slot.nameOnly, language) ?? short(reading.sentences[0], 8);
    case 'reason':
      return reason(context);
    case 'quote':
      return reading.sentences[0];
    case 'reply':
      return reply(context);
    case 'item':
      return labelledValue(reading.labelled, slot.nameOnly, language) ?? itemName(reading.text);
    case 'summary':
      return summarise(reading.text, {
        limits: tighter(slot.limits, { sentences: Number.POSITIVE_INFINITY, words: Number.POSITIVE_INFINITY, characters: shape.maxLength }),
        traits: context.traits,
        temperature: context.temperature,
        random: context.random(`summary ${slot.path}`),
        defaultSentences: 1,
      });
    default:
      return labelledValue(reading.labelled, slot.words, language);
  }
}

function candidates(context: FillContext): readonly Found[] {
  const words = [...context.reading.text.matchAll(/[^\s"'()<>,;]{1,64}/g)].map((match) => ({
    text: match[0].replace(/[.:!?]+$/, ''),
    start: match.index,
    end: match.index + match[0].length,
  }));
  return [...context.reading.ids, ...words];
}

/** The candidate whose surroundings speak most of the field; the first on a tie. */
function nearest(found: readonly Found[], slot: Slot, context: FillContext): string | undefined {
  let best = found[0];
  let most = -1;
  for (const candidate of found) {
    const score = nearness(context.reading.text, candidate.start, candidate.end, slot.nameOnly, context.language);
    if (score > most) {
      most = score;
      best = candidate;
    }
  }
  return best?.text;
}

function numberText(slot: Slot, context: FillContext): string | undefined {
  const { text } = context.reading;
  const number = bestNumber(slot, context);
  return number && text.slice(number.start, number.end).trim();
}

/** The company on the side the field's words name; without such words the labelled or first one that is not addressed. */
function companyOf(slot: Slot, context: FillContext): string | undefined {
  const { reading, language } = context;
  const said = `${nameWords(slot.name).join(' ')} ${slot.shape.description}`;
  const own = labelledValue(reading.labelled, slot.nameOnly, language);
  const side: Side | undefined = SELLS.test(slot.name)
    ? 'seller'
    : BUYS.test(slot.name)
      ? 'buyer'
      : SELLS.test(said)
        ? 'seller'
        : BUYS.test(said)
          ? 'buyer'
          : undefined;
  if (side === 'buyer') return findCompany(reading.text, 'buyer') ?? own ?? findCompanies(reading.text)[0];
  if (side === 'seller')
    return findCompany(reading.text, 'seller') ?? own ?? (/person|name|who/i.test(said) ? findSender(reading.text) : undefined);
  return own ?? findCompanies(reading.text)[0];
}

const SELLS =
  /supplier|seller|vendor|issuer|issued|sender|\bsent|sends|sells|payee|biller|merchant|provider|wrote|from whom|lieferant|verkäufer|steller|aussteller|absender|fournisseur|vendeur|émetteur|expéditeur|proveedor|vendedor|emisor|emite|remitente|leverancier|verkoper|afzender|fornitore|venditore|mittente|emittente|sprzedawc|dostawc|wystawc|nadawc/i;
const BUYS =
  /customer|client|buyer|billed|bill.?to|addressee|addressed|recipient|purchaser|kunde|käufer|empfänger|auftraggeber|destinataire|acheteur|cliente|comprador|destinatari|klant|koper|ontvanger|acquirente|nabywc|odbiorc|klient/i;

function reason(context: FillContext): string | undefined {
  const telling = [...context.reading.sentences].slice(0, 6).sort((a, b) => weight(b, context) - weight(a, context))[0];
  return telling === undefined
    ? undefined
    : `The text says: "${trimText(leadingClause(telling), { sentences: 1, words: 18, characters: Number.POSITIVE_INFINITY })}"`;
}

function weight(sentence: string, context: FillContext): number {
  return context.language.read(sentence).words.reduce((sum, word) => sum + (word.concepts.length > 0 ? 1 : 0), 0);
}

function reply(context: FillContext): string {
  const { reading } = context;
  const name = findSender(reading.text);
  const about = short(reading.sentences[0], 14);
  return `${name ? `Dear ${name}, thank` : 'Thank'} you for your message${about ? ` about: "${about}"` : ''}. We will look into it and come back to you.`;
}

function itemName(text: string): string | undefined {
  const plain = text
    .replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '')
    .replace(/\d+(?:[.,]\d+)?\s*(?:x|×|pcs\.?|stück|st\.?)\s*|(?:x|×)\s*\d+/gi, ' ')
    .replace(/[€$£]\s?\d[\d.,']*|\d[\d.,']*\s?(?:€|EUR|USD|CHF|GBP|£)/gi, ' ')
    .replace(/(?:@|à|je|each|per unit|at|for|=|:|\||-)\s*(?=\s|$)/gi, ' ')
    .replace(/(?<![\p{L}\d-])\d+[.,]\d{2}(?!\d)/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[,;:.|-]+|[,;:.|-]+$/g, '')
    .trim();
  return plain.length <= 80 && /\p{L}{2}/u.test(plain) ? plain : undefined;
}

function short(sentence: string | undefined, words: number): string | undefined {
  return sentence === undefined
    ? undefined
    : trimText(leadingClause(sentence), { sentences: 1, words, characters: Number.POSITIVE_INFINITY }).replace(/[.!]+$/, '');
}
