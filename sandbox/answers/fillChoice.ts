import type { Json } from '../json.ts';
import { fold } from '../language/words.ts';
import { detectLanguage, languageNames } from '../language/detectLanguage.ts';
import { findCurrencies } from '../extract/amounts.ts';
import { absent } from './absent.ts';
import { chooseLabel } from './chooseLabel.ts';
import { certainty, marginNear } from './confidence.ts';
import type { FillContext } from './fillContext.ts';
import type { Slot } from './slots.ts';

/** Picks one of a slot's values and remembers how clear it was. */
export function fillChoice(slot: Slot, context: FillContext): Json | undefined {
  const { shape, index } = slot;
  if (shape.kind !== 'choice' || !index) return undefined;
  const known = knownValue(slot, context);
  if (known >= 0) return shape.choices[known]?.value;
  const decision = chooseLabel(index, context, slot.path, slot.enforced);
  context.margins.set(slot.path, decision.margin);
  if ((shape.nullable || slot.whenAbsent !== undefined) && (decision.scores[decision.chosen] ?? 0) <= EVIDENCE) return absent(slot, null);
  const choice = shape.choices[decision.chosen];
  return choice && decision.written === choice.name ? choice.value : decision.written;
}

/** Picks all values a list of labels deserves: those with evidence near the best one's, within the list's bounds. */
export function fillChoices(slot: Slot, minItems: number, maxItems: number, context: FillContext): readonly Json[] {
  const { shape, index } = slot;
  if (shape.kind !== 'choice' || !index) return [];
  const decision = chooseLabel(index, context, slot.path, slot.enforced);
  context.margins.set(slot.path, Math.max(decision.margin, 0.2));
  const best = decision.scores[decision.chosen] ?? 0;
  const ranked = decision.scores.map((score, label) => ({ score, label })).sort((a, b) => b.score - a.score || a.label - b.label);
  const chosen = ranked
    .filter(({ score }, rank) => rank < minItems || (score > EVIDENCE && score >= best * 0.35))
    .slice(0, Math.max(1, maxItems));
  return chosen
    .sort((a, b) => a.label - b.label)
    .flatMap(({ label }) => {
      const value = shape.choices[label]?.value;
      if (value === undefined) return [];
      return [label === decision.chosen && decision.written !== shape.choices[label]?.name ? decision.written : value];
    });
}

/** Least score that counts as evidence for a label. */
const EVIDENCE = 0.25;

/** Choices that are no question of topic: the language of the text, its currency, a confidence in words. */
function knownValue(slot: Slot, context: FillContext): number {
  const names = (slot.index?.labels ?? []).map((label) => fold(label.name));
  if (slot.role === 'language') {
    const wanted = languageNames(detectLanguage(context.reading.text));
    const found = names.findIndex((name) => wanted.includes(name) || wanted.includes(name.split(/[-_ (]/)[0] ?? ''));
    if (found >= 0) return found;
  }
  if (slot.role === 'currency') {
    const first = findCurrencies(context.reading.text)
      .map((code) => names.indexOf(code.toLowerCase()))
      .find((place) => place >= 0);
    if (first !== undefined) return first;
  }
  if (slot.role === 'confidence' && names.includes('low') && names.includes('high')) {
    const sure = certainty(marginNear(slot, context), context);
    const wanted = sure >= 0.8 ? 'high' : sure >= 0.6 && names.includes('medium') ? 'medium' : 'low';
    return names.indexOf(wanted);
  }
  return -1;
}
