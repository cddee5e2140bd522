import { caseMatrices, type DistanceMatrix, type SeededRandom } from '../../engine/drift/index.ts';
import { type CaseModel, drawAnswers } from './caseModel.ts';
import { READING } from './suites.ts';

/** One canary of the daily monitor, asked again and again. */
export interface Canary {
  /** Draws `count` more answers and gives the p-value of each among all before it; ties are broken by draws of the canary's own. */
  readonly take: (count: number) => readonly number[];
  /** From now on another model answers. */
  readonly switchTo: (model: CaseModel) => void;
  /** Every answer so far, the baseline first. */
  readonly texts: () => readonly string[];
}

/** Answers that are drawn ahead: distances are computed for a block at once. */
const BLOCK = 150;

/** A canary with its baseline. */
export function createCanary(first: CaseModel, approved: number, random: SeededRandom): Canary {
  let model = first;
  let texts: string[] = [];
  let taken = approved;
  let bag = bagOf([]);
  const drawAhead = (count: number): void => {
    texts = [...texts.slice(0, taken), ...drawAnswers(model, count, random).map(({ text }) => text)];
    bag = bagOf(texts);
    for (let at = 0; at < taken; at += 1) bag.add(at, 0);
  };
  texts = drawAnswers(model, approved, random).map(({ text }) => text);
  drawAhead(BLOCK);
  return {
    take: (count) => {
      if (taken + count > texts.length) drawAhead(Math.max(BLOCK, count));
      return Array.from({ length: count }, () => {
        taken += 1;
        return bag.add(taken - 1, random.unit());
      });
    },
    switchTo: (other) => {
      model = other;
      drawAhead(BLOCK);
    },
    texts: () => texts.slice(0, taken),
  };
}

/** Scores within this of each other are ties, as in the product. */
const TIE = 1e-10;

/** The answers of one canary so far. */
export interface Bag {
  /** Puts the text at a place into the bag; its p-value, with `u` in [0, 1) to break ties. */
  readonly add: (at: number, u: number) => number;
}

/**
 * An empty bag for the texts given. It gives the product's conformal p-value, kept up as answers come: a year of the product's own would sum
 * every distance anew for every answer. Equal answers share a score. The distances come from all the texts given, also those still to come:
 * while nothing changes the p-values are uniform all the same.
 */
export function bagOf(texts: readonly string[]): Bag {
  const kinds = [...new Set(texts)];
  const place = new Map(kinds.map((text, at) => [text, at]));
  const { size, values } = wholeOutputs(kinds);
  const scores = new Float64Array(size);
  const counts = new Float64Array(size);
  let count = 0;
  return {
    add: (at, u) => {
      const kind = place.get(texts[at]!)!;
      count += 1;
      counts[kind]! += 1;
      for (let other = 0; other < size; other += 1) scores[other]! += values[kind * size + other]!;
      let greater = 0;
      let ties = 0;
      for (let other = 0; other < size; other += 1) {
        const difference = scores[other]! - scores[kind]!;
        if (difference > TIE) greater += counts[other]!;
        else if (difference >= -TIE) ties += counts[other]!;
      }
      return (greater + u * ties) / count;
    },
  };
}

/** Distances of whole outputs, as the product takes them for its canaries. */
export function wholeOutputs(texts: readonly string[]): DistanceMatrix {
  const { views } = caseMatrices(
    texts.map((text) => ({ text, contract: null })),
    READING,
  );
  return views.find(({ kind }) => kind === 'document')?.matrix ?? { size: texts.length, values: new Float64Array(texts.length ** 2) };
}
