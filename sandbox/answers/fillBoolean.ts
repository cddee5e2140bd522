import { scoreLabels, urgency } from '../language/labelScores.ts';
import type { FillContext } from './fillContext.ts';
import type { Slot } from './slots.ts';

/** True when the text speaks of what the field's name and description ask about and does not deny it. */
export function fillBoolean(slot: Slot, context: FillContext): boolean {
  const { reading } = context;
  const asked = slot.nameOnly.words;
  if (asked.some((word) => word.concepts.includes('urgent'))) return remember(slot, context, urgency(reading.words) - 0.7, 3);
  if (/(?:^|_)(?:pii|personal)|personal data|personally/i.test(`${slot.name} ${slot.shape.description}`))
    return reading.emails.length + reading.phones.length > 0;
  if (/attach/i.test(slot.name)) return /attach|anbei|anhang|ci-joint|adjunt|bijlage|allegat/i.test(reading.text);
  if (slot.role === 'questions') return /\?/.test(reading.text);
  const evidence = slot.index ? (scoreLabels(slot.index, reading.words)[0] ?? 0) : 0;
  const denied = asked.some((wanted) =>
    reading.words.words.some(
      (word) => word.negated && (word.stem === wanted.stem || word.concepts.some((concept) => wanted.concepts.includes(concept))),
    ),
  );
  return remember(slot, context, denied ? evidence * 0.2 - ENOUGH : evidence - ENOUGH, 1);
}

/** A plain match of one word of the name weighs about 2, one of its neighbours 0.6. */
const ENOUGH = 0.9;

function remember(slot: Slot, context: FillContext, lead: number, scale: number): boolean {
  context.margins.set(slot.path, Math.abs(lead) * scale);
  return lead > 0;
}
