import type { Label } from '../language/labelScores.ts';
import { fold } from '../language/words.ts';

/**
 * Marks the label of a pair that stands for the absence of the other: "not spam" beside "spam", "no" beside "yes". A yes is
 * described by the question that is asked, as its own word says nothing.
 */
export function opposed(labels: readonly Label[], instructions: string): readonly Label[] {
  const names = labels.map((label) => fold(label.name));
  const yes = names.findIndex((name) => YES.test(name));
  const no = names.findIndex((name) => NO.test(name));
  if (labels.length === 2 && yes >= 0 && no >= 0)
    return labels.map((label, place) =>
      place === no ? { ...label, opposite: true } : { ...label, description: label.description || questionIn(instructions) },
    );
  return labels.map((label, place) => {
    const rest = NEGATED.exec(names[place] ?? '')?.[1];
    return rest !== undefined && names.includes(rest) ? { ...label, opposite: true } : label;
  });
}

const YES = /^(?:yes|true|ja|oui|si|tak|y|correct)$/;
const NO = /^(?:no|false|nein|non|nee|nie|n|incorrect)$/;
const NEGATED = /^(?:not?|non|un|kein[e]?|nicht|pas(?: de)?|geen|niet|nie|sin)[ -]?(?:an? )?(.+)$/;

/** What is asked: the sentence with a question mark or a "whether", else everything but the words about the answer's form. */
function questionIn(instructions: string): string {
  const sentences = instructions.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.trim() !== '');
  const asked = sentences.filter((sentence) => /\?\s*$|\b(?:whether|ob|si le|si la|si el|of de|of het|czy)\b/iu.test(sentence));
  const said =
    asked.length > 0
      ? asked
      : sentences.filter(
          (sentence) => !/\b(?:answer|reply|respond|say|antwort\p{L}*|répond\p{L}*|responde|rispondi|antwoord)\b/iu.test(sentence),
        );
  return said.join(' ').replace(FILLER, ' ');
}

/** Words of the question that name the text or the asking, not what is asked about. */
const FILLER =
  /(?<!\p{L})(?:messages?|texts?|mails?|e-?mails?|reviews?|tickets?|customers?|users?|senders?|authors?|whether|mentions?|asks?|asking|contains?|decide|check|tell|nachricht|kunde|message|client|mensaje|bericht|klant|messaggio)(?!\p{L})/giu;
