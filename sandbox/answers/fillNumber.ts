import type { FoundNumber } from '../extract/amounts.ts';
import { nearness } from '../extract/nearness.ts';
import type { Json } from '../json.ts';
import { urgency } from '../language/labelScores.ts';
import { certainty, marginNear } from './confidence.ts';
import type { FillContext } from './fillContext.ts';
import { absent } from './absent.ts';
import { amountFit, looksLikeMoney } from './chooseAmount.ts';
import type { Slot } from './slots.ts';

/** Fills a number: a confidence from the margin, a rating from the tone, else the number whose surroundings speak of the field. */
export function fillNumber(slot: Slot, context: FillContext): Json | undefined {
  const { shape } = slot;
  if (shape.kind !== 'number') return undefined;
  const low = shape.minimum ?? (shape.maximum === undefined ? undefined : 0);
  const share = shape.minimum === 0 && shape.maximum === 1 && !shape.integer;
  if (slot.role === 'confidence' || share) return bounded(certainty(marginNear(slot, context), context), slot);
  const found = bestNumber(slot, context)?.value;
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

/** The number whose label and surroundings speak most of the field; of a document's totals the last. */
export function bestNumber(slot: Slot, context: FillContext): FoundNumber | undefined {
  const { reading, language } = context;
  const money = slot.role === 'amount';
  const fit = money ? amountFit(slot, reading) : undefined;
  const later = fit?.asked === 'total' ? 0.001 : -0.001;
  let best: FoundNumber | undefined;
  let most = 0.3;
  for (const [order, number] of reading.numbers.entries()) {
    let score = nearness(reading.text, number.start, number.end, slot.words, language) + order * later;
    if (money) score += number.currency ? 0.8 : looksLikeMoney(number, reading.text) ? 0.3 : -0.6;
    else if (number.currency) score -= 0.8;
    if (number.percent) score += /percent|rate|share|quote|anteil|pourcent/i.test(`${slot.name} ${slot.shape.description}`) ? 1.5 : -0.8;
    if (
      slot.role === 'quantity' &&
      /^\s*(?:x|×|pcs|pieces|units|stück|pièces|unidades|stuks|pezzi|licen[sc]es|seats|users)/i.test(reading.text.slice(number.end))
    )
      score += 0.9;
    if (slot.role === 'quantity' && !number.currency && Number.isInteger(number.value)) score += 0.35;
    if (fit) score += fit.score(number);
    if (score > most) {
      most = score;
      best = number;
    }
  }
  return best;
}
