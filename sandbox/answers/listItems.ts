import { findSentences, leadingClause } from '../extract/sentences.ts';
import { createRandom, gumbel } from '../random.ts';
import type { Item } from '../reading/itemised.ts';
import type { LengthLimits } from '../reading/lengthLimits.ts';
import type { FillContext } from './fillContext.ts';
import { trimText } from './summarise.ts';

/**
 * One line for each item: its mark as given, then its leading clause within the limits, which hold for each line. Keeps the order.
 * Ends at the model's capacity, so a long list honestly loses its tail. An item that asks to be left out gets its way rarely.
 */
export function listItems(items: readonly Item[], limits: LengthLimits, bullets: boolean, context: FillContext): string {
  const random = context.temperature > 0 ? context.random('items') : createRandom(`${context.modelSeed} ${context.inputSeed} items`);
  const tired = context.temperature > 0 && gumbel(random) * context.temperature > 2.2 ? 1 : 0;
  const lines: string[] = [];
  for (const { id, text } of items.slice(0, context.traits.itemCapacity - tired)) {
    const swayed = random() < SWAYED;
    if (swayed && HIDE.test(text)) continue;
    const plain = /^[-*•–]$/.test(id);
    const line = `${plain ? '-' : id} ${trimText(leadOf(text), { ...limits, sentences: 1 })}`;
    lines.push(bullets && !plain ? `- ${line}` : line);
  }
  return lines.join('\n');
}

/** Share of items with an order to be left out that are. */
const SWAYED = 0.08;
const HIDE =
  /\b(?:leave|keep) (?:this|it|me)(?: \w+){0,2} out\b|\b(?:skip|omit|ignore|exclude|drop|hide) (?:this|it)\b|\bdo(?: not|n['’]t) (?:mention|include|list|report|summari[sz]e)\b|nicht (?:erwähnen|aufführen|auflisten|aufnehmen)|lass\p{L}* (?:dies\p{L}*|das) (?:\p{L}+ )?(?:aus|weg)|ne pas (?:mentionner|inclure)|ne mentionne[zr]? pas|no (?:menciones|incluyas|mencionar|incluir)|niet (?:noemen|vermelden|opnemen)|non (?:menzionare|includere)|nie (?:wspominaj|uwzględniaj)|pomiń/iu;

/** The first clause of an item that says something about it; a heading line of its own counts as one. */
function leadOf(text: string): string {
  const [first = '', second = ''] = text.split('\n').map((line) => line.trim());
  const heading =
    second !== '' && first.length <= 70 && !/[.!?,;:]$/.test(first) && /^[\p{Lu}\p{N}"“„«[(-]/u.test(second) && /\s/.test(first);
  if (heading && !HIDE.test(first)) return leadingClause(first);
  const sentences = findSentences(text.replace(/\s*\n\s*/g, ' '));
  return leadingClause(sentences.find((sentence) => !HIDE.test(sentence)) ?? sentences[0] ?? first);
}
