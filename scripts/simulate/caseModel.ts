import type { SeededRandom } from '../../engine/drift/index.ts';

/** Alternatives with their chances, which sum to 1. */
export type Choices<T> = readonly { readonly value: T; readonly chance: number }[];

/** How one case is answered: a probability model of JSON with a label, a number, prose and a list. Answers are drawn independently. */
export interface CaseModel {
  readonly caseId: string;
  /** The category that the evaluator wants. */
  readonly expected: string;
  readonly category: Choices<string>;
  readonly confidence: Choices<number>;
  /** The summary, one part after the other. */
  readonly summary: readonly Choices<string>[];
  /** How often the summary begins with the preamble. */
  readonly preamble: number;
  readonly flags: readonly { readonly name: string; readonly chance: number }[];
  /** How often the JSON is laid out over several lines, which says nothing. */
  readonly spread: number;
  /** How often the answer is not JSON: cut short, or prose in front of it. */
  readonly unparsable: number;
}

/** One answer as the product sees it: whether it keeps its contract (it is JSON) and whether its category is the expected one. */
export interface Answer {
  readonly text: string;
  readonly contract: boolean;
  readonly passes: boolean;
}

/** What the summary begins with where a preamble is given. */
export const PREAMBLE = 'Here is a short summary of the ticket: ';

/** Draws one answer. */
export function drawAnswer(model: CaseModel, random: SeededRandom): Answer {
  const category = draw(model.category, random);
  const confidence = draw(model.confidence, random);
  const preamble = random.unit() < model.preamble ? PREAMBLE : '';
  const summary = preamble + model.summary.map((part) => draw(part, random)).join(' ');
  const flags = model.flags.filter(({ chance }) => random.unit() < chance).map(({ name }) => name);
  const text = JSON.stringify({ category, confidence, summary, flags }, undefined, random.unit() < model.spread ? 2 : undefined);
  if (random.unit() >= model.unparsable) return { text, contract: true, passes: category === model.expected };
  const broken =
    random.unit() < 0.5 ? `Sure, here is the JSON you asked for:\n${text}` : text.slice(0, 20 + random.below(text.length - 20));
  return { text: broken, contract: false, passes: false };
}

/** Draws so many answers. */
export function drawAnswers(model: CaseModel, count: number, random: SeededRandom): readonly Answer[] {
  return Array.from({ length: count }, () => drawAnswer(model, random));
}

function draw<T>(choices: Choices<T>, random: SeededRandom): T {
  let left = random.unit();
  for (const { value, chance } of choices) {
    left -= chance;
    if (left < 0) return value;
  }
  return choices.at(-1)!.value;
}
