import { nearness } from '../extract/nearness.ts';
import type { Json } from '../json.ts';
import { urgency } from '../language/labelScores.ts';
import { certainty, marginNear } from './confidence.ts';
import type { FillContext } from './fillContext.ts';
import { absent } from './absent.ts';
import type { Slot } from './slots.ts';

/** Fills a number: a confidence from the margin, a rating from the tone, else the number whose surroundings speak of the field. */
export function fillNumber(slot: Slot, context: FillContext): Json | undefined {
  const { shape } = slot;
  if (shape.kind !== 'number') return undefined;
  const low = shape.minimum ?? (shape.maximum === undefined ? undefined : 0);
  const share = shape.minimum === 0 && shape.maximum === 1 && !shape.integer;
  if (slot.role === 'confidence' || share) return bounded(certainty(marginNear(slot, context), context), slot);
  const found = bestNumber(slot, context);
  const scaled = low !== undefined && shape.maximum !== undefined && shape.maximum - low <= 100;
  if (found !== undefined && (!scaled || (found >= (low ?? 0) && found <= (shape.maximum ?? 0))))
    return shape.integer ? Math.round(found) : found;
  if (scaled || slot.role === 'rating') return bounded(rating(slot, context), slot);
  return absent(slot, shape.minimum ?? 0);
}

/** A share in [0, 1] put into the slot's bounds (0 to 1 by default), two decimals, whole when asked. */
function bounded(share: number, slot: Slot): number {
  const { shape } = slot;
  if (shape.kind !== 'number') return 0;
  const low = shape.minimum ?? 0;
  const high = shape.maximum ?? (shape.integer ? (slot.role === 'confidence' ? 100 : 5) : 1);
  const value = low + share * (high - low);
  return Math.min(high, Math.max(low, shape.integer ? Math.round(value) : Math.round(value * 100) / 100));
}

/** Praise against blame, or how pressing it is where the field says so. */
function rating(slot: Slot, context: FillContext): number {
  if (slot.words.words.some((word) => word.concepts.includes('urgent') || /^(?:urgen|priorit|severit)/.test(word.stem)))
    return urgency(context.reading.words);
  let tone = 0;
  for (const word of context.reading.words.words) {
    const sign = word.negated ? -1 : 1;
    if (word.concepts.includes('positive')) tone += sign;
    if (word.concepts.includes('negative') || word.concepts.includes('complaint')) tone -= sign;
  }
  return 0.5 + 0.5 * Math.tanh(tone / 2);
}

const TOTAL = /total|amount due|to pay|grand|gesamt|zu zahlen|endbetrag|montant|à payer|importe|a pagar|totaal|te betalen|totale/i;

function bestNumber(slot: Slot, context: FillContext): number | undefined {
  const { reading, language } = context;
  const money = slot.role === 'amount';
  const wantsTotal =
    money &&
    slot.nameOnly.words.every(
      (word) =>
        ['total', 'amount', 'betrag', 'montant', 'importe', 'bedrag', 'importo', 'sum', 'invoice', 'due', 'order'].includes(word.stem) ||
        word.concepts.includes('price') ||
        word.concepts.includes('invoice') ||
        word.concepts.includes('order'),
    );
  let best: number | undefined;
  let most = 0.3;
  for (const [order, number] of reading.numbers.entries()) {
    const around = reading.text.slice(Math.max(reading.text.lastIndexOf('\n', number.start - 1) + 1, number.start - 40), number.start);
    let score = nearness(reading.text, number.start, number.end, slot.words, language) - order * 0.001;
    if (money) score += number.currency ? 0.8 : /[.,]\d{2}$/.test(reading.text.slice(number.start, number.end)) ? 0.3 : -0.6;
    else if (number.currency) score -= 0.8;
    if (number.percent) score += /percent|rate|share|quote|anteil|pourcent/i.test(`${slot.name} ${slot.shape.description}`) ? 1.5 : -0.8;
    if (
      slot.role === 'quantity' &&
      /^\s*(?:x|×|pcs|pieces|units|stück|pièces|unidades|stuks|pezzi|licen[sc]es|seats|users)/i.test(reading.text.slice(number.end))
    )
      score += 0.9;
    if (slot.role === 'quantity' && !number.currency && Number.isInteger(number.value)) score += 0.35;
    if (wantsTotal && TOTAL.test(around)) score += /sub|zwischen|sous/i.test(around) ? -0.4 : 1.2;
    if (score > most) {
      most = score;
      best = number.value;
    }
  }
  return best;
}
