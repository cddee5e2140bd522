import { indexLabels, type LabelIndex } from '../language/labelScores.ts';
import type { Language } from '../language/language.ts';
import { findLabels } from '../reading/labelList.ts';
import { type LengthLimits, readLengthLimits } from '../reading/lengthLimits.ts';
import { asksForBullets, asksForEachItem } from '../reading/itemised.ts';
import { findPromptShape } from '../reading/promptShape.ts';
import { readSchema } from '../reading/readSchema.ts';
import { type Shape, stringShape } from '../reading/shapes.ts';
import type { AskOutput } from './ask.ts';
import { opposed } from './opposed.ts';
import { describe, prepareSlots, type Slot } from './slots.ts';

/** How a prompt is answered; depends on its instructions and output form alone, so it is worked out once for a prompt. */
export type Plan =
  | { readonly kind: 'json'; readonly slot: Slot }
  | { readonly kind: 'label'; readonly labels: LabelIndex }
  | {
      readonly kind: 'prose';
      readonly limits: LengthLimits;
      /** Whether a line is wanted for each item of the input, and whether as bullets. */
      readonly itemised: boolean;
      readonly bullets: boolean;
    };

/** Reads what is asked: the given schema, else JSON described in the words, else a label, else prose. */
export function makePlan(instructions: string, output: AskOutput, language: Language): Plan {
  const shape =
    output.kind === 'schema'
      ? readSchema(output.schema)
      : (findPromptShape(instructions, output.kind === 'json') ?? (output.kind === 'json' ? ANY_JSON : undefined));
  if (shape) return { kind: 'json', slot: prepareSlots(shape, instructions, language) };
  const itemised = asksForEachItem(instructions);
  const labels = !itemised && CLASSIFIES.test(instructions) ? findLabels(instructions) : undefined;
  if (labels) return { kind: 'label', labels: indexLabels(opposed(describe(labels, [instructions]), instructions), language) };
  return { kind: 'prose', limits: readLengthLimits(instructions), itemised, bullets: asksForBullets(instructions) };
}

const CLASSIFIES =
  /classif|categor|label|\broute\b|\bassign|triage|one of|either|which (?:of|team|department|category|topic)|(?:answer|reply|respond|return|output|say|write) (?:only |just )?(?:with |either )?|sentiment|intent|one word|choose|pick|klassifi|kategori|ordne|antworte|catégor|class[ei]|réponds|répondez|clasific|responde|rispondi|antwoord|odpowiedz|klasyfik|un (?:seul )?mot|(?:ein|één|een) wo/i;
const ANY_JSON: Shape = {
  kind: 'object',
  description: '',
  nullable: false,
  fields: [{ name: 'answer', shape: stringShape('a summary of the text'), required: true }],
};
